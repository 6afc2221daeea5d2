package dev.fleche.digest;

import java.lang.reflect.Proxy;

/** Whether a class has the same name in every process. */
final class StableName {

    private StableName() {}

    /** Anonymous classes are counted in the order of the source, lambdas and proxies in that of their making. */
    static boolean isStable(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return !element.isHidden() && !element.isAnonymousClass() && !Proxy.isProxyClass(element);
    }
}
