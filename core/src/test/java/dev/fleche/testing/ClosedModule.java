package dev.fleche.testing;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.spi.ToolProvider;

/** A module that opens itself to nobody, compiled while a test runs. */
public final class ClosedModule {

    private ClosedModule() {}

    /**
     * Returns the record {@code Secret(int x)} of a module, which has a method {@code lookup()} besides.
     *
     * @param directory where to put its classes
     * @param name the name of module and package
     */
    public static Class<?> secret(Path directory, String name) throws IOException, ClassNotFoundException {
        Path module = Files.writeString(
                directory.resolve("module-info.java"), "module " + name + " { exports " + name + "; }");
        Path source = Files.writeString(directory.resolve("Secret.java"), """
                package %s;
                public record Secret(int x) {
                    public static java.lang.invoke.MethodHandles.Lookup lookup() {
                        return java.lang.invoke.MethodHandles.lookup();
                    }
                }
                """.formatted(name));
        Path classes = directory.resolve("classes");
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, "-d", classes.toString(), module.toString(), source.toString());
        if (status != 0) {
            throw new IllegalArgumentException("javac ended with " + status);
        }
        Configuration configuration =
                ModuleLayer.boot().configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of(name));
        return ModuleLayer.boot()
                .defineModulesWithOneLoader(configuration, ClosedModule.class.getClassLoader())
                .findLoader(name)
                .loadClass(name + ".Secret");
    }
}
