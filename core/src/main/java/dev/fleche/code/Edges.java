package dev.fleche.code;

import dev.fleche.code.Edge.Kind;
import dev.fleche.code.Instruction.Handler;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Collects what a method refers to, and its switches over enums, with those of the lambdas in it.
 *
 * <p>Not thread-safe; confined to one reading.
 */
final class Edges {

    /** Bootstrap methods that do no more with a class than make objects of it, test for it or read its fields. */
    private static final Set<String> KNOWN_BOOTSTRAPS = Set.of(
            "java/lang/invoke/LambdaMetafactory",
            "java/lang/invoke/StringConcatFactory",
            "java/lang/runtime/ObjectMethods",
            "java/lang/runtime/SwitchBootstraps");

    /** Methods that tell of a class no more than its name. */
    private static final Set<String> NAMERS = Set.of(
            "desiredAssertionStatus()Z",
            "getName()Ljava/lang/String;",
            "getSimpleName()Ljava/lang/String;",
            "getTypeName()Ljava/lang/String;",
            "getCanonicalName()Ljava/lang/String;",
            "getPackageName()Ljava/lang/String;");

    private final Lambdas lambdas;
    private final SortedMap<String, Set<Edge>> memos = new TreeMap<>();
    private Set<Edge> edges = new LinkedHashSet<>();
    private final List<EnumSwitch> switches = new ArrayList<>();
    private final NamedMethods named = new NamedMethods();

    Edges(MethodCode code, Lambdas lambdas) {
        this.lambdas = lambdas;
        for (String each : code.dependencies()) {
            edges.add(new Edge(Kind.DEPENDS, each, "", ""));
        }
        add(code);
        edges.addAll(named.edges());
    }

    List<Edge> edges() {
        return List.copyOf(edges);
    }

    /** Returns what the memos refer to that a static initialiser assigns to fields, by field; not among the others. */
    SortedMap<String, List<Edge>> memos() {
        SortedMap<String, List<Edge>> all = new TreeMap<>();
        for (Map.Entry<String, Set<Edge>> memo : memos.entrySet()) {
            all.put(memo.getKey(), List.copyOf(memo.getValue()));
        }
        return all;
    }

    List<EnumSwitch> switches() {
        return List.copyOf(switches);
    }

    private void add(MethodCode code) {
        named.add(code);
        List<Instruction> all = code.instructions();
        Map<Integer, String> fields = MemoFields.in(code);
        for (int i = 0; i < all.size(); i++) {
            Instruction instruction = all.get(i);
            String field = fields.get(i);
            if (field != null) {
                addMemo(code, instruction, field);
            } else if (instruction instanceof Instruction.Constant constant) {
                boolean named = i + 1 < all.size() && isNamer(all.get(i + 1));
                addConstant(named ? Kind.TYPE : Kind.LITERAL, constant.value());
            } else {
                add(code, instruction);
            }
        }
        for (Handler handler : code.handlers()) {
            if (handler.type() != null) {
                addClass(Kind.TYPE, handler.type());
            }
        }
    }

    private void addMemo(MethodCode code, Instruction instruction, String field) {
        Set<Edge> others = edges;
        edges = new LinkedHashSet<>(memos.getOrDefault(field, Set.of()));
        memos.put(field, edges);
        if (instruction instanceof Instruction.Dynamic dynamic) {
            addDynamic(code, dynamic);
        }
        edges = others;
    }

    private static boolean isNamer(Instruction instruction) {
        return instruction instanceof Instruction.Call call
                && call.owner().equals("java/lang/Class")
                && NAMERS.contains(call.name().concat(call.descriptor()));
    }

    private void add(MethodCode code, Instruction instruction) {
        if (instruction instanceof Instruction.Call call) {
            addCall(call);
        } else if (instruction instanceof Instruction.Field field) {
            if (field.opcode() == Opcodes.GETSTATIC || field.opcode() == Opcodes.PUTSTATIC) {
                addMember(Kind.FIELD, field.owner(), field.name(), field.descriptor());
            } else {
                addClass(Kind.TYPE, field.owner());
            }
        } else if (instruction instanceof Instruction.WithType type) {
            addClass(type.opcode() == Opcodes.NEW ? Kind.NEW : Kind.TYPE, type.type());
        } else if (instruction instanceof Instruction.NewArrays arrays) {
            addClass(Kind.TYPE, arrays.descriptor());
        } else if (instruction instanceof Instruction.Dynamic dynamic) {
            addDynamic(code, dynamic);
        } else if (instruction instanceof Instruction.EnumJump jump) {
            switches.add(new EnumSwitch(
                    jump.enumName(),
                    jump.mapOwner(),
                    jump.mapField(),
                    MethodText.targets(code, jump.jump()),
                    code.number(jump.jump().otherwise())));
        }
    }

