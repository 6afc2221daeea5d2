package dev.fleche.code;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;

/**
 * What Maven calls a jar or the program in a directory. Immutable.
 *
 * @param group its group id
 * @param artifact its artifact id
 * @param version its version
 */
record Coordinates(String group, String artifact, String version) {

    private static final String DIRECTORY = "META-INF/maven/";
    private static final String FILE = "/pom.properties";

    /** Returns whether they stand in an entry of a jar: two directories deep. */
    static boolean isEntry(String name) {
        if (!name.startsWith(DIRECTORY) || !name.endsWith(FILE)) {
            return false;
        }
        int group = name.indexOf('/', DIRECTORY.length() + 1);
        int artifact = group < 0 ? -1 : name.indexOf('/', group + 2);
        return name.charAt(DIRECTORY.length()) != '/' && artifact == name.length() - FILE.length();
    }

    /** Reads the properties that Maven writes; empty if one is missing. */
    static Optional<Coordinates> read(InputStream in) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(in);
        } catch (IllegalArgumentException e) {
            // not properties
            return Optional.empty();
        }
        String group = properties.getProperty("groupId", "");
        String artifact = properties.getProperty("artifactId", "");
        String version = properties.getProperty("version", "");
        return group.isEmpty() || artifact.isEmpty() || version.isEmpty()
                ? Optional.empty()
                : Optional.of(new Coordinates(group, artifact, version));
    }

    /** Returns whether a group id is ours or one below it. */
    boolean isUnder(String parent) {
        return group.equals(parent) || group.startsWith(parent + '.');
    }

    boolean isSnapshot() {
        return version.endsWith("-SNAPSHOT");
    }

    /** Returns group and artifact. */
    String name() {
        return group + ':' + artifact;
    }
}
