package dev.fleche.processes;

/** What an exit code says of how a process ended. */
final class Signals {

    private static final int FIRST = 128;

    private Signals() {}

    /** Returns the end of a sentence that begins with the worker. */
    static String explain(int exitCode) {
        if (exitCode == Orphan.OUT_OF_ORDER) {
            return "ended itself with exit code " + exitCode
                    + "; if its task did not ask for that, there was no memory left even to tell; give workers more by"
                    + " ProcessPoolBuilder.maxHeapBytes";
        }
        int signal = exitCode - FIRST;
        String name = name(signal);
        if (name.isEmpty()) {
            return "ended with exit code " + exitCode;
        }
        String why = signal == 9 ? "; if nobody did, the kernel did because memory ran out" : "";
        return "was killed by " + name + " (exit code " + exitCode + ")" + why;
    }

    private static String name(int signal) {
        return switch (signal) {
            case 1 -> "SIGHUP";
            case 2 -> "SIGINT";
            case 3 -> "SIGQUIT";
            case 4 -> "SIGILL";
            case 6 -> "SIGABRT";
            case 7 -> "SIGBUS";
            case 8 -> "SIGFPE";
            case 9 -> "SIGKILL";
            case 11 -> "SIGSEGV";
            case 13 -> "SIGPIPE";
            case 14 -> "SIGALRM";
            case 15 -> "SIGTERM";
            case 24 -> "SIGXCPU";
            case 25 -> "SIGXFSZ";
            case 31 -> "SIGSYS";
            default -> "";
        };
    }
}
