package dev.fleche;

import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.RecordedArgument;
import dev.fleche.record.RecordedCall;
import dev.fleche.record.StoredValue;
import dev.fleche.record.ValueUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The places where the arguments of a call differ from those of a recorded one. Not thread-safe; confined to one
 * comparison.
 */
final class ArgumentDifferences {

    /** What is read to find the nearest of several; the values of one that is chosen are read whatever their size. */
    private static final long MAX_BYTES = 1 << 20;

    private static final String ABSENT = "absent";

    private final List<Explanation.Difference> first = new ArrayList<>();
    private long count;

    private ArgumentDifferences() {}

    /** The arguments of a call as they would be recorded: names, digests and values. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Arguments(
            List<String> names,
            List<Digest> digests,
            @Nullable Object[] values) {}

    /** Returns the differences between a recorded call and one with {@code arguments}. */
    static ArgumentDifferences between(RecordedCall<?> recorded, Arguments arguments) {
        ArgumentDifferences differences = new ArgumentDifferences();
        List<RecordedArgument> before = recorded.record().arguments();
        int now = arguments.digests.size();
        for (int i = 0; i < Math.min(before.size(), now); i++) {
            if (!before.get(i).digest().equals(arguments.digests.get(i))) {
                differences.compare(recorded, before.get(i), arguments, i);
            }
        }
        // the choice of what takes part in the key was another
        for (int i = now; i < before.size(); i++) {
            differences.add(new Explanation.Difference(before.get(i).name(), "part of the key", ABSENT));
        }
        for (int i = before.size(); i < now; i++) {
            differences.add(new Explanation.Difference(arguments.names.get(i), ABSENT, "part of the key"));
        }
        return differences;
    }

    /** Returns whether the values that would have to be read are small. */
    static boolean isCheap(CallRecord record) {
        long bytes = 0;
        for (RecordedArgument argument : record.arguments()) {
            bytes += argument.value() instanceof StoredValue.Separate separate ? separate.sizeBytes() : 0;
        }
        return bytes <= MAX_BYTES;
    }

    /** Returns the first of them, in the order of the arguments. */
    List<Explanation.Difference> first() {
        return first;
    }

    /** Returns how many there are. */
    long count() {
        return count;
    }

    private void compare(RecordedCall<?> recorded, RecordedArgument before, Arguments arguments, int index) {
        Object now = arguments.values[index];
        Object value;
        try {
            value = recorded.argument(index);
        } catch (ValueUnavailableException e) {
            add(new Explanation.Difference(before.name(), "a value that is not stored", ShortText.of(now)));
            return;
        }
        try {
            ValueDifferences differences = ValueDifferences.between(before.name(), value, now);
            differences.kept().forEach(this::keep);
            count += differences.count();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // as when another thread changes the argument; that it differs is known all the same
            add(new Explanation.Difference(before.name(), "a value", "another"));
        }
    }

    private void add(Explanation.Difference difference) {
        count++;
        keep(difference);
    }

    private void keep(Explanation.Difference difference) {
        if (first.size() < ValueDifferences.MAX_KEPT) {
            first.add(difference);
        }
    }
}
