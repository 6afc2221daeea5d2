package dev.fleche.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The registered rules and those of providers, which are loaded when the first rule is looked for.
 *
 * <p>Safe for use by several threads.
 */
final class Rules {

    private static final System.Logger LOGGER = System.getLogger("dev.fleche.digest");

    /**
     * The outcome of a search.
     *
     * @param rule the rule, or null
     * @param conflict why none of several could be chosen, or null
     */
    record Choice(@Nullable DigestRule<?> rule, @Nullable String conflict) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<List<DigestRule<?>>> providers;
    private final List<DigestRule<?>> rules = new ArrayList<>();
    private boolean loaded;
    private boolean loading;

    Rules(Supplier<List<DigestRule<?>>> providers) {
        this.providers = providers;
    }

    /**
     * Adds a rule, unless the same one is there.
     *
     * @throws IllegalArgumentException if the encoding knows the type, or the rule is malformed
     * @throws IllegalStateException if there is another rule for the type or with the name
     */
    void add(DigestRule<?> rule) {
        lock.lock();
        try {
            load();
            addChecked(rule);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the rule whose type is nearest to {@code type}. */
    Choice find(Class<?> type) {
        lock.lock();
        try {
            load();
            List<DigestRule<?>> nearest = new ArrayList<>();
            for (DigestRule<?> rule : rules) {
                if (rule.type().isAssignableFrom(type) && isNearest(rule, type)) {
                    nearest.add(rule);
                }
            }
            if (nearest.size() > 1) {
                return new Choice(
                        null,
                        " is a " + type.getName() + ", to which two rules are equally near: "
                                + describe(nearest.get(0)) + " and " + describe(nearest.get(1))
                                + "; register a rule for the class itself");
            }
            return new Choice(nearest.isEmpty() ? null : nearest.get(0), null);
        } finally {
            lock.unlock();
        }
    }

    private boolean isNearest(DigestRule<?> rule, Class<?> type) {
        return rules.stream()
                .noneMatch(other -> other.type() != rule.type()
                        && other.type().isAssignableFrom(type)
                        && rule.type().isAssignableFrom(other.type()));
    }

    private void load() {
        if (loading) {
            throw new IllegalStateException("expected a DigestRule provider that makes no digests while it is created,"
                    + " found one that does; make them when contentOf is called");
        }
        if (!loaded) {
            loading = true;
            try {
                addAll(providers.get());
                loaded = true;
            } finally {
                loading = false;
            }
        }
    }

    private void addAll(List<DigestRule<?>> provided) {
        for (DigestRule<?> rule : provided) {
            try {
                addChecked(rule);
            } catch (RuntimeException | LinkageError e) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "the DigestRule provider " + rule.getClass().getName() + " is passed over: " + e);
            }
        }
    }

    private void addChecked(DigestRule<?> rule) {
        check(rule);
        for (DigestRule<?> other : rules) {
            boolean sameType = other.type() == rule.type();
            boolean sameName = other.name().equals(rule.name());
            if (sameType && sameName && other.version() == rule.version()) {
                return;
            }
            if (sameType || sameName) {
                throw new IllegalStateException("expected one rule for a type and one type for a name, found "
                        + describe(rule) + " beside " + describe(other) + "; register only one of them");
            }
        }
        rules.add(rule);
    }

    private static void check(DigestRule<?> rule) {
        Class<?> type = rule.type();
        if (rule.name().isEmpty()) {
            throw new IllegalArgumentException("expected a name, found an empty one for the rule of " + type.getName());
        }
        if (type.isPrimitive() || JdkValues.of(type) != null) {
            throw new IllegalArgumentException("expected a type that needs a rule, found " + type.getName()
                    + ", which the encoding knows; wrap its values in a type of your own");
        }
    }

    private static String describe(DigestRule<?> rule) {
        return rule.name() + " version " + rule.version() + " for "
                + rule.type().getName();
    }
}
