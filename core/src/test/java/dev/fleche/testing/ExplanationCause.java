package dev.fleche.testing;

import dev.fleche.ArgumentStoring;
import dev.fleche.Call;
import dev.fleche.Explanation;
import dev.fleche.Option;
import dev.fleche.annotation.CodeChange;
import dev.fleche.annotation.CodeKey;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.record.CallRecord;
import dev.fleche.record.StoredValue;
import java.util.List;

/** Each cause that an explanation names: what brings it about, and the sentences about it. */
enum ExplanationCause {
    HIT(Explanation.Hit.class, "hit: the result of Physics\\.relax was computed at TIME\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            return store.computed(store.program("h * 2"));
        }
    },
    HIT_WITH_ANOTHER_HELPER(
            Explanation.Hit.class,
            "hit: the result of Physics\\.relax was computed at TIME\\. Since then Lattice\\.energy\\(double\\) changed,"
                    + " which takes no part in its key; if that matters, rerun the call\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            store.computed(store.program("h * 2"), Option.codeKey(CodeKey.METHOD));
            return store.call(store.program("h * 3"), Option.codeKey(CodeKey.METHOD));
        }
    },
    HIT_WITH_ANOTHER_LIBRARY(
            Explanation.Hit.class, "hit: .* Since then org\\.lib:scales 1\\.0 → 1\\.1, which takes no part in .*") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            store.computed(store.program(SCALED, OWN, "1.0"), Option.codeKey(CodeKey.NONE));
            return store.call(store.program(SCALED, OWN, "1.1"), Option.codeKey(CodeKey.NONE));
        }
    },
    HIT_ON_ANOTHER_JAVA(Explanation.Hit.class, "hit: .* Since then Java 11 → [^ ]+, which takes no part in .*") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            Call<?> call = store.computed(store.program("h * 2"));
            store.rewrite(call, record -> copy(record, record.result(), "11"));
            return call;
        }
    },
    HIT_THAT_WAS_ADOPTED(
            Explanation.Hit.class,
            "hit: the result of Physics\\.relax was computed at TIME by other code, and adopted\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            store.computed(store.program("h * 2"));
            return store.computed(store.program("h * 3"), Option.onCodeChange(CodeChange.ADOPT));
        }
    },
    HIT_UNDER_A_FORMER_ID(Explanation.Hit.class, "hit: the result of Physics\\.calm was computed at TIME\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            PhysicsProgram program = store.program("h * 2");
            program.quiet(store.writer(), Option.name("still")).apply(1.0, true);
            return program.quiet(
                            store.reader(),
                            Option.name("calm"),
                            Option.formerlyKnownAs("acme.Physics.still(double,boolean)"))
                    .on(1.0, true);
        }
    },
    NEVER_COMPUTED(Explanation.NeverComputed.class, "miss: no call of Physics\\.relax is recorded\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            return store.call(store.program("h * 2"));
        }
    },
    ANOTHER_LAMBDA(
            Explanation.NeverComputed.class,
            "miss: no call of this lambda, known by its body as Physics\\.lambda, is recorded\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            store.program("h * 2").lambda(store.writer()).apply(1);
            return store.program("h * 2", "mesh.cells() + 1", "1.0")
                    .lambda(store.reader())
                    .on(1);
        }
    },
    AN_ARGUMENT(
            Explanation.ArgumentDiffers.class,
            "miss: the nearest recorded call of Physics\\.relax differs in mesh\\.h: 0\\.1 → 0\\.05\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            PhysicsProgram program = store.program("h * 2");
            store.computed(program);
            return program.relax(store.reader()).on(program.mesh(0.05, ExplanationStore.CELLS), ExplanationStore.STEPS);
        }
    },
    SEVERAL_ARGUMENTS(
            Explanation.ArgumentDiffers.class,
            "miss: .* differs in mesh\\.h: 0\\.1 → 0\\.05, mesh\\.cells: 4 → 5, steps: 2 → 3\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            PhysicsProgram program = store.program("h * 2");
            store.computed(program);
            return program.relax(store.reader()).on(program.mesh(0.05, 5), 3);
        }
    },
    AN_ARGUMENT_THAT_IS_NOT_STORED(
            Explanation.ArgumentDiffers.class,
            "miss: .* differs in mesh: a value that is not stored → Mesh\\[.*\\]\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            PhysicsProgram program = store.program("h * 2");
            store.computed(program, Option.storeArguments(ArgumentStoring.NONE));
            return program.relax(store.reader()).on(program.mesh(0.05, ExplanationStore.CELLS), ExplanationStore.STEPS);
        }
    },
    AN_ARGUMENT_AND_A_HELPER(
            Explanation.ArgumentDiffers.class,
            "miss: .* differs in steps: 2 → 3\\. Besides, Lattice\\.energy\\(double\\) changed\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            store.computed(store.program("h * 2"));
            PhysicsProgram program = store.program("h * 3");
            return program.relax(store.reader()).on(program.mesh(ExplanationStore.H, ExplanationStore.CELLS), 3);
        }
    },
    THE_VERSION(
            Explanation.VersionDiffers.class,
            "miss: this call is recorded of version \"1\" alone, and the function is now of version \"2\"\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            PhysicsProgram program = store.program("h * 2");
            store.computed(program, Option.version(1));
            return store.call(program, Option.version(2));
        }
    },
    A_HELPER(Explanation.CodeChanged.class, "miss: since .* TIME, Lattice\\.energy\\(double\\) changed\\. If .*") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            store.computed(store.program("h * 2"));
            return store.call(store.program("h * 3"));
        }
    },
    A_HELPER_OF_A_FUNCTION_THAT_ADOPTS(
            Explanation.CodeChanged.class, "miss: since .* changed\\. The next call adopts that result\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            store.computed(store.program("h * 2"));
            return store.call(store.program("h * 3"), Option.onCodeChange(CodeChange.ADOPT));
        }
    },
    A_HELPER_OF_A_FUNCTION_THAT_FAILS(
            Explanation.CodeChanged.class, "miss: since .* changed\\. The next call fails\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            store.computed(store.program("h * 2"));
            return store.call(store.program("h * 3"), Option.onCodeChange(CodeChange.FAIL));
        }
    },
    A_HELPER_OF_A_LAMBDA(
            Explanation.CodeChanged.class,
            "miss: since .* Physics\\.lambda .*, Lattice\\.energy\\(double\\) changed\\. If .*") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            store.program("h * 2").lambda(store.writer()).apply(1);
            return store.program("h * 3").lambda(store.reader()).on(1);
        }
    },
    THE_FUNCTION(
            Explanation.CodeChanged.class,
            "miss: since .* TIME, Physics\\.relax\\(Physics\\$Mesh,int\\) changed\\. If .*") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            store.computed(store.program("h * 2"));
            return store.call(store.program("h * 2", "mesh.cells() + 1", "1.0"));
        }
    },
    A_LIBRARY(Explanation.CodeChanged.class, "miss: since .* TIME, org\\.lib:scales 1\\.0 → 1\\.1\\. If .*") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            store.computed(store.program(SCALED, OWN, "1.0"));
            return store.call(store.program(SCALED, OWN, "1.1"));
        }
    },
    CODE_WHOSE_PARTS_ARE_GONE(
            Explanation.CodeChanged.class, "miss: since .* the code changed, in what is not known, for the list .*") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            Call<?> computed = store.computed(store.program("h * 2"));
            store.storages()
                    .values()
                    .remove(new Address(store.record(computed).codeDigest().orElseThrow()));
            return store.call(store.program("h * 3"));
        }
    },
    A_VALUE_THAT_IS_GONE(
            Explanation.ValueLost.class,
            "miss: the call [0-9a-f]{12} is recorded, but its result is gone, deleted or evicted \\(.*\\); the next call"
                    + " computes it again\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            Call<?> call = store.computed(store.program("h * 2"));
            store.storages().values().remove(store.resultOf(call));
            return call;
        }
    },
    A_RECORD_THAT_IS_GONE(Explanation.NeverComputed.class, "miss: no call of Physics\\.relax is recorded\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            Call<?> call = store.computed(store.program("h * 2"));
            store.writer().evict(call.digest());
            return call;
        }
    },
    A_DAMAGED_VALUE(Damage.VALUE),
    A_DAMAGED_RECORD(Damage.RECORD),
    A_VALUE_OF_AN_UNKNOWN_CODEC(Explanation.Undecodable.class, ExplanationCause.UNDECODABLE) {
        @Override
        Call<?> arrange(ExplanationStore store) {
            Call<?> call = store.computed(store.program("h * 2"));
            Value foreign = Samples.value(1, 3000);
            store.storages().values().put(foreign);
            StoredValue separate = new StoredValue.Separate(foreign.address(), foreign.size());
            store.rewrite(call, record -> copy(record, separate, record.javaVersion()));
            return call;
        }
    },
    A_VALUE_OF_ANOTHER_TYPE(Explanation.Undecodable.class, ExplanationCause.UNDECODABLE) {
        @Override
        Call<?> arrange(ExplanationStore store) {
            Call<?> call = store.computed(store.program("h * 2"));
            StoredValue text =
                    new StoredValue.Inline(Codecs.standard().encode("text", TypeContext.empty(), Integer.MAX_VALUE));
            store.rewrite(call, record -> copy(record, text, record.javaVersion()));
            return call;
        }
    },
    A_CLOSED_CACHE(
            Explanation.Unavailable.class,
            "miss: the cache cannot be asked for Physics\\.relax \\(the cache is closed\\)\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            Call<?> call = store.computed(store.program("h * 2"));
            store.writer().close();
            return call;
        }
    },
    NO_KEY(Explanation.NotCached.class, "not cached: no key can be made of the call: argument 1 \\(mesh\\) is .*\\.") {
        @Override
        Call<?> arrange(ExplanationStore store) {
            return store.program("h * 2").relax(store.reader()).on(new Object(), ExplanationStore.STEPS);
        }
    };

    private static final String SCALED = "org.lib.Scales.scale(h)";
    private static final String OWN = "mesh.cells()";
    private static final String DAMAGED =
            "miss: the call [0-9a-f]{12} is recorded, but its entry is damaged \\(.*\\); the next call computes it again\\.";
    private static final String UNDECODABLE =
            "miss: the call [0-9a-f]{12} is recorded, but its result cannot be decoded here \\(.*\\); the next call .*";

    /** Whose stored bytes are damaged, behind the storage's back. */
    enum Damage {
        NONE,
        VALUE,
        RECORD
    }

    private final Class<? extends Explanation> type;
    private final String text;
    private final Damage damage;

    ExplanationCause(Class<? extends Explanation> type, String text) {
        this.type = type;
        this.text = text.replace("TIME", "\\d{4}-\\d{2}-\\d{2}T[0-9:]+Z");
        damage = Damage.NONE;
    }

    ExplanationCause(Damage damage) {
        type = Explanation.Damaged.class;
        text = DAMAGED;
        this.damage = damage;
    }

    /** Brings the cause about, but for its damage, and returns the call to be explained. */
    Call<?> arrange(ExplanationStore store) {
        return store.computed(store.program("h * 2"));
    }

    /** Returns what is damaged then. */
    Damage damage() {
        return damage;
    }

    Class<? extends Explanation> type() {
        return type;
    }

    /** Returns what the text must match. */
    String text() {
        return text;
    }

    private static CallRecord copy(CallRecord record, StoredValue result, String javaVersion) {
        return new CallRecord(
                record.key(),
                record.function(),
                record.version(),
                record.codeDigest(),
                record.arguments(),
                result,
                record.resultDigest(),
                record.start(),
                record.stop(),
                record.wallTime(),
                record.tags(),
                javaVersion,
                List.of());
    }
}
