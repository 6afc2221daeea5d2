package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.digest.Access;
import dev.fleche.digest.InaccessibleTypeException;
import dev.fleche.testing.ClosedModule;
import java.lang.invoke.MethodHandles.Lookup;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a module that does not open itself to us. */
class ClosedRecordTest {

    @Test
    void aRecordOfAClosedModuleNeedsAccess(@TempDir Path directory) throws Exception {
        Class<?> type = ClosedModule.secret(directory, "shut");
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
}