    private void addCall(Instruction.Call call) {
        if (call.opcode() == Opcodes.INVOKEINTERFACE && MethodText.isOfObject(call.name(), call.descriptor())) {
            // as compilers that name Object here: whatever is made at all is expected to be called by such methods
            return;
        }
        boolean exact = call.opcode() == Opcodes.INVOKESTATIC || call.opcode() == Opcodes.INVOKESPECIAL;
        addMember(exact ? Kind.CALL : Kind.VIRTUAL, call.owner(), call.name(), call.descriptor());
    }

    private void addDynamic(MethodCode code, Instruction.Dynamic dynamic) {
        MethodCode body = lambdas.body(code, dynamic);
        boolean factory = Lambdas.isFactory(dynamic.bootstrap());
        boolean known = KNOWN_BOOTSTRAPS.contains(dynamic.bootstrap().getOwner());
        // a lambda is an instance of its interface, and inherits its default methods
        addType(Kind.NEW, Type.getReturnType(dynamic.descriptor()));
        addHandle(dynamic.bootstrap());
        for (int i = 0; i < dynamic.arguments().size(); i++) {
            Object argument = dynamic.arguments().get(i);
            if (i == Lambdas.BODY && body != null) {
                add(body);
            } else if (!known || !(argument instanceof Type type)) {
                addConstant(Kind.LITERAL, argument);
            } else if (type.getSort() != Type.METHOD) {
                addType(factory ? Kind.NEW : Kind.TYPE, type);
            }
        }
    }

    private void addConstant(Kind kind, Object value) {
        if (value instanceof Type type && type.getSort() == Type.METHOD) {
            addType(kind, type.getReturnType());
            for (Type argument : type.getArgumentTypes()) {
                addType(kind, argument);
            }
        } else if (value instanceof Type type) {
            addType(kind, type);
        } else if (value instanceof Handle handle) {
            addHandle(handle);
        } else if (value instanceof ConstantDynamic dynamic) {
            addType(Kind.LITERAL, Type.getType(dynamic.getDescriptor()));
            addHandle(dynamic.getBootstrapMethod());
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                addConstant(Kind.LITERAL, dynamic.getBootstrapMethodArgument(i));
            }
        }
    }

    private void addHandle(Handle handle) {
        if (handle.getTag() == Opcodes.H_INVOKEINTERFACE && MethodText.isOfObject(handle.getName(), handle.getDesc())) {
            return;
        }
        switch (handle.getTag()) {
            case Opcodes.H_GETFIELD, Opcodes.H_PUTFIELD -> addClass(Kind.TYPE, handle.getOwner());
            case Opcodes.H_GETSTATIC, Opcodes.H_PUTSTATIC ->
                addMember(Kind.FIELD, handle.getOwner(), handle.getName(), handle.getDesc());
            case Opcodes.H_INVOKEVIRTUAL, Opcodes.H_INVOKEINTERFACE ->
                addMember(Kind.VIRTUAL, handle.getOwner(), handle.getName(), handle.getDesc());
            case Opcodes.H_NEWINVOKESPECIAL -> {
                addClass(Kind.NEW, handle.getOwner());
                addMember(Kind.CALL, handle.getOwner(), handle.getName(), handle.getDesc());
            }
            default -> addMember(Kind.CALL, handle.getOwner(), handle.getName(), handle.getDesc());
        }
    }

    private void addType(Kind kind, Type type) {
        if (type.getSort() == Type.ARRAY || type.getSort() == Type.OBJECT) {
            addClass(kind, type.getInternalName());
        }
    }

    /** Adds a class by internal name, or the elements' class of an array's. */
    private void addClass(Kind kind, String name) {
        if (name.startsWith("[")) {
            Type element = Type.getType(name).getElementType();
            if (element.getSort() == Type.OBJECT) {
                add(kind == Kind.NEW ? Kind.TYPE : kind, element.getInternalName(), "", "");
            }
        } else {
            add(kind, name, "", "");
        }
    }

    private void addMember(Kind kind, String owner, String name, String descriptor) {
        if (owner.startsWith("[")) {
            // arrays have no methods but clone and those of Object
            addClass(Kind.TYPE, owner);
        } else {
            add(kind, owner, name, descriptor);
        }
    }

    private void add(Kind kind, String owner, String name, String descriptor) {
        // only the platform may define such classes
        if (!owner.startsWith("java/")) {
            edges.add(new Edge(kind, owner, name, descriptor));
        }
    }
}
