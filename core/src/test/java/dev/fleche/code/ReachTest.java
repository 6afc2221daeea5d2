package dev.fleche.code;

import static dev.fleche.code.Program.call;
import static dev.fleche.code.Program.field;
import static dev.fleche.code.Program.literal;
import static dev.fleche.code.Program.make;
import static dev.fleche.code.Program.sought;
import static dev.fleche.code.Program.typed;
import static dev.fleche.code.Program.virtual;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.code.CodeManifest.Entry;
import dev.fleche.code.CodeManifest.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;

class ReachTest {

    private static final String RUN = "run()V";

    private final Program program = new Program();

    @Test
    void whatIsCalledIsReachedAndWhatThatCallsToo() {
        program.type("a/Main").method(RUN, call("a/Tool", "one()V"));
        program.type("a/Tool")
                .method("one()V", call("a/Tool", "two()V"))
                .method("two()V")
                .method("three()V");

        assertThat(methods(reach())).containsExactly("a.Tool.one()", "a.Tool.two()");
    }

    @Test
    void aCalledMethodMayBeInheritedFromASuperclassOrInterface() {
        program.type("a/Main").method(RUN, call("a/Sub", "up()V"), virtual("a/Sub", "side()V"));
        program.type("a/Sub").extending("a/Base").implementing("a/Side");
        program.type("a/Base").method("up()V");
        program.type("a/Side").isInterface().method("side()V");

        assertThat(methods(reach())).containsExactly("a.Base.up()", "a.Side.side()");
    }

    @Test
    void anOverrideIsReachedWhereverTheClassIsMadeBeforeOrAfterTheCall() {
        for (boolean before : List.of(true, false)) {
            Edge[] edges = before
                    ? new Edge[] {make("a/Circle"), virtual("a/Shape", "area()D")}
                    : new Edge[] {virtual("a/Shape", "area()D"), make("a/Circle")};
            program.type("a/Main").method(RUN, edges);
            program.type("a/Shape").isInterface().method("area()D");
            program.type("a/Circle").implementing("a/Shape").method("area()D");
            program.type("a/Square").implementing("a/Shape").method("area()D");

            assertThat(methods(reach())).containsExactly("a.Circle.area()", "a.Shape.area()");
        }
    }

    @Test
    void methodsNamedByAStringAreReachedWithTheirOverrides() {
        program.type("a/Main").method(RUN, sought("a/Sub", "f"), make("a/Leaf"));
        program.type("a/Sub").extending("a/Base").method("f()V").method("g()V");
        program.type("a/Base").method("f(I)I").method("ff()V");
        program.type("a/Leaf").extending("a/Sub").method("f()V").method("f(J)J");

        assertThat(methods(reach())).containsExactly("a.Base.f(int)", "a.Leaf.f()", "a.Sub.f()");
    }

    @Test
    void aClassMadeDeepInsideIsSeenByACallAboveIt() {
        program.type("a/Main").method(RUN, virtual("a/Shape", "area()D"), call("a/Maker", "make()La/Shape;"));
        program.type("a/Maker").method("make()La/Shape;", call("a/Deeper", "make()La/Shape;"));
        program.type("a/Deeper").method("make()La/Shape;", make("a/Circle"));
        program.type("a/Shape").isInterface().method("area()D");
        program.type("a/Circle").implementing("a/Shape").method("area()D", call("a/Pi", "pi()D"));
        program.type("a/Pi").method("pi()D");

        assertThat(methods(reach())).contains("a.Circle.area()", "a.Pi.pi()");
    }

    @Test
    void anOverrideInASuperclassOfTheObjectIsReached() {
        program.type("a/Main").method(RUN, make("a/Leaf"), virtual("a/Top", "f()V"));
        program.type("a/Top").method("f()V");
        program.type("a/Middle").extending("a/Top").method("f()V");
        program.type("a/Leaf").extending("a/Middle");

        assertThat(methods(reach())).containsExactly("a.Middle.f()", "a.Top.f()");
    }

    @Test
    void aMethodThatAnInheritedClassDeclaresImplementsAnInterfaceOfTheSubclass() {
        program.type("a/Main").method(RUN, make("a/Leaf"), virtual("a/Side", "f()V"));
        program.type("a/Side").isInterface().method("f()V");
        program.type("a/Base").method("f()V");
        program.type("a/Leaf").extending("a/Base").implementing("a/Side");

        assertThat(methods(reach())).contains("a.Base.f()");
    }

    @Test
    void theMostSpecificDefaultMethodIsReached() {
        program.type("a/Main").method(RUN, make("a/Leaf"), virtual("a/Wide", "f()V"));
        program.type("a/Wide").isInterface().method("f()V");
        program.type("a/Narrow").isInterface().implementing("a/Wide").method("f()V", call("a/Deep", "g()V"));
        program.type("a/Leaf").implementing("a/Wide", "a/Narrow");
        program.type("a/Deep").method("g()V");

        assertThat(methods(reach())).contains("a.Narrow.f()", "a.Deep.g()");
    }

