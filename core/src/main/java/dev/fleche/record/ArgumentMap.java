package dev.fleche.record;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The arguments of a recorded call by name, each loaded whenever it is asked for. Immutable. */
final class ArgumentMap extends AbstractMap<String, @Nullable Object> {

    private final RecordedCall<?> call;
    private final Map<String, RecordedArgument> byName = new LinkedHashMap<>();

    ArgumentMap(RecordedCall<?> call) {
        this.call = call;
        for (RecordedArgument argument : call.record().arguments()) {
            byName.putIfAbsent(argument.name(), argument);
        }
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return byName.containsKey(name);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        RecordedArgument argument = byName.get(name);
        return argument == null ? null : call.load(argument);
    }

    @Override
    public Set<String> keySet() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, @Nullable Object>> iterator() {
                return byName.values().stream()
                        .<Entry<String, @Nullable Object>>map(Loading::new)
                        .iterator();
            }

            @Override
            public int size() {
                return byName.size();
            }
        };
    }

    /** Returns names and values, with {@code ?} for those that cannot be loaded. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (RecordedArgument argument : byName.values()) {
            text.add(argument.name() + "="
                    + ValueText.of(argument.value(), () -> call.load(argument)).text());
        }
        return text.toString();
    }

    /** An entry that loads its value whenever it is asked for. */
    private final class Loading implements Entry<String, @Nullable Object> {

        private final RecordedArgument argument;

        Loading(RecordedArgument argument) {
            this.argument = argument;
        }

        @Override
        public String getKey() {
            return argument.name();
        }

        @Override
        public @Nullable Object getValue() {
            return call.load(argument);
        }

        @Override
        public @Nullable Object setValue(@Nullable Object value) {
            throw new UnsupportedOperationException("expected no change to recorded arguments; copy the map first");
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Entry<?, ?> that && loaded().equals(that);
        }

        @Override
        public int hashCode() {
            return loaded().hashCode();
        }

        @Override
        public String toString() {
            return argument.name() + "="
                    + ValueText.of(argument.value(), () -> call.load(argument)).text();
        }

        private Entry<String, @Nullable Object> loaded() {
            return new SimpleImmutableEntry<>(getKey(), getValue());
        }
    }
}
