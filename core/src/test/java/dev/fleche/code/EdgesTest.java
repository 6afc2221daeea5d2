package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.code.Edge.Kind;
import org.junit.jupiter.api.Test;

class EdgesTest {

    private static final Compilation COMPILED = Compilation.of("""
            import java.util.*;
            import java.util.function.*;

            class Demo {
                enum Color { RED, GREEN }
                interface Op { int of(int i); default int twice(int i) { return of(of(i)); } }
                interface Marker { default int marked() { return 1; } }
                static class Thing { static int count; static final int LIMIT = 4; int field; int get() { return 1; } }
                static class Sub extends Thing { @Override int get() { return super.get(); } }
                static class Trouble extends RuntimeException {}
                record Point(Thing x) {}

                static int helper(int i) { return i; }
                int calls(Thing t) { return helper(t.get()) + t.field + Thing.count; }
                Object makes() { return new Sub(); }
                Object types(Object o) { try { return (Sub) o; } catch (Trouble e) { return new Thing[1][2]; } }
                boolean tests(Object o) { return o instanceof Thing[][]; }
                Object literals() { return List.of(Thing.class, Sub[].class, int.class); }
                Object handle() throws Exception {
                    return java.lang.invoke.MethodHandles.lookup().findStatic(Demo.class, "helper", null);
                }
                Object helped() { return method(Thing.class, "get"); }
                Object held() throws Exception {
                    String name = "get";
                    Class<?> type = Thing.class;
                    return type.getMethod(name);
                }
                Object own() throws Exception {
                    var lookup = java.lang.invoke.MethodHandles.lookup();
                    return lookup.findStatic(lookup.lookupClass(), "helper", null);
                }
                static Object method(Class<?> type, String name) { return type + name; }
                Object label() { return List.of("get", Thing.class, "not a name"); }
                String names() { return Thing.class.getName() + Sub.class.getSimpleName(); }
                Op lambda() { return i -> helper(i); }
                Op nested() { return i -> ((Supplier<Thing>) Sub::new).get().get(); }
                Op reference() { return Demo::helper; }
                IntSupplier virtual(Thing t) { return t::get; }
                Object marked() { return (Op & Marker) i -> i; }
                int switched(Color c) { switch (c) { case RED: return 1; default: return 2; } }
                IntUnaryOperator inside(Color c) { return i -> { switch (c) { case GREEN: return 1; default: return 2; } }; }
                String objects(Op op, Color c) { return op.toString() + c.hashCode(); }
                Object arrays(Color[] colors) { return colors.clone(); }
                int platform(List<String> l) { return Math.abs(l.size()) + new ArrayList<>(l).size(); }
            }
            """);

    @Test
    void callsAreEdgesByHowTheyFindTheirMethod() {
        assertThat(COMPILED.method("Demo", "calls").edges())
                .containsExactly(
                        member(Kind.VIRTUAL, "Demo$Thing", "get", "()I"),
                        member(Kind.CALL, "Demo", "helper", "(I)I"),
                        type(Kind.TYPE, "Demo$Thing"),
                        member(Kind.FIELD, "Demo$Thing", "count", "I"));
        assertThat(COMPILED.method("Demo$Sub", "get").edges())
                .containsExactly(member(Kind.CALL, "Demo$Thing", "get", "()I"));
    }

    @Test
    void makingAnObjectIsAnEdgeBesideItsConstructor() {
        assertThat(COMPILED.method("Demo", "makes").edges())
                .containsExactly(type(Kind.NEW, "Demo$Sub"), member(Kind.CALL, "Demo$Sub", "<init>", "()V"));
    }

    @Test
    void castsCatchesTestsAndArraysNameTypes() {
        assertThat(COMPILED.method("Demo", "types").edges())
                .containsExactlyInAnyOrder(
                        type(Kind.TYPE, "Demo$Sub"), type(Kind.TYPE, "Demo$Thing"), type(Kind.TYPE, "Demo$Trouble"));
        assertThat(COMPILED.method("Demo", "tests").edges()).containsExactly(type(Kind.TYPE, "Demo$Thing"));
        assertThat(COMPILED.method("Demo", "arrays").edges()).containsExactly(type(Kind.TYPE, "Demo$Color"));
    }

