package dev.fleche.codec;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** The leaves of {@code java.time}. */
final class TimeLeaves {

    static final List<Leaf<?>> ALL = List.of(
            leaf(
                    Tag.INSTANT,
                    Instant.class,
                    (value, sink) -> writeSeconds(value.getEpochSecond(), value.getNano(), sink),
                    source -> Instant.ofEpochSecond(source.readLong(), readNanos(source))),
            leaf(
                    Tag.DURATION,
                    Duration.class,
                    (value, sink) -> writeSeconds(value.getSeconds(), value.getNano(), sink),
                    source -> Duration.ofSeconds(source.readLong(), readNanos(source))),
            leaf(Tag.PERIOD, Period.class, TimeLeaves::writePeriod, TimeLeaves::readPeriod),
            leaf(Tag.LOCAL_DATE, LocalDate.class, TimeLeaves::writeDate, TimeLeaves::readDate),
            leaf(Tag.LOCAL_TIME, LocalTime.class, TimeLeaves::writeTime, TimeLeaves::readTime),
            leaf(Tag.LOCAL_DATE_TIME, LocalDateTime.class, TimeLeaves::writeDateTime, TimeLeaves::readDateTime),
            leaf(
                    Tag.OFFSET_TIME,
                    OffsetTime.class,
                    (value, sink) -> {
                        writeTime(value.toLocalTime(), sink);
                        writeOffset(value.getOffset(), sink);
                    },
                    source -> OffsetTime.of(readTime(source), readOffset(source))),
            leaf(
                    Tag.OFFSET_DATE_TIME,
                    OffsetDateTime.class,
                    (value, sink) -> {
                        writeDateTime(value.toLocalDateTime(), sink);
                        writeOffset(value.getOffset(), sink);
                    },
                    source -> OffsetDateTime.of(readDateTime(source), readOffset(source))),
            leaf(Tag.ZONED_DATE_TIME, ZonedDateTime.class, TimeLeaves::writeZoned, TimeLeaves::readZoned),
            leaf(
                    Tag.YEAR,
                    Year.class,
                    (value, sink) -> sink.writeInt(value.getValue()),
                    source -> Year.of(source.readInt())),
            leaf(
                    Tag.YEAR_MONTH,
                    YearMonth.class,
                    (value, sink) -> {
                        sink.writeInt(value.getYear());
                        sink.writeByte(value.getMonthValue());
                    },
                    source -> YearMonth.of(source.readInt(), source.readByte())),
            leaf(
                    Tag.MONTH_DAY,
                    MonthDay.class,
                    (value, sink) -> {
                        sink.writeByte(value.getMonthValue());
                        sink.writeByte(value.getDayOfMonth());
                    },
                    source -> MonthDay.of(source.readByte(), source.readByte())),
            leaf(Tag.ZONE_OFFSET, ZoneOffset.class, TimeLeaves::writeOffset, TimeLeaves::readOffset),
            leaf(
                    Tag.ZONE_REGION,
                    ZoneId.class,
                    (value, sink) -> sink.writeString(value.getId()),
                    source -> ZoneId.of(source.readString())));

    private static final int MAX_NANOS = 999_999_999;

    private TimeLeaves() {}

    private static <T> Leaf<T> leaf(int tag, Class<T> type, Leaf.Writer<T> writer, Leaf.Reader<T> reader) {
        return new Leaf<>(tag, type, true, writer, reader);
    }

    private static void writeSeconds(long seconds, int nanos, PayloadSink sink) {
        sink.writeLong(seconds);
        sink.writeInt(nanos);
    }

    private static int readNanos(PayloadSource source) {
        int nanos = source.readInt();
        if (nanos < 0 || nanos > MAX_NANOS) {
            throw source.damaged("nanoseconds of a second", String.valueOf(nanos));
        }
        return nanos;
    }

    private static void writePeriod(Period value, PayloadSink sink) {
        sink.writeInt(value.getYears());
        sink.writeInt(value.getMonths());
        sink.writeInt(value.getDays());
    }

    private static Period readPeriod(PayloadSource source) {
        return Period.of(source.readInt(), source.readInt(), source.readInt());
    }

    private static void writeDate(LocalDate value, PayloadSink sink) {
        sink.writeInt(value.getYear());
        sink.writeByte(value.getMonthValue());
        sink.writeByte(value.getDayOfMonth());
    }

    private static LocalDate readDate(PayloadSource source) {
        return LocalDate.of(source.readInt(), source.readByte(), source.readByte());
    }

    private static void writeTime(LocalTime value, PayloadSink sink) {
        sink.writeLong(value.toNanoOfDay());
    }

    private static LocalTime readTime(PayloadSource source) {
        return LocalTime.ofNanoOfDay(source.readLong());
    }

    private static void writeDateTime(LocalDateTime value, PayloadSink sink) {
        writeDate(value.toLocalDate(), sink);
        writeTime(value.toLocalTime(), sink);
    }

    private static LocalDateTime readDateTime(PayloadSource source) {
        return LocalDateTime.of(readDate(source), readTime(source));
    }

    private static void writeOffset(ZoneOffset value, PayloadSink sink) {
        sink.writeInt(value.getTotalSeconds());
    }

    private static ZoneOffset readOffset(PayloadSource source) {
        return ZoneOffset.ofTotalSeconds(source.readInt());
    }

    private static void writeZoned(ZonedDateTime value, PayloadSink sink) {
        writeDateTime(value.toLocalDateTime(), sink);
        writeOffset(value.getOffset(), sink);
        sink.writeString(value.getZone().getId());
    }

    /** Strict, so that a time which newer rules of its zone do not know is damaged instead of another time. */
    private static ZonedDateTime readZoned(PayloadSource source) {
        LocalDateTime dateTime = readDateTime(source);
        ZoneOffset offset = readOffset(source);
        return ZonedDateTime.ofStrict(dateTime, offset, ZoneId.of(source.readString()));
    }
}