    @Test
    void aMethodVisibleInItsPackageAloneIsOverriddenOnlyThere() {
        program.type("a/Main").method(RUN, make("a/Leaf"), virtual("a/Top", "f()V"));
        program.type("a/Top").method(0, "f()V");
        program.type("a/Middle").extending("a/Top").method(0, "f()V", call("a/Deep", "g()V"));
        program.type("b/Other").extending("a/Middle").method("f()V");
        program.type("a/Leaf").extending("b/Other");
        program.type("a/Deep").method("g()V");

        assertThat(methods(reach())).contains("a.Middle.f()", "a.Deep.g()");
    }

    @Test
    void aPrivateMethodOverridesNothing() {
        program.type("a/Main").method(RUN, make("a/Leaf"), virtual("a/Top", "f()V"));
        program.type("a/Top").method("f()V");
        program.type("a/Leaf").extending("a/Top").method(Opcodes.ACC_PRIVATE, "f()V");

        assertThat(methods(reach())).containsExactly("a.Top.f()");
    }

    @Test
    void aSuperCallLooksFromTheDirectSuperclassOn() {
        program.type("a/Main").method(RUN, call("a/Leaf", "f()V"));
        program.type("a/Leaf").extending("a/Middle").method("f()V", call("a/Top", "f()V"));
        program.type("a/Middle").extending("a/Top").method("f()V");
        program.type("a/Top").method("f()V");

        assertThat(methods(reach())).contains("a.Middle.f()", "a.Top.f()");
    }

    @Test
    void foreignCodeMayCallWhatOverridesItsMethods() {
        program.foreign("java/util/Comparator", null, "compare(Ljava/lang/Object;Ljava/lang/Object;)I");
        program.type("a/Main").method(RUN, make("a/ByName"));
        program.type("a/ByName")
                .extending("a/Base")
                .implementing("java/util/Comparator")
                .method("toString()Ljava/lang/String;")
                .method("other()V");
        program.type("a/Base").method("compare(Ljava/lang/Object;Ljava/lang/Object;)I");

        assertThat(methods(reach()))
                .containsExactly("a.Base.compare(java.lang.Object,java.lang.Object)", "a.ByName.toString()");
    }

    @Test
    void allMethodsMayBeCalledIfASupertypeIsNotKnown() {
        program.with("lib/Unread", new Classes.Foreign(null, null));
        program.type("a/Main").method(RUN, make("a/Leaf"));
        program.type("a/Leaf")
                .extending("lib/Unread")
                .implementing("a/Side")
                .method("f()V")
                .method(Opcodes.ACC_STATIC, "g()V");
        program.type("a/Side").isInterface().method("h()V");

        assertThat(methods(reach())).containsExactly("a.Leaf.f()", "a.Side.h()");
    }

    @Test
    void aDefaultMethodMayBeCalledOfALambdaThatImplementsTheInterface() {
        program.foreign("java/util/function/Function", null, "apply(Ljava/lang/Object;)Ljava/lang/Object;");
        program.type("a/Main").method(RUN, make("a/Fn"), virtual("a/Wide", "f()V"));
        program.type("a/Wide").isInterface().method("f()V");
        program.type("a/Fn")
                .isInterface()
                .implementing("java/util/function/Function", "a/Wide")
                .method("apply(Ljava/lang/Object;)Ljava/lang/Object;")
                .method("f()V", call("a/Deep", "g()V"));
        program.type("a/Deep").method("g()V");

        assertThat(methods(reach())).contains("a.Fn.apply(java.lang.Object)", "a.Fn.f()", "a.Deep.g()");
    }

    @Test
    void serialisationCallsMethodsThatOverrideNothing() {
        program.type("a/Main").method(RUN, make("a/Leaf"));
        program.type("a/Leaf").extending("a/Base");
        program.type("a/Base").method(Opcodes.ACC_PRIVATE, "readResolve()Ljava/lang/Object;");

        assertThat(methods(reach())).containsExactly("a.Base.readResolve()");
    }

    @Test
    void aClassThatIsNamedRunsItsInitialiserAndThoseOfItsSupertypes() {
        program.type("a/Main").method(RUN, typed("a/Leaf"));
        program.type("a/Leaf").extending("a/Base").implementing("a/Side").method("<clinit>()V", call("a/Deep", "g()V"));
        program.type("a/Base").method("<clinit>()V");
        program.type("a/Side").isInterface().method("<clinit>()V");
        program.type("a/Deep").method("g()V");

        assertThat(methods(reach()))
                .containsExactly("a.Base.<clinit>()", "a.Deep.g()", "a.Leaf.<clinit>()", "a.Side.<clinit>()");
        assertThat(named(reach(), Kind.CLASS))
                .contains("a.Leaf=class extends a.Base implements a.Side", "a.Side=interface");
    }

    @Test
    void ofAClassObjectInstancesMayBeMadeWithAnyConstructor() {
        program.type("a/Main").method(RUN, literal("a/Leaf"));
        program.type("a/Leaf").method(Opcodes.ACC_PRIVATE, "<init>(I)V").method("toString()Ljava/lang/String;");

        assertThat(methods(reach())).containsExactly("a.Leaf.<init>(int)", "a.Leaf.toString()");
    }

