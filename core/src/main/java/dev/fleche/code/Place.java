package dev.fleche.code;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a class file lies, as its URL tells. Immutable.
 *
 * @param kind what it lies in
 * @param root a name of that, which it has in other processes too
 * @param file the file of a jar or JDK, or a directory; null if there is none
 * @param inner the path in that jar of what it lies in: another jar or a directory; empty if it lies in the jar itself
 * @param path its path in that
 */
record Place(Kind kind, String root, @Nullable Path file, String inner, String path) {

    /** The kinds of what class files lie in. */
    enum Kind {
        /** The JDK. */
        JDK,
        /** A module of the program in the image of a JDK. */
        IMAGE,
        DIRECTORY,
        JAR,
        /** A jar in a jar. */
        INNER_JAR,
        /** A directory in a jar, which is all of it that a class loader sees. */
        INNER_DIRECTORY,
        /** Whatever else a class loader has. */
        OTHER
    }

    private static final String SEPARATOR = "!/";
    private static final int FEATURE = Runtime.version().feature();
    private static final String HOME = System.getProperty("java.home", "");
    /** The file with the classes of the JDK. */
    static final Path MODULES = Path.of(HOME, "lib", "modules");

    /** Returns the place of a class of the JDK whose URL is not needed. */
    static Place inJdk(String resource) {
        return new Place(Kind.JDK, "jrt:" + HOME, MODULES, "", resource);
    }

    /** Returns the place of a resource. */
    static Place of(URL url, String resource) {
        try {
            return switch (url.getProtocol()) {
                case "jrt" -> inImage(url.getPath(), resource);
                case "file" -> inDirectory(Path.of(uri(url)), url, resource);
                case "jar" -> inJar(url, resource);
                default -> other(url, resource);
            };
        } catch (IllegalArgumentException | URISyntaxException | FileSystemNotFoundException e) {
            return other(url, resource);
        }
    }

    private static Place inImage(String path, String resource) {
        int end = path.indexOf('/', 1);
        String module = path.substring(1, Math.max(1, end));
        boolean jdk = module.startsWith("java.") || module.startsWith("jdk.");
        return jdk ? inJdk(resource) : new Place(Kind.IMAGE, "jrt:" + HOME + "/" + module, MODULES, "", resource);
    }

    private static Place inDirectory(Path file, URL url, String resource) {
        Path relative = file.getFileSystem().getPath(resource);
        Path root = file;
        for (int i = 0; i < relative.getNameCount() && root != null; i++) {
            root = root.getParent();
        }
        return root == null || !file.endsWith(relative)
                ? other(url, resource)
                : new Place(Kind.DIRECTORY, root.toUri().toString(), root, "", resource);
    }

    /** The outer part is a URL, or a path after {@code nested:}, whose end is {@code /!}. */
    private static Place inJar(URL url, String resource) throws URISyntaxException {
        String text = url.toString().substring("jar:".length());
        int fragment = text.endsWith("#runtime") ? text.lastIndexOf('#') : text.length();
        text = text.substring(0, fragment);
        boolean nested = text.startsWith("nested:");
        List<String> parts = parts(nested ? "file:" + withInnerSeparator(text.substring("nested:".length())) : text);
        if (parts.size() < 2 || parts.size() > 3 || !parts.get(0).startsWith("file:")) {
            return other(url, resource);
        }
        Path file = Path.of(uri(parts.get(0)));
        // which file of a multi-release jar is meant, depends on the Java that runs
        String release = text.length() == url.toString().length() - "jar:".length() ? "" : "#" + FEATURE;
        String path = decoded(parts.get(parts.size() - 1)) + release;
        if (parts.size() == 2) {
            return new Place(Kind.JAR, file.toUri().toString(), file, "", path);
        }
        String inner = withoutEndingSlash(decoded(parts.get(1)));
        boolean jar = inner.toLowerCase(Locale.ROOT).endsWith(".jar");
        Kind kind = jar ? Kind.INNER_JAR : Kind.INNER_DIRECTORY;
        return new Place(kind, file.toUri() + "!/" + inner, file, inner, path);
    }

    // without regular expressions, for which a JVM that has just started takes long

    private static String withInnerSeparator(String text) {
        int end = text.indexOf("/!");
        return end < 0 ? text : text.substring(0, end) + SEPARATOR + text.substring(end + 2);
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(SEPARATOR); end >= 0; end = text.indexOf(SEPARATOR, start)) {
            parts.add(text.substring(start, end));
            start = end + SEPARATOR.length();
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String withoutEndingSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static Place other(URL url, String resource) {
        String text = url.toString();
        String root = text.endsWith(resource) ? text.substring(0, text.length() - resource.length()) : text;
        return new Place(Kind.OTHER, root, null, "", resource);
    }

    private static URI uri(URL url) throws URISyntaxException {
        return uri("file:" + url.getPath());
    }

    /** Some class loaders make URLs without encoding what has to be. */
    private static URI uri(String text) throws URISyntaxException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return new URI("file", null, text.substring("file:".length()), null);
        }
    }

    private static String decoded(String path) throws URISyntaxException {
        return path.indexOf('%') < 0 ? path : uri("file:/" + path).getPath().substring(1);
    }

    /** Returns the name of what it lies in, for people. */
    String fileName() {
        String whole = inner.isEmpty() ? withoutEndingSlash(root) : inner;
        return whole.substring(whole.lastIndexOf('/') + 1);
    }
}
