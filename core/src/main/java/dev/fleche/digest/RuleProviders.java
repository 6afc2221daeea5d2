package dev.fleche.digest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The rules that are on the class path or module path as service providers. */
final class RuleProviders {

    private static final System.Logger LOGGER = System.getLogger("dev.fleche.digest");

    /** A class loader that fails for ever must not hold us for ever. */
    private static final int MAX_FAILURES = 100;

    private RuleProviders() {}

    /** Returns the rules that the calling thread's class loader finds; broken ones are logged and passed over. */
    static List<DigestRule<?>> load() {
        List<DigestRule<?>> rules = new ArrayList<>();
        @SuppressWarnings("rawtypes") // a class literal has no type arguments
        Iterator<DigestRule> found = ServiceLoader.load(DigestRule.class).iterator();
        for (int failures = 0; failures < MAX_FAILURES; ) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                rules.add(found.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                LOGGER.log(System.Logger.Level.WARNING, "a DigestRule provider is passed over: " + e.getMessage(), e);
            }
        }
        return rules;
    }
}
