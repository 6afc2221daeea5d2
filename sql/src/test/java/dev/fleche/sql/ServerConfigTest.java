package dev.fleche.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {

    private static final CacheConfig CONFIG =
            CacheConfig.of("postgresql").with("url", "jdbc:postgresql://db.acme.com/cache?ssl=true");

    @Test
    void anAddressIsEnough() {
        ServerConfig config = ServerConfig.of(Dialect.POSTGRESQL, CONFIG);

        assertThat(config.url()).isEqualTo("jdbc:postgresql://db.acme.com/cache?ssl=true");
        assertThat(config.place()).isEqualTo("the database jdbc:postgresql://db.acme.com/cache");
        assertThat(config.durability()).isEqualTo(Durability.FAST);
        assertThat(config.properties()).doesNotContainKeys("user", "password");
    }

    @Test
    void thePasswordIsLookedUpForEachConnectionAndNeverShown() {
        ServerConfig config = ServerConfig.of(
                Dialect.POSTGRESQL, CONFIG.with("user", "me").with("password", "property:dev.fleche.sql.test"));
        System.setProperty("dev.fleche.sql.test", "first");
        assertThat(config.properties()).containsEntry("user", "me").containsEntry("password", "first");

        System.setProperty("dev.fleche.sql.test", "second");
        assertThat(config.properties()).containsEntry("password", "second");

        assertThat(config.toString()).doesNotContain("second");
        System.clearProperty("dev.fleche.sql.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/cache?password=hidden",
                "jdbc:postgresql://db/cache?ssl=true&sslpassword=hidden",
                "jdbc:postgresql://me:hidden@db/cache",
                "jdbc:postgresql://db/cache?user=me&PASSWORD=hidden&x=y"
            })
    void aSecretInTheAddressIsRefusedAndNotShown(String url) {
        assertThatThrownBy(() -> ServerConfig.of(Dialect.POSTGRESQL, CONFIG.with("url", url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password=env:NAME")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void anAddressOfAnotherKindOrNoneIsRefused() {
        assertThatThrownBy(() -> ServerConfig.of(Dialect.MARIADB, CONFIG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an address that starts with jdbc:mariadb://");
        assertThatThrownBy(() -> ServerConfig.of(Dialect.MARIADB, CacheConfig.of("mariadb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "many", ""})
    void aPoolSizeOutOfRangeIsRefused(String size) {
        assertThatThrownBy(() -> ServerConfig.of(Dialect.POSTGRESQL, CONFIG.with("poolSize", size)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("poolSize");
    }

    @Test
    void theKindOfServerIsReadOffTheAddress() {
        assertThat(Sql.config("jdbc:mariadb://db/cache").type()).isEqualTo("mariadb");
        assertThat(Sql.config("jdbc:postgresql://db/cache").type()).isEqualTo("postgresql");
        assertThatThrownBy(() -> Sql.config("jdbc:oracle://db")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sql.config("jdbc:postgresql://db/cache?password=hidden"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hidden");
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThatThrownBy(() -> ServerConfig.of(Dialect.POSTGRESQL, CONFIG.with("path", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("path");
    }
}
