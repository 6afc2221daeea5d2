package dev.fleche.digest;

import java.util.List;

/**
 * The encoders of all classes, each found once.
 *
 * <p>Made anew at every registration, so that nothing found before outlives it. Safe for use by several threads.
 */
final class Encoders {

    private final Rules rules;
    private final ValueEncoder<Object> others;

    private final ClassValue<ValueEncoder<?>> found = new ClassValue<>() {
        @Override
        protected ValueEncoder<?> computeValue(Class<?> type) {
            return find(type);
        }
    };

    Encoders(Rules rules, List<FunctionReferences> functions, Digester digester) {
        this.rules = rules;
        this.others = new FunctionEncoder(functions, digester);
    }

    /** Returns the encoder of the values of a class. */
    ValueEncoder<?> of(Class<?> type) {
        return found.get(type);
    }

    private ValueEncoder<?> find(Class<?> type) {
        ValueEncoder<?> known = JdkValues.of(type);
        if (known != null) {
            return known;
        }
        Rules.Choice choice = rules.find(type);
        if (choice.rule() != null) {
            return hasStableName(type) ? new ContentEncoder.OfRule<>(choice.rule(), type) : unstable(type);
        }
        if (choice.conflict() != null) {
            return refusal(choice.conflict());
        }
        return own(type);
    }

    private ValueEncoder<?> own(Class<?> type) {
        boolean digestible = Digestible.class.isAssignableFrom(type);
        boolean isEnum = Enum.class.isAssignableFrom(type);
        if (!digestible && !isEnum && !type.isRecord()) {
            return others;
        }
        if (!hasStableName(type)) {
            return unstable(type);
        }
        if (digestible) {
            return new ContentEncoder.OfDigestible(type);
        }
        return isEnum ? EnumEncoder.of(type) : record(type);
    }

    private static boolean hasStableName(Class<?> type) {
        return StableName.isStable(Enum.class.isAssignableFrom(type) ? EnumEncoder.declaring(type) : type);
    }

    private static ValueEncoder<Object> unstable(Class<?> type) {
        return refusal(" is a " + type.getName() + ", a class whose name does not last; use a named class");
    }

    private static ValueEncoder<?> record(Class<?> type) {
        try {
            return new RecordEncoder(RecordShape.of(type));
        } catch (IllegalArgumentException e) {
            return refusal(" is a " + type.getName() + ", which has no digest: " + e.getMessage());
        }
    }

    private static ValueEncoder<Object> refusal(String complaint) {
        return (value, walk) -> {
            throw walk.fail(complaint);
        };
    }
}
