package dev.fleche.digest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
import java.util.Arrays;
import java.util.Date;

/** The part of {@link ReferenceEncoding} that is about time. */
final class ReferenceTimes {

    private ReferenceTimes() {}

    @SuppressWarnings("JavaUtilDate") // users have them
    static byte[] encode(Object value) {
        ByteBuffer bytes = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        if (value instanceof Date date) {
            bytes.put((byte) 0x3B).putLong(date.getTime());
        } else if (value instanceof Instant instant) {
            bytes.put((byte) 0x40).putLong(instant.getEpochSecond()).putInt(instant.getNano());
        } else if (value instanceof Duration duration) {
            bytes.put((byte) 0x41).putLong(duration.getSeconds()).putInt(duration.getNano());
        } else if (value instanceof Period period) {
            bytes.put((byte) 0x42).putInt(period.getYears()).putInt(period.getMonths());
            bytes.putInt(period.getDays());
        } else if (value instanceof LocalDate date) {
            bytes.put((byte) 0x43).putLong(date.toEpochDay());
        } else if (value instanceof LocalTime time) {
            bytes.put((byte) 0x44).putLong(time.toNanoOfDay());
        } else if (value instanceof Year year) {
            bytes.put((byte) 0x4B).putInt(year.getValue());
        } else if (value instanceof YearMonth month) {
            bytes.put((byte) 0x4C).putInt(month.getYear()).put((byte) month.getMonthValue());
        } else if (value instanceof MonthDay day) {
            bytes.put((byte) 0x4D).put((byte) day.getMonthValue()).put((byte) day.getDayOfMonth());
        } else {
            withZone(value, bytes);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static void withZone(Object value, ByteBuffer bytes) {
        if (value instanceof LocalDateTime time) {
            dateTime(0x45, time, bytes);
        } else if (value instanceof OffsetTime time) {
            bytes.put((byte) 0x46).putLong(time.toLocalTime().toNanoOfDay());
            bytes.putInt(time.getOffset().getTotalSeconds());
        } else if (value instanceof OffsetDateTime time) {
            dateTime(0x47, time.toLocalDateTime(), bytes);
            bytes.putInt(time.getOffset().getTotalSeconds());
        } else if (value instanceof ZonedDateTime time) {
            dateTime(0x48, time.toLocalDateTime(), bytes);
            bytes.putInt(time.getOffset().getTotalSeconds());
            zone(time.getZone(), bytes);
        } else if (value instanceof ZoneId zone) {
            zone(zone, bytes);
        } else {
            throw new IllegalArgumentException(
                    "no encoding is known for a " + value.getClass().getName());
        }
    }

    private static void dateTime(int tag, LocalDateTime time, ByteBuffer bytes) {
        bytes.put((byte) tag).putLong(time.toLocalDate().toEpochDay());
        bytes.putLong(time.toLocalTime().toNanoOfDay());
    }

    private static void zone(ZoneId zone, ByteBuffer bytes) {
        if (zone instanceof ZoneOffset offset) {
            bytes.put((byte) 0x49).putInt(offset.getTotalSeconds());
        } else {
            bytes.put((byte) 0x4A).putInt(zone.getId().length());
            bytes.put(zone.getId().getBytes(StandardCharsets.UTF_16LE));
        }
    }
}
