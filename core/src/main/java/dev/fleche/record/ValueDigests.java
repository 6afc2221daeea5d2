package dev.fleche.record;

import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import org.jspecify.annotations.Nullable;

/**
 * The digests by which a query looks for arguments and results. Implementations are safe for use by several threads.
 */
public interface ValueDigests {

    /** The digests of values as they are, whatever function they are of. */
    ValueDigests STANDARD = new ValueDigests() {
        @Override
        public Digest argument(String name, @Nullable Object value) {
            return Digester.standard().digest(value);
        }

        @Override
        public Digest result(@Nullable Object value) {
            return Digester.standard().digest(value);
        }
    };

    /**
     * Returns the digest that stands in records of calls whose argument {@code name} was {@code value}.
     *
     * @throws IllegalArgumentException if no call has such an argument
     * @throws dev.fleche.digest.UndigestibleException if the value has no digest
     */
    Digest argument(String name, @Nullable Object value);

    /**
     * Returns the digest that stands in records of calls whose result was {@code value}.
     *
     * @throws IllegalArgumentException if no call has such a result
     * @throws dev.fleche.digest.UndigestibleException if the value has no digest
     */
    Digest result(@Nullable Object value);
}
