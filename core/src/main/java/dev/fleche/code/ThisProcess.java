package dev.fleche.code;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A number that no other process has. */
final class ThisProcess {

    /** Stands for code that we cannot know: its results are shared in this process alone. */
    static final String NUMBER = draw();

    private ThisProcess() {}

    private static String draw() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return "process " + HexFormat.of().formatHex(bytes);
    }
}
