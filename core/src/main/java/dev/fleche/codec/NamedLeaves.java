package dev.fleche.codec;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The leaves that are written as names.
 *
 * <p>A value that its name does not bring back is refused when it is written.
 */
final class NamedLeaves {

    static final List<Leaf<?>> ALL = List.of(
            named(Tag.URI, URI.class, URI::toString, NamedLeaves::uri),
            named(Tag.CURRENCY, Currency.class, Currency::getCurrencyCode, Currency::getInstance),
            named(Tag.CHARSET, Charset.class, Charset::name, Charset::forName),
            named(Tag.FILE, File.class, File::getPath, File::new),
            named(Tag.PATH, Path.class, NamedLeaves::name, Path::of),
            new Leaf<>(Tag.LOCALE, Locale.class, true, NamedLeaves::writeLocale, NamedLeaves::readLocale));

    private static final String OWN_FORM = "";

    private NamedLeaves() {}

    private static <T> Leaf<T> named(int tag, Class<T> type, Function<T, String> toName, Function<String, T> ofName) {
        return new Leaf<>(
                tag,
                type,
                true,
                (value, sink) -> {
                    String name = toName.apply(value);
                    if (!ofName.apply(name).equals(value)) {
                        throw unnamed(value);
                    }
                    sink.writeString(name);
                },
                source -> ofName.apply(source.readString()));
    }

    private static CodecException unnamed(Object value) {
        return new CodecException("the " + value.getClass().getName() + " \"" + value
                + "\" that its name does not bring back, so it cannot be stored; convert it");
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new CodecException("expected a URI, found \"" + text + "\"", e);
        }
    }

    private static String name(Path path) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new CodecException("the path \"" + path + "\" in a file system of its own ("
                    + path.getFileSystem().provider().getScheme()
                    + "), which its name does not say; convert it, for example to its URI");
        }
        return path.toString();
    }

    /** Writes the tag if that brings the locale back, else its parts. */
    private static void writeLocale(Locale value, PayloadSink sink) {
        String tag = value.toLanguageTag();
        if (Locale.forLanguageTag(tag).equals(value)) {
            sink.writeString(tag);
        } else if (ofParts(value.getLanguage(), value.getCountry(), value.getVariant())
                .equals(value)) {
            sink.writeString(OWN_FORM);
            sink.writeString(value.getLanguage());
            sink.writeString(value.getCountry());
            sink.writeString(value.getVariant());
        } else {
            throw unnamed(value);
        }
    }

    private static Locale readLocale(PayloadSource source) {
        String tag = source.readString();
        if (tag.equals(OWN_FORM)) {
            return ofParts(source.readString(), source.readString(), source.readString());
        }
        Locale locale = Locale.forLanguageTag(tag);
        if (!locale.toLanguageTag().equals(tag)) {
            throw source.damaged("a language tag", "\"" + tag + "\"");
        }
        return locale;
    }

    private static Locale ofParts(String language, String country, String variant) {
        return new Locale(language, country, variant);
    }
}
