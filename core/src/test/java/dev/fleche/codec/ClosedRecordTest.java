package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.digest.Access;
import dev.fleche.digest.InaccessibleTypeException;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a module that does not open itself to us. */
class ClosedRecordTest {

    @Test
    void aRecordOfAClosedModuleNeedsAccess(@TempDir Path directory) throws Exception {
        Class<?> type = recordOfAModule(directory);
        TypeContext context = TypeContext.of(type.getClassLoader(), List.of(type), List.of());
        List<Object> value = List.of(type.getConstructor(int.class).newInstance(1));

        assertThatThrownBy(() -> Codecs.standard().encode(value, context, Long.MAX_VALUE))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("value[0] cannot be read: the record shut.Secret is in module shut")
                .hasMessageEndingWith("call Fleche.access(MethodHandles.lookup()) once in that module")
                .hasCauseInstanceOf(InaccessibleTypeException.class);

        Access.grant((Lookup) type.getMethod("lookup").invoke(null));
        byte[] encoded =
                Codecs.standard().encode(value, context, Long.MAX_VALUE).encoded();

        assertThat(Codecs.standard().decode(Value.ofEncoded(encoded), context)).isEqualTo(value);
    }

    private static Class<?> recordOfAModule(Path directory) throws Exception {
        Path module = Files.writeString(directory.resolve("module-info.java"), "module shut { exports shut; }");
        Path source = Files.writeString(directory.resolve("Secret.java"), """
                package shut;
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
                ModuleLayer.boot().configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("shut"));
        return ModuleLayer.boot()
                .defineModulesWithOneLoader(configuration, ClosedRecordTest.class.getClassLoader())
                .findLoader("shut")
                .loadClass("shut.Secret");
    }
}
