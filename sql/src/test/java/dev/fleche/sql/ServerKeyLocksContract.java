package dev.fleche.sql;

import dev.fleche.testing.KeyLocksContract;

/**
 * What holds for the locks of servers. With {@code -Ddev.fleche.test.full=true} they are taken as often as others, and
 * otherwise a tenth of it.
 */
abstract class ServerKeyLocksContract extends KeyLocksContract {

    @Override
    protected final int rounds(int most) {
        return Boolean.getBoolean("dev.fleche.test.full") ? most : most / 10;
    }
}