    @Test
    void aClassAsAValueIsALiteralUnlessOnlyItsNameIsAsked() {
        assertThat(COMPILED.method("Demo", "literals").edges())
                .containsExactly(type(Kind.LITERAL, "Demo$Thing"), type(Kind.LITERAL, "Demo$Sub"));
        assertThat(COMPILED.method("Demo", "names").edges())
                .containsExactly(type(Kind.TYPE, "Demo$Thing"), type(Kind.TYPE, "Demo$Sub"));
    }

    @Test
    void aClassAndAStringThatAreLookedUpNameAMethod() {
        assertThat(COMPILED.method("Demo", "handle").edges()).contains(named("Demo", "helper"));
        assertThat(COMPILED.method("Demo", "helped").edges()).contains(named("Demo$Thing", "get"));
        assertThat(COMPILED.method("Demo", "held").edges()).contains(named("Demo$Thing", "get"));
        assertThat(COMPILED.method("Demo", "own").edges()).contains(named("Demo", "helper"));
        assertThat(COMPILED.method("Demo", "label").edges()).containsExactly(type(Kind.LITERAL, "Demo$Thing"));
    }

    @Test
    void aLambdaIsAnInstanceAndItsBodysEdgesAreTheMethods() {
        assertThat(COMPILED.method("Demo", "lambda").edges())
                .containsExactly(type(Kind.NEW, "Demo$Op"), member(Kind.CALL, "Demo", "helper", "(I)I"));
        assertThat(COMPILED.method("Demo", "nested").edges())
                .containsExactly(
                        type(Kind.NEW, "Demo$Op"),
                        type(Kind.NEW, "Demo$Sub"),
                        member(Kind.CALL, "Demo$Sub", "<init>", "()V"),
                        type(Kind.TYPE, "Demo$Thing"),
                        member(Kind.VIRTUAL, "Demo$Thing", "get", "()I"));
        assertThat(COMPILED.method("Demo", "marked").edges())
                .contains(type(Kind.NEW, "Demo$Op"), type(Kind.NEW, "Demo$Marker"));
    }

    @Test
    void aMethodReferenceIsACall() {
        assertThat(COMPILED.method("Demo", "reference").edges())
                .containsExactly(type(Kind.NEW, "Demo$Op"), member(Kind.CALL, "Demo", "helper", "(I)I"));
        assertThat(COMPILED.method("Demo", "virtual").edges())
                .contains(member(Kind.VIRTUAL, "Demo$Thing", "get", "()I"));
    }

    @Test
    void aRecordsMethodsReferToItsFieldsAlone() {
        assertThat(COMPILED.method("Demo$Point", "toString").edges()).containsExactly(type(Kind.TYPE, "Demo$Point"));
    }

    @Test
    void aSwitchOverAnEnumIsNoReferenceToTheClassThatMapsItsConstants() {
        MethodSummary switched = COMPILED.method("Demo", "switched");
        MethodSummary inside = COMPILED.method("Demo", "inside");

        assertThat(switched.edges()).containsExactly(member(Kind.VIRTUAL, "Demo$Color", "ordinal", "()I"));
        assertThat(switched.switches()).hasSize(1);
        assertThat(inside.edges()).containsExactly(member(Kind.VIRTUAL, "Demo$Color", "ordinal", "()I"));
        assertThat(inside.switches())
                .singleElement()
                .satisfies(jump -> assertThat(jump.enumName()).isEqualTo("Demo$Color"));
    }

    @Test
    void theMethodsOfObjectNameNoInterface() {
        assertThat(COMPILED.method("Demo", "objects").edges())
                .containsExactly(member(Kind.VIRTUAL, "Demo$Color", "hashCode", "()I"));
    }

    @Test
    void thePlatformsClassesAreLeftOut() {
        assertThat(COMPILED.method("Demo", "platform").edges()).isEmpty();
    }

    private static Edge type(Kind kind, String owner) {
        return new Edge(kind, owner, "", "");
    }

    private static Edge member(Kind kind, String owner, String name, String descriptor) {
        return new Edge(kind, owner, name, descriptor);
    }

    private static Edge named(String owner, String name) {
        return member(Kind.NAMED, owner, name, "");
    }
}
