package dev.fleche.processes;

import java.lang.management.ManagementFactory;

/** The options of this JVM as its management interface has them, where that module is present. */
final class ManagedOptions {

    private ManagedOptions() {}

    static String[] all() {
        try {
            return ManagementFactory.getRuntimeMXBean().getInputArguments().toArray(new String[0]);
        } catch (NoClassDefFoundError e) {
            return new String[0]; // a run-time image without that module
        }
    }
}
