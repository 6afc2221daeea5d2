package dev.fleche;

import dev.fleche.digest.FunctionReference;
import dev.fleche.digest.FunctionReferences;
import java.util.Optional;

/** The recognition of memos among the values that are digested: a memo is the function that it wraps. Stateless. */
final class MemoReferences implements FunctionReferences {

    @Override
    public Optional<FunctionReference> find(Object value) {
        return value instanceof Memo<?> memo ? Optional.of(memo.profile().reference()) : Optional.empty();
    }
}
