package dev.fleche.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.fleche.codec.CodecException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordedCallTest {

    private static final String CALL =
            " of com.acme.Physics.relax(double,int), key " + Records.digest(1).prefix(12) + ", found ";

    private final Calls calls = new Calls();

    @Test
    void argumentsAndResultAreLoaded() {
        calls.argument("a", Calls.inline(3.5)).argument("name", calls.separate("long"));

        RecordedCall<Integer> call = calls.returning(1, calls.separate(42));
        double a = call.<Double>argument("a");
        String name = call.argument("name");
        int result = call.result();

        assertThat(a).isEqualTo(3.5);
        assertThat(name).isEqualTo("long");
        assertThat(result).isEqualTo(42);
    }

    @Test
    void nullIsAValue() {
        RecordedCall<@Nullable Object> call =
                calls.argument("a", Calls.inline(null)).returning(1, Calls.inline(null));

        assertThat(call.<@Nullable Object>argument("a")).isNull();
        assertThat(call.result()).isNull();
        assertThat(call.arguments()).containsExactly(entry("a", null)).hasToString("{a=null}");
    }

    @Test
    void whatStandsInTheRecordIsThere() {
        RecordedCall<Integer> call = calls.tag("project", "alpha").returning(1, Calls.inline(42));

        assertThat(call.key()).isEqualTo(Records.digest(1));
        assertThat(call.function()).isEqualTo(Records.RELAX);
        assertThat(call.version()).isEqualTo(Optional.of("3"));
        assertThat(call.start()).isEqualTo(Calls.START);
        assertThat(call.stop()).isEqualTo(Calls.START.plusSeconds(2));
        assertThat(call.wallTime()).isEqualTo(Duration.ofMillis(2500));
        assertThat(call.tags()).isEqualTo(Map.of("project", "alpha"));
        assertThat(call.record().key()).isEqualTo(Records.digest(1));
        assertThat(call)
                .hasToString(
                        "Physics.relax, key " + Records.digest(1).prefix(12) + ", started 2025-03-01T10:00:00.900Z");
    }

    @Test
    void aValueIsTheCallersOwn() {
        RecordedCall<int[]> call = calls.returning(1, Calls.inline(new int[] {1, 2}));

        call.result()[0] = 99;

        assertThat(call.result()).containsExactly(1, 2);
    }

    @Test
    void nothingIsLoadedUnlessAskedFor() {
        calls.argument("a", calls.separate(1)).argument("b", calls.separate(2));
        RecordedCall<Integer> call = calls.returning(1, calls.separate(3));

        Map<String, @Nullable Object> arguments = call.arguments();
        assertThat(arguments.keySet()).containsExactly("a", "b");
        assertThat(arguments.size()).isEqualTo(2);
        assertThat(arguments.containsKey("a")).isTrue();
        assertThat(arguments.containsKey("c")).isFalse();
        assertThat(arguments.get("c")).isNull();
        assertThat(call).hasToString(call.toString()).isEqualTo(call);
        assertThat(calls.loads()).isZero();

        assertThat(arguments.get("b")).isEqualTo(2);
        assertThat(calls.loads()).isEqualTo(1);
    }

    @Test
    void theArgumentsAreAMapLikeAnyOther() {
        calls.argument("a", Calls.inline(1)).argument("b", calls.separate("x"));
        Map<String, @Nullable Object> arguments =
                calls.returning(1, Calls.inline(3)).arguments();

        assertThat(arguments).isEqualTo(Map.of("a", 1, "b", "x")).hasSameHashCodeAs(Map.of("a", 1, "b", "x"));
        assertThat(arguments).containsExactly(entry("a", 1), entry("b", "x")).hasToString("{a=1, b=x}");
        assertThat(arguments.values()).containsExactly(1, "x");
        assertThat(arguments.entrySet().iterator().next()).hasToString("a=1").isEqualTo(Map.entry("a", 1));
    }

    @Test
    void theArgumentsCannotBeChanged() {
        Map<String, @Nullable Object> arguments = calls.argument("a", Calls.inline(1))
                .returning(1, Calls.inline(3))
                .arguments();

        assertThatThrownBy(() -> arguments.put("a", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> arguments.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> arguments.keySet().remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> arguments.entrySet().iterator().next().setValue(2))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(arguments).containsExactly(entry("a", 1));
    }

    @Test
    void anUnknownArgumentIsNamedWithTheKnownOnes() {
        calls.argument("a", Calls.inline(1)).argument("b", Calls.inline(2));
        RecordedCall<Integer> call = calls.returning(1, Calls.inline(3));
        RecordedCall<Integer> bare = calls.noArguments().returning(2, Calls.inline(3));

        assertThatThrownBy(() -> call.argument("c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a recorded argument of com.acme.Physics.relax(double,int), found \"c\";"
                        + " it has a, b");
        assertThatThrownBy(() -> bare.argument("c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a recorded argument of com.acme.Physics.relax(double,int), found \"c\";"
                        + " it has none");
    }

    @Test
    void anArgumentThatWasNotStoredIsUnavailable() {
        RecordedCall<Integer> call =
                calls.argument("a", new StoredValue.NotStored()).returning(1, Calls.inline(3));

        ValueUnavailableException thrown =
                catchThrowableOfType(ValueUnavailableException.class, () -> call.argument("a"));

        assertThat(thrown)
                .hasMessage("expected the argument a" + CALL
                        + "only its digest; it was too large to be stored, or cannot be encoded");
        assertThat(thrown.key()).isEqualTo(Records.digest(1));
        assertThat(thrown.argument()).isEqualTo(Optional.of("a"));
        assertThat(thrown.reason()).isEqualTo(Lookup.Reason.ABSENT);
        assertThat(call.arguments()).hasToString("{a=?}");
    }

    @Test
    void aValueThatIsLostIsUnavailable() {
        RecordedCall<Integer> call = calls.argument("a", Calls.lost(9)).returning(1, Calls.lost(9));

        ValueUnavailableException result = catchThrowableOfType(ValueUnavailableException.class, call::result);

        assertThat(result)
                .hasMessage("expected the result" + CALL
                        + "that its value is gone from the storage; to have it again, call the function again");
        assertThat(result.argument()).isEmpty();
        assertThat(result.reason()).isEqualTo(Lookup.Reason.VALUE_LOST);
        assertThatThrownBy(() -> call.argument("a"))
                .hasMessage("expected the argument a" + CALL
                        + "that its value is gone from the storage; to have it again, rerun the call");
        assertThatThrownBy(() -> call.arguments().get("a")).isInstanceOf(ValueUnavailableException.class);
    }

    @Test
    void theStoragesReasonIsGiven() {
        RecordedCall<Integer> damaged = new Calls()
                .missing(Lookup.miss(Lookup.Reason.DAMAGED, "/tmp/x is half-written"))
                .returning(1, Calls.lost(9));
        RecordedCall<Integer> unavailable =
                new Calls().missing(Lookup.miss(Lookup.Reason.UNAVAILABLE, "")).returning(1, Calls.lost(9));

        assertThatThrownBy(damaged::result)
                .hasMessage("expected the result" + CALL + "that its value is damaged in the storage;"
                        + " to have it again, call the function again: /tmp/x is half-written");
        assertThatThrownBy(unavailable::result)
                .hasMessage("expected the result" + CALL + "that the storage does not answer; try again later");
    }

    @Test
    void aValueThatCannotBeDecodedIsUnavailable() {
        RecordedCall<Integer> call = calls.returning(1, new StoredValue.Inline(Records.value(8)));

        ValueUnavailableException thrown = catchThrowableOfType(ValueUnavailableException.class, call::result);

        assertThat(thrown.reason()).isEqualTo(Lookup.Reason.UNDECODABLE);
        assertThat(thrown).hasCauseInstanceOf(CodecException.class);
        assertThat(thrown.getMessage())
                .startsWith("expected the result" + CALL + "a value that cannot be decoded here: ");
    }

    @Test
    void theExceptionTravels() throws IOException, ClassNotFoundException {
        RecordedCall<Integer> call = calls.argument("a", Calls.lost(9)).returning(1, Calls.lost(9));
        ValueUnavailableException thrown =
                catchThrowableOfType(ValueUnavailableException.class, () -> call.argument("a"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
        }

        ValueUnavailableException arrived = (ValueUnavailableException)
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(arrived.key()).isEqualTo(thrown.key());
        assertThat(arrived.argument()).isEqualTo(thrown.argument());
        assertThat(arrived.reason()).isEqualTo(thrown.reason());
    }

    @Test
    void callsAreEqualWhenTheirKeysAre() {
        RecordedCall<Integer> one = calls.returning(1, Calls.inline(3));
        RecordedCall<Integer> same = new Calls().tag("other", "tag").returning(1, Calls.inline(4));
        RecordedCall<Integer> other = calls.returning(2, Calls.inline(3));

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    }
}
