package dev.fleche.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The bytes of records as they were when the format was fixed. */
class CallRecordGoldenTest {

    private static final String FILE = "/golden/records-v1.txt";

    private static Map<String, CallRecord> records() {
        Map<String, CallRecord> records = new LinkedHashMap<>();
        records.put("small", Records.small(1));
        records.put("full", Records.full(1));
        records.put("adopted", Records.full(1).adopted(Records.digest(2), Records.digest(108)));
        records.put(
                "unknown-fields",
                Records.withUnknown(
                        new CallRecord.UnknownField(300, new byte[] {1, 2, 3}),
                        new CallRecord.UnknownField(65_535, new byte[0])));
        return records;
    }

    @Test
    void recordsAreWrittenAsEver() {
        Map<String, String> written = new LinkedHashMap<>();
        records()
                .forEach(
                        (name, record) -> written.put(name, HexFormat.of().formatHex(CallRecordFormat.encode(record))));

        assertThat(written).isEqualTo(golden());
    }

    @Test
    void recordsOfOldAreRead() {
        Map<String, CallRecord> read = new LinkedHashMap<>();
        golden().forEach((name, hex) ->
                read.put(name, CallRecordFormat.decode(HexFormat.of().parseHex(hex))));

        assertThat(read).isEqualTo(records());
    }

    @Test
    void fieldsAreReadInAnyOrder() {
        String hex = Objects.requireNonNull(golden().get("small"));
        byte[] bytes = HexFormat.of().parseHex(hex);
        byte[] turned = bytes.clone();
        int keyField = 2 + 4 + 32;
        int others = bytes.length - 8 - keyField - 32;
        System.arraycopy(bytes, 8 + keyField, turned, 8, others);
        System.arraycopy(bytes, 8, turned, 8 + others, keyField);
        CallRecordFormat.seal(turned);

        assertThat(CallRecordFormat.decode(turned)).isEqualTo(Records.small(1));
    }

    private static Map<String, String> golden() {
        Map<String, String> golden = new LinkedHashMap<>();
        for (String line : lines()) {
            if (!line.startsWith("#") && !line.isBlank()) {
                int space = line.indexOf(' ');
                golden.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        return golden;
    }

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(CallRecordGoldenTest.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
