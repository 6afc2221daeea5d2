package dev.fleche;

import dev.fleche.annotation.Ignored;
import dev.fleche.digest.UndigestibleException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * What the class of a receiver decides: whether its state counts, and which code runs.
 *
 * @param declaring the class that declares the method
 */
record ReceiverClass(Class<?> declaring) {

    /** Returns whether receivers are left out by {@link Ignored} on the declaring class, theirs or a superclass. */
    boolean isIgnored(@Nullable Object receiver) {
        for (Class<?> c = receiver == null ? declaring : receiver.getClass(); c != null; c = c.getSuperclass()) {
            if (c.isAnnotationPresent(Ignored.class)) {
                return true;
            }
        }
        return declaring.isAnnotationPresent(Ignored.class);
    }

    /**
     * Returns the class whose code runs for {@code receiver}, be it in the method or in what the method calls.
     *
     * <p>A proxy has no code of its own: it counts as the declaring class. Null has no class.
     *
     * @throws UndigestibleException if the class has no name that lasts
     */
    @Nullable
    Class<?> of(@Nullable Object receiver) {
        if (receiver == null) {
            return null;
        }
        Class<?> type = receiver.getClass();
        if (Proxy.isProxyClass(type)) {
            return declaring;
        }
        if (type.isHidden() || type.isAnonymousClass()) {
            throw new UndigestibleException("a receiver of " + declaring.getName()
                    + " cannot be ignored: its class " + type.getName()
                    + " is a lambda's or anonymous, so that no name tells its code; make it a named class");
        }
        return type;
    }
}
