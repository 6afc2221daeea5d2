package dev.fleche;

import dev.fleche.digest.Address;
import dev.fleche.digest.FunctionId;

/**
 * Thrown by a call of {@link Call#withStoredArguments} when a stored argument cannot be loaded, before the body runs.
 *
 * <p>The value was removed or damaged since, or the cache cannot be opened in this process. Who holds the arguments
 * makes the plain call instead.
 */
public final class LostArgumentException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String address;

    LostArgumentException(FunctionId function, int position, Address address, String reason) {
        super("expected argument " + position + " of " + function.shortName() + " in the cache at "
                + address.sha256().prefix(12) + ", found " + reason + "; make the call with the argument itself");
        this.address = address.toString();
    }

    /** Returns the address at which the argument was stored. */
    public Address address() {
        return Address.parse(address);
    }
}
