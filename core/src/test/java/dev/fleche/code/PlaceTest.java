package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.code.Place.Kind;
import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlaceTest {

    private static final String CLASS = "com/acme/Model.class";

    @Test
    void aDirectoryIsWhatIsLeftOfThePath() throws IOException {
        assertThat(place("file:/home/a%20b/classes/com/acme/Model.class"))
                .isEqualTo(new Place(
                        Kind.DIRECTORY, "file:///home/a%20b/classes", Path.of("/home/a b/classes"), "", CLASS));
    }

    @Test
    void aUrlThatIsNotEncodedIsUnderstood() throws IOException {
        assertThat(place("file:/home/a b/classes/com/acme/Model.class").file()).isEqualTo(Path.of("/home/a b/classes"));
    }

    @Test
    void aJarIsWhatStandsBeforeTheMark() throws IOException {
        assertThat(place("jar:file:/lib/a.jar!/META-INF/versions/17/com/acme/Model.class"))
                .isEqualTo(new Place(
                        Kind.JAR, "file:///lib/a.jar", Path.of("/lib/a.jar"), "", "META-INF/versions/17/" + CLASS));
    }

    @Test
    void aJarInAJarIsAPlaceOfItsOwn() throws IOException {
        Place expected = new Place(
                Kind.INNER_JAR,
                "file:///app.jar!/BOOT-INF/lib/x.jar",
                Path.of("/app.jar"),
                "BOOT-INF/lib/x.jar",
                CLASS);

        assertThat(place("jar:nested:/app.jar/!BOOT-INF/lib/x.jar!/com/acme/Model.class"))
                .isEqualTo(expected);
        assertThat(place("jar:file:/app.jar!/BOOT-INF/lib/x.jar!/com/acme/Model.class"))
                .isEqualTo(expected);
        assertThat(expected.fileName()).isEqualTo("x.jar");
    }

    @Test
    void aDirectoryInAJarIsAPlaceOfItsOwn() throws IOException {
        Place expected = new Place(
                Kind.INNER_DIRECTORY,
                "file:///app.jar!/BOOT-INF/classes",
                Path.of("/app.jar"),
                "BOOT-INF/classes",
                CLASS);

        assertThat(place("jar:nested:/app.jar/!BOOT-INF/classes/!/com/acme/Model.class"))
                .isEqualTo(expected);
        assertThat(place("jar:file:/app.jar!/BOOT-INF/classes!/com/acme/Model.class"))
                .isEqualTo(expected);
    }

    @Test
    void modulesOfTheJdkAreOnePlaceAndOthersInAnImageAreNot() throws IOException {
        assertThat(place("jrt:/java.sql/com/acme/Model.class").kind()).isEqualTo(Kind.JDK);
        assertThat(place("jrt:/jdk.compiler/com/acme/Model.class").kind()).isEqualTo(Kind.JDK);
        assertThat(place("jrt:/com.acme.app/com/acme/Model.class").kind()).isEqualTo(Kind.IMAGE);
    }

    @Test
    void anythingElseIsAPlaceWithoutFile() throws IOException {
        assertThat(place("bundle://7.0:1/com/acme/Model.class"))
                .isEqualTo(new Place(Kind.OTHER, "bundle://7.0:1/", null, "", CLASS));
        assertThat(place("jar:http://host/a.jar!/com/acme/Model.class").kind()).isEqualTo(Kind.OTHER);
        assertThat(place("file:/lib/other.class").kind()).isEqualTo(Kind.OTHER);
    }

    @SuppressWarnings("deprecation") // there is no other way with a handler on Java 17
    private static Place place(String url) throws IOException {
        return Place.of(
                new URL(null, url, new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL opened) {
                        throw new AssertionError("a place is found without a look");
                    }
                }),
                CLASS);
    }
}
