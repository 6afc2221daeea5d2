package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.testing.Serial;
import java.io.ObjectInputFilter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheConfigTest {

    private static final String PROPERTY = "dev.fleche.test.secret";

    @TempDir
    Path directory;

    private final CacheConfig sql = CacheConfig.of("sql").with("user", "me");

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void aSecretIsReadFromWhereTheOptionSays() throws Exception {
        System.setProperty(PROPERTY, "from a property");
        Path file = Files.writeString(directory.resolve("secret"), "from a file\n");
        String path = System.getenv("PATH");

        assertThat(sql.with("password", "property:" + PROPERTY).secret("password"))
                .contains("from a property");
        assertThat(sql.with("password", "file:" + file).secret("password")).contains("from a file");
        assertThat(sql.with("password", "env:PATH").secret("password")).contains(path);
        assertThat(sql.secret("password")).isEmpty();
    }

    @Test
    void aSecretIsReadAnewEachTime() {
        CacheConfig config = sql.with("password", "property:" + PROPERTY);
        System.setProperty(PROPERTY, "one");
        assertThat(config.secret("password")).contains("one");

        System.setProperty(PROPERTY, "two");

        assertThat(config.secret("password")).contains("two");
    }

    @Test
    void aSecretIsInNoTextAndInNoStream() throws Exception {
        System.setProperty(PROPERTY, "hunter2");
        CacheConfig config = sql.with("password", "property:" + PROPERTY);
        config.secret("password");

        byte[] bytes = Serial.bytes(config);

        assertThat(config.toString()).contains(PROPERTY).doesNotContain("hunter2");
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .contains(PROPERTY)
                .doesNotContain("hunter2");
        assertThat(Serial.object(bytes, length -> ObjectInputFilter.Config.createFilter("*")))
                .isEqualTo(config);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "dbPassword", "PASSPHRASE", "client_secret", "token", "credentials"})
    void aLiteralIsRefusedWithTheRemedyAndNotShown(String option) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sql.with(option, "hunter2"))
                .withMessage("expected a reference to a secret as option " + option
                        + ", found something else, which is not shown; put the secret into an environment variable and"
                        + " write env:NAME, or write property:NAME or file:PATH");
        assertThatIllegalArgumentException().isThrownBy(() -> new CacheConfig("sql", Map.of(option, "env:")));
    }

    @Test
    void anyOptionThatIsAskedForAsASecretHoldsAReference() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sql.with("pin", "1234").secret("pin"))
                .withMessageContaining("option pin")
                .withMessageNotContaining("1234");
    }

    @Test
    void theFileOfASecretIsNamedByItsAbsolutePath() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sql.with("password", "file:secrets/db"))
                .withMessage("expected an absolute path after file: as option password, found \"secrets/db\"");
    }

    @Test
    void aSecretThatIsNotThereIsTrouble() throws Exception {
        Path large = Files.write(directory.resolve("large"), new byte[70_000]);

        assertThatThrownBy(() -> sql.with("password", "property:" + PROPERTY).secret("password"))
                .isInstanceOf(StorageException.class)
                .hasMessage("option password refers to the system property " + PROPERTY
                        + ", which this process does not have; set it where the process starts");
        assertThatThrownBy(() -> sql.with("password", "file:" + directory.resolve("none"))
                        .secret("password"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> sql.with("password", "file:" + large).secret("password"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("at most 64 KiB");
    }

    @Test
    void anUnknownOptionIsNamedWithoutItsValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StorageProviders.open(
                        CacheConfig.of("files").with("path", "/x").with("pasword", "hunter2")))
                .withMessage("option pasword is unknown to storages of type files; known: durability, path");
    }

    @Test
    void anOptionIsTakenAway() {
        assertThat(sql.without("user")).isEqualTo(CacheConfig.of("sql"));
        assertThat(sql.without("other")).isSameAs(sql);
    }

    @Test
    void readOnlyIsTrueOrFalse() {
        assertThat(sql.isReadOnly()).isFalse();
        assertThat(sql.with(CacheConfig.READ_ONLY, "true").isReadOnly()).isTrue();
        assertThat(sql.with(CacheConfig.READ_ONLY, "false").isReadOnly()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sql.with(CacheConfig.READ_ONLY, "yes").isReadOnly())
                .withMessage("expected true or false as option readOnly of type sql, found \"yes\"");
    }
}
