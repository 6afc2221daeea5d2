package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandles;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosedModuleTest {

    private final Digester digester = new Digester(List::of);

    @TempDir
    private Path directory;

    @Test
    void aRecordOfAClosedModuleNeedsAccess() throws Exception {
        Class<?> type = recordOfAModule();
        Object secret = type.getConstructor(int.class).newInstance(1);
        List<Object> value = List.of(secret);

        assertThatThrownBy(() -> digester.digest(value))
                .isInstanceOf(UndigestibleException.class)
                .hasMessageStartingWith("value[0] could not be digested: the record app.Secret is in module app")
                .hasMessageEndingWith("call Fleche.access(MethodHandles.lookup()) once in that module");

        Access.grant((MethodHandles.Lookup) type.getMethod("lookup").invoke(null));

        assertThat(digester.digest(value))
                .isEqualTo(
                        digester.digest(List.of(type.getConstructor(int.class).newInstance(1))))
                .isNotEqualTo(
                        digester.digest(List.of(type.getConstructor(int.class).newInstance(2))));
    }

    private Class<?> recordOfAModule() throws Exception {
        Path module = Files.writeString(directory.resolve("module-info.java"), "module app { exports app; }");
        Path source = Files.writeString(directory.resolve("Secret.java"), """
                package app;
                public record Secret(int x) {
                    public static java.lang.invoke.MethodHandles.Lookup lookup() {
                        return java.lang.invoke.MethodHandles.lookup();
                    }
                }
                """);
        Path classes = directory.resolve("classes");
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, "-d", classes.toString(), module.toString(), source.toString());
        assertThat(status).isZero();
        Configuration configuration =
                ModuleLayer.boot().configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("app"));
        return ModuleLayer.boot()
                .defineModulesWithOneLoader(configuration, ClosedModuleTest.class.getClassLoader())
                .findLoader("app")
                .loadClass("app.Secret");
    }
}
