package dev.fleche.digest;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Encodes functions: the captured values and the function's digest. All other objects come here to be refused. */
final class FunctionEncoder implements ValueEncoder<Object> {

    private final List<FunctionReferences> references;
    private final Digester digester;

    FunctionEncoder(List<FunctionReferences> references, Digester digester) {
        this.references = references;
        this.digester = digester;
    }

    @Override
    public void encode(Object value, Walk walk) {
        for (FunctionReferences candidate : references) {
            Optional<FunctionReference> found = candidate.find(value);
            if (found.isPresent()) {
                encode(found.get(), walk);
                return;
            }
        }
        throw walk.fail(complaint(value, walk.remedy()));
    }

    private void encode(FunctionReference function, Walk walk) {
        walk.out.putByte(Tag.FUNCTION_VALUE);
        List<@Nullable Object> captured = function.captured();
        walk.out.putInt(captured.size());
        walk.beginCaptured();
        for (int i = 0; i < captured.size(); i++) {
            walk.child(i, captured.get(i));
        }
        // at the end: the code depends on what was met among the captured values
        Digest code = function.code().digest(walk.captured());
        walk.out.putDigest(digester.function(function.id(), function.version(), code));
        walk.endCaptured(function.root());
    }

    @Override
    public String step(Object value, int position, @Nullable Object note) {
        return "(captured " + position + ")";
    }

    private static String complaint(Object value, String remedy) {
        String is = " is a " + value.getClass().getName() + ", which has no content to digest; ";
        if (value instanceof Map<?, ?>) {
            return is + "copy it with Map.copyOf or register a DigestRule for it";
        }
        if (value instanceof Set<?>) {
            return is + "copy it with Set.copyOf or register a DigestRule for it";
        }
        if (value instanceof Collection<?>) {
            return is + "copy it with List.copyOf or register a DigestRule for it";
        }
        return is + remedy;
    }
}