    @Test
    void aConstantThatIsReadAsAFieldEntersWithItsValueWhereverItIsInherited() {
        program.type("a/Main")
                .method(RUN, field("a/Leaf", "LIMIT", "I"), field("a/Leaf", "TEXT", "Ljava/lang/String;"));
        program.type("a/Leaf").implementing("a/Limits").constant("TEXT:Ljava/lang/String;", "x".repeat(100));
        program.type("a/Limits").isInterface().constant("LIMIT:I", "5").constant("OTHER:I", "6");

        ReachedCode code = reach();

        assertThat(named(code, Kind.CONSTANT)).contains("a.Limits.LIMIT=5").hasSize(2);
        assertThat(code.own().entries())
                .filteredOn(each -> each.kind() == Kind.CONSTANT)
                .hasSize(2);
    }

    @Test
    void aLibraryEntersIfUserCodeNamesOneOfItsClasses() {
        program.foreign("lib/Used", new Classes.Library("org.lib:lib", "3.6.1"));
        program.foreign("sup/Super", new Classes.Library("org.sup:sup", "1"));
        program.foreign("lib/Unused", new Classes.Library("org.unused:unused", "2"));
        program.type("a/Main").method(RUN, call("lib/Used", "f()V"), typed("a/Leaf"));
        program.type("a/Leaf").extending("sup/Super").method("f()V", call("lib/Unused", "f()V"));

        assertThat(named(reach(), Kind.LIBRARY)).containsExactly("org.lib:lib=3.6.1", "org.sup:sup=1");
        assertThat(named(Reach.from(program, roots(null, List.of(), false)), Kind.LIBRARY))
                .isEmpty();
    }

    @Test
    void twoVersionsOfALibraryEnterAsOnePart() {
        program.foreign("lib/One", new Classes.Library("org.lib:lib", "3.6.1"));
        program.foreign("lib/Two", new Classes.Library("org.lib:lib", "3.7"));
        program.type("a/Main").method(RUN, call("lib/Two", "f()V"), call("lib/One", "f()V"));

        assertThat(named(reach(), Kind.LIBRARY)).containsExactly("org.lib:lib=3.6.1, 3.7");
    }

    @Test
    void whatCannotBeLookedIntoEntersByItsSubstituteAndIsToldOnce() {
        program.with("a/Gen", new Classes.Opaque("a.Gen has no class file", "substitute"));
        program.type("a/Main").method(RUN, make("a/Gen"), call("a/Gen", "<init>()V"));

        ReachedCode code = reach();

        assertThat(named(code, Kind.OPAQUE)).containsExactly("a.Gen=substitute");
        assertThat(code.warnings())
                .containsExactly("a.Gen has no class file: its code counts as changed whenever anything in the jar or"
                        + " directory of a.Gen is");
    }

    @Test
    void aNativeMethodEntersByAllCodeBesideItAndIsTold() {
        program.type("a/Main").method(RUN, call("a/Native", "f(I)V"));
        program.type("a/Native").method(Opcodes.ACC_NATIVE | Opcodes.ACC_STATIC, "f(I)V");

        ReachedCode code = reach();

        assertThat(methods(code)).containsExactly("a.Native.f(int)");
        assertThat(named(code, Kind.OPAQUE)).containsExactly("a.Native.f(int)=source of a/Native");
        assertThat(code.warnings())
                .containsExactly(
                        "a.Native.f(int) is native: its code counts as changed whenever anything in the jar or directory of a.Native is,"
                                + " and what lies elsewhere is not seen; raise the function's version when that changes");
    }

    @Test
    void recordsAndEnumsThatTheCodeMakesAreTold() {
        program.foreign("java/lang/Record", null).foreign("java/lang/Enum", null);
        program.type("a/Main").method(RUN, make("a/Point"), field("a/Mode", "FAST", "La/Mode;"), typed("a/Unmade"));
        program.type("a/Point").extending("java/lang/Record");
        program.type("a/Unmade").extending("java/lang/Record");
        program.type("a/Mode").extending("java/lang/Enum").method("<clinit>()V", make("a/Mode"), make("a/Mode$1"));
        program.type("a/Mode$1").extending("a/Mode");

        assertThat(reach().data()).containsExactly("a.Mode", "a.Point");
    }

    private ReachedCode reach() {
        return Reach.from(program, roots(null, List.of(), true));
    }

    static Roots roots(@Nullable String receiver, List<String> met, boolean libraries) {
        return new Roots(new MethodId("a/Main", "run", "()V"), receiver != null, receiver, met, List.of(), libraries);
    }

    static List<String> methods(ReachedCode code) {
        return code.all().entries().stream()
                .filter(each -> each.kind() == Kind.METHOD)
                .map(Entry::name)
                .toList();
    }

    static List<String> named(ReachedCode code, Kind kind) {
        return code.all().entries().stream()
                .filter(each -> each.kind() == kind)
                .map(each -> each.name() + "=" + each.content())
                .toList();
    }
}
