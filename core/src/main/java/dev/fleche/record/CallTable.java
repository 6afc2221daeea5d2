package dev.fleche.record;

import dev.fleche.digest.Digest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of recorded calls, as plain text for people. Not thread-safe; confined to one call. */
final class CallTable {

    static final int MAX_ROWS = 50;
    static final int MIN_COLUMNS = 20;

    private static final int MIN_KEY = 8;
    private static final Set<String> HEADS = Set.of("key", "function", "result", "started", "wall time", "tags");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final ZoneId zone;
    private final List<RecordedCall<?>> rows = new ArrayList<>();
    private int keyLength = MIN_KEY;
    private long more;

    private CallTable(ZoneId zone) {
        this.zone = zone;
    }

    static String of(Stream<? extends RecordedCall<?>> calls, int maxColumns, ZoneId zone) {
        if (maxColumns < MIN_COLUMNS) {
            throw new IllegalArgumentException(
                    "expected a table of at least " + MIN_COLUMNS + " columns, found " + maxColumns);
        }
        CallTable table = new CallTable(zone);
        table.read(calls.iterator());
        return table.text(maxColumns);
    }

    /** Keeps the first calls; of the others only how many they are, and how much of a key tells all apart. */
    private void read(Iterator<? extends RecordedCall<?>> calls) {
        TreeSet<Digest> shown = new TreeSet<>();
        while (calls.hasNext()) {
            RecordedCall<?> call = calls.next();
            Digest before = shown.lower(call.key());
            Digest after = shown.higher(call.key());
            if (before != null) {
                keyLength = Math.max(keyLength, telling(call.key(), before));
            }
            if (after != null) {
                keyLength = Math.max(keyLength, telling(call.key(), after));
            }
            if (rows.size() < MAX_ROWS) {
                rows.add(call);
                shown.add(call.key());
            } else {
                more++;
            }
        }
    }

    /** Returns how many hex characters tell two different keys apart. */
    private static int telling(Digest one, Digest other) {
        String a = one.toString();
        String b = other.toString();
        int same = 0;
        while (a.charAt(same) == b.charAt(same)) {
            same++;
        }
        return same + 1;
    }

    private String text(int maxColumns) {
        if (rows.isEmpty()) {
            return "no calls";
        }
        TextTable table = new TextTable();
        table.add("key", false, cells(call -> ValueText.of(call.key().prefix(keyLength))));
        if (rows.stream().map(RecordedCall::function).distinct().count() > 1) {
            table.add(
                    "function", true, cells(call -> ValueText.of(call.function().shortName())));
        }
        for (String name : argumentNames()) {
            String head = HEADS.contains(name) ? name + " (argument)" : name;
            table.add(head, true, cells(call -> argument(call, name)));
        }
        table.add("result", true, cells(call -> ValueText.of(call.record().result(), call::storedResult)));
        table.add("started", false, cells(call -> started(call.start())));
        table.add("wall time", false, cells(call -> new ValueText(describe(call.wallTime()), true)));
        if (rows.stream().anyMatch(call -> !call.tags().isEmpty())) {
            table.add("tags", true, cells(call -> ValueText.of(describe(call.tags()))));
        }
        List<String> lines = table.lines(maxColumns);
        if (more > 0) {
            lines.add("… and " + more + " more");
        }
        return String.join("\n", lines);
    }

    private List<ValueText> cells(Function<RecordedCall<?>, ValueText> cell) {
        return rows.stream().map(cell).toList();
    }

    private Set<String> argumentNames() {
        return rows.stream()
                .flatMap(call -> call.record().arguments().stream())
                .map(RecordedArgument::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static ValueText argument(RecordedCall<?> call, String name) {
        for (RecordedArgument argument : call.record().arguments()) {
            if (argument.name().equals(name)) {
                return ValueText.of(argument.value(), () -> call.load(argument));
            }
        }
        return ValueText.BLANK;
    }

    private ValueText started(Instant start) {
        try {
            return ValueText.of(SECONDS.format(start.atZone(zone)));
        } catch (DateTimeException e) {
            // the ends of what an Instant can be are in no calendar
            return ValueText.of(start.toString());
        }
    }

    private static String describe(Map<String, String> tags) {
        return tags.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", "));
    }

    private static String describe(Duration wallTime) {
        double seconds = wallTime.toSeconds() + wallTime.toNanosPart() / 1e9;
        if (seconds < 1e-6) {
            return wallTime.toNanosPart() + " ns";
        } else if (seconds < 1e-3) {
            return threeDigits(seconds * 1e6) + " µs";
        } else if (seconds < 1) {
            return threeDigits(seconds * 1e3) + " ms";
        } else if (seconds < 120) {
            return threeDigits(seconds) + " s";
        } else if (seconds < 7200) {
            return threeDigits(seconds / 60) + " min";
        } else if (seconds < 172_800) {
            return threeDigits(seconds / 3600) + " h";
        }
        return threeDigits(seconds / 86_400) + " d";
    }

    private static String threeDigits(double value) {
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
    }
}
