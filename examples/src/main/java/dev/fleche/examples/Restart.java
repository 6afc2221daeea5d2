package dev.fleche.examples;

import dev.fleche.cache.Cache;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;

/** What one process computed, the next one finds. */
final class Restart implements Section {

    private final Path directory;

    Restart(Path directory) {
        this.directory = directory;
    }

    @Override
    public String title() {
        return "A restart";
    }

    @Override
    public void show(Page page) throws Exception {
        page.text("Cache.open(directory) is a cache in files. This process computes digits of pi, closes the cache and "
                + "starts another JVM, which opens the same directory.");
        try (Cache cache = Cache.open(directory)) {
            page.fact("this process, " + ProcessHandle.current().pid(), Pi.pass(cache));
        }
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SecondProcess.class.getName(),
                directory.toString());
        Process second = builder.redirectErrorStream(true).start();
        second.getOutputStream().close();
        String report = new String(second.getInputStream().readAllBytes(), Charset.defaultCharset()).strip();
        if (second.waitFor() != 0) {
            throw new IOException("the second JVM ended with exit code " + second.exitValue() + ": " + report);
        }
        page.fact("the second process, " + second.pid(), report);
    }

    /** The program of the second JVM. */
    static final class SecondProcess {

        private SecondProcess() {}

        public static void main(String[] args) {
            try (Cache cache = Cache.open(Path.of(args[0]))) {
                System.out.println(Pi.pass(cache));
            }
        }
    }
}
