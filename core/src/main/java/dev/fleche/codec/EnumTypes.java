package dev.fleche.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The enum class of an {@link EnumSet} or {@link EnumMap}, also of an empty one, which does not tell it. */
final class EnumTypes {

    private EnumTypes() {}

    /** Returns the enum class of {@code container}, which is an {@link EnumSet} or an {@link EnumMap}. */
    static Class<?> of(Object container) {
        Collection<?> constants = container instanceof Map<?, ?> map ? map.keySet() : (Collection<?>) container;
        for (Object constant : constants) {
            return ((Enum<?>) constant).getDeclaringClass();
        }
        return ofEmpty(container);
    }

    /** Both are serialisable and their serial forms hold the class, so a stream is told of it. */
    private static Class<?> ofEmpty(Object container) {
        try (ClassListener listener = new ClassListener()) {
            listener.writeObject(container);
            Class<?> found = listener.enumType;
            if (found != null) {
                return found;
            }
        } catch (IOException e) {
            throw new CodecException(
                    "the enum class of an empty " + container.getClass().getName() + " is not known", e);
        }
        throw new CodecException(
                "the enum class of an empty " + container.getClass().getName() + " is not known");
    }

    /** A stream that keeps nothing but the enum class that it is asked to write. */
    private static final class ClassListener extends ObjectOutputStream {

        private @Nullable Class<?> enumType;

        ClassListener() throws IOException {
            super(OutputStream.nullOutputStream());
        }

        @Override
        protected void annotateClass(Class<?> type) {
            if (type.isEnum()) {
                enumType = type;
            }
        }
    }
}
