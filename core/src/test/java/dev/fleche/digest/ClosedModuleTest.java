package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.testing.ClosedModule;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosedModuleTest {

    private final Digester digester = new Digester(List::of);

    @TempDir
    private Path directory;

    @Test
    void aRecordOfAClosedModuleNeedsAccess() throws Exception {
        Class<?> type = ClosedModule.secret(directory, "app");
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
}
