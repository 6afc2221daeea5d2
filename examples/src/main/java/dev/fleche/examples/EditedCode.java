package dev.fleche.examples;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.Scope;
import dev.fleche.cache.Cache;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A helper two levels down is edited, and the edit undone: the program is compiled anew each time. */
final class EditedCode implements Section {

    /** The program by file name; {@code %s} is what is edited. */
    private static final Map<String, String> PROGRAM =
            Map.of("Mesh.java", """
                    import dev.fleche.*;

                    public final class Mesh {
                        public static final Memo1<Integer, Double> ENERGY = Fleche.of(Mesh::energy);

                        public static double energy(int cells) {
                            double sum = 0;
                            for (int i = 0; i < cells; i++) {
                                sum += Lattice.energy(i);
                            }
                            return sum;
                        }
                    }
                    """, "Lattice.java", """
                    final class Lattice {
                        static double energy(int cell) {
                            return Spring.energy(cell * 1e-3);
                        }
                    }
                    """, "Spring.java", """
                    final class Spring {
                        static double energy(double length) {
                            return %s * length * length;
                        }
                    }
                    """);

    private static final Logger LOG = Logger.getLogger("dev.fleche");

    private final Path directory;

    /** Creates the section; the program is compiled in {@code directory}. */
    EditedCode(Path directory) {
        this.directory = directory;
    }

    @Override
    public String title() {
        return "A helper two levels down is edited";
    }

    @Override
    public void show(Page page) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            page.text("This Java has no compiler, so nothing can be edited here; run the tour with a JDK.");
            return;
        }
        page.text("Mesh.energy calls Lattice.energy, which calls Spring.energy. The code of all three is in the key.");
        LOG.setLevel(Level.WARNING); // a line in the log would tell the same once more, at any time from now on
        try (Cache cache = Cache.files(directory.resolve("store"))) {
            run(page, cache, "0.5");
            page.fact("Spring.energy edited", "0.5 * length * length becomes 0.25 * length * length");
            run(page, cache, "0.25");
            page.fact("the edit undone, and a comment added", "0.5 /* N/m */ * length * length");
            run(page, cache, "0.5 /* N/m */");
        }
    }

    /** Compiles the program, explains the call in it before it is made, and makes it. */
    private void run(Page page, Cache cache, String factor) throws Exception {
        Path classes = compile(factor);
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()}, EditedCode.class.getClassLoader());
                Scope scope = Fleche.use(cache)) {
            Memo1<Integer, Double> energy = energyIn(loader);
            page.fact("energy.on(1000).explain()", energy.on(1000).explain());
            page.fact("energy.apply(1000)", energy.apply(1000));
        }
    }

    @SuppressWarnings("unchecked") // as the source above declares it
    private static Memo1<Integer, Double> energyIn(ClassLoader loader) throws ReflectiveOperationException {
        return (Memo1<Integer, Double>)
                loader.loadClass("Mesh").getField("ENERGY").get(null);
    }

    private Path compile(String factor) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        String[] arguments = new String[5 + PROGRAM.size()];
        int next = 0;
        for (String option : new String[] {"-cp", System.getProperty("java.class.path"), "-proc:none", "-d"}) {
            arguments[next++] = option;
        }
        arguments[next++] = classes.toString();
        for (Map.Entry<String, String> file : PROGRAM.entrySet()) {
            Path source = directory.resolve(file.getKey());
            Files.writeString(source, file.getValue().replace("%s", factor));
            arguments[next++] = source.toString();
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, System.err, System.err, arguments) != 0) {
            throw new IllegalStateException("the program in " + directory + " does not compile");
        }
        return classes;
    }
}
