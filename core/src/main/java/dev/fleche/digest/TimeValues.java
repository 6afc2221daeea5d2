package dev.fleche.digest;

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
import java.time.chrono.ChronoLocalDate;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.util.List;
import java.util.Map;

/** The encoders of {@code java.time}. */
final class TimeValues {

    /** Encodes a zone: an offset or a region. */
    static final ValueEncoder<ZoneId> ZONE = new ShortEncoder<>(TimeValues::zone);

    private TimeValues() {}

    static void addTo(Map<Class<?>, ValueEncoder<?>> encoders) {
        addPoints(encoders);
        addParts(encoders);
        for (Class<? extends ChronoLocalDate> type :
                List.of(HijrahDate.class, JapaneseDate.class, MinguoDate.class, ThaiBuddhistDate.class)) {
            JdkValues.add(encoders, type, (value, out) -> {
                out.putLong(Tag.CHRONO_DATE, value.toEpochDay());
                out.putString(value.getChronology().getId());
            });
        }
    }

    private static void addPoints(Map<Class<?>, ValueEncoder<?>> encoders) {
        JdkValues.add(encoders, Instant.class, (value, out) -> {
            out.putLong(Tag.INSTANT, value.getEpochSecond());
            out.putInt(value.getNano());
        });
        JdkValues.add(encoders, LocalDate.class, (value, out) -> out.putLong(Tag.LOCAL_DATE, value.toEpochDay()));
        JdkValues.add(encoders, LocalTime.class, (value, out) -> out.putLong(Tag.LOCAL_TIME, value.toNanoOfDay()));
        JdkValues.add(encoders, LocalDateTime.class, (value, out) -> {
            out.putByte(Tag.LOCAL_DATE_TIME);
            dateTime(value, out);
        });
        JdkValues.add(encoders, OffsetTime.class, (value, out) -> {
            out.putLong(Tag.OFFSET_TIME, value.toLocalTime().toNanoOfDay());
            out.putInt(value.getOffset().getTotalSeconds());
        });
        JdkValues.add(encoders, OffsetDateTime.class, (value, out) -> {
            out.putByte(Tag.OFFSET_DATE_TIME);
            dateTime(value.toLocalDateTime(), out);
            out.putInt(value.getOffset().getTotalSeconds());
        });
        JdkValues.add(encoders, ZonedDateTime.class, (value, out) -> {
            out.putByte(Tag.ZONED_DATE_TIME);
            dateTime(value.toLocalDateTime(), out);
            out.putInt(value.getOffset().getTotalSeconds());
            zone(value.getZone(), out);
        });
    }

    private static void addParts(Map<Class<?>, ValueEncoder<?>> encoders) {
        JdkValues.add(encoders, Duration.class, (value, out) -> {
            out.putLong(Tag.DURATION, value.getSeconds());
            out.putInt(value.getNano());
        });
        JdkValues.add(encoders, Period.class, (value, out) -> {
            out.putInt(Tag.PERIOD, value.getYears());
            out.putInt(value.getMonths());
            out.putInt(value.getDays());
        });
        JdkValues.add(encoders, Year.class, (value, out) -> out.putInt(Tag.YEAR, value.getValue()));
        JdkValues.add(encoders, YearMonth.class, (value, out) -> {
            out.putInt(Tag.YEAR_MONTH, value.getYear());
            out.putByte(value.getMonthValue());
        });
        JdkValues.add(encoders, MonthDay.class, (value, out) -> {
            out.putByte(Tag.MONTH_DAY, value.getMonthValue());
            out.putByte(value.getDayOfMonth());
        });
    }

    private static void dateTime(LocalDateTime value, DigestWriter out) {
        out.putLong(value.toLocalDate().toEpochDay());
        out.putLong(value.toLocalTime().toNanoOfDay());
    }

    private static void zone(ZoneId zone, DigestWriter out) {
        if (zone instanceof ZoneOffset offset) {
            out.putInt(Tag.ZONE_OFFSET, offset.getTotalSeconds());
        } else {
            out.putByte(Tag.ZONE_REGION);
            out.putString(zone.getId());
        }
    }
}
