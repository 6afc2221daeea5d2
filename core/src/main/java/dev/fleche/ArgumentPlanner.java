package dev.fleche;

import dev.fleche.ArgumentPlan.Conversion;
import dev.fleche.ArgumentPlan.Demand;
import dev.fleche.ArgumentPlan.Input;
import dev.fleche.annotation.Content;
import dev.fleche.annotation.Ignored;
import dev.fleche.annotation.Required;
import dev.fleche.digest.FileContent;
import dev.fleche.digest.UndigestibleException;
import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The making of an {@link ArgumentPlan} from a reference and its settings. Not thread-safe; confined to one call. */
final class ArgumentPlanner {

    private final Reference reference;
    private final Reference.Target target;
    private final Settings settings;
    private final String label;
    private final List<Input> inputs = new ArrayList<>();
    private final List<Demand> demands = new ArrayList<>();

    private ArgumentPlanner(Reference reference, Settings settings, String label) {
        this.reference = reference;
        this.target = reference.target();
        this.settings = settings;
        this.label = label;
    }

    /**
     * Returns the plan for a function.
     *
     * @throws IllegalArgumentException if an option or annotation does not fit the function
     */
    static ArgumentPlan plan(Reference reference, Settings settings, String label) {
        return new ArgumentPlanner(reference, settings, label).plan();
    }

    private ArgumentPlan plan() {
        checkReceiverOption();
        checkPositions();
        int captured = reference.captured().size();
        int first = target.hasReceiver() ? 1 : 0;
        int arity = target.instantiated().parameterCount();
        if (target.hasReceiver()) {
            addReceiver();
        }
        for (int position = first; position < captured + arity; position++) {
            addParameter(position, position - first);
        }
        return new ArgumentPlan(label, reference.captured(), arity, inputs, demands);
    }

    private void checkReceiverOption() {
        if (settings.ignoreReceiver() && !target.hasReceiver()) {
            throw new IllegalArgumentException(
                    "expected a method with a receiver for ignoreReceiver, found " + label + "; drop the option");
        }
    }

    private void checkPositions() {
        int count = target.executable().getParameterCount() - firstOwnParameter();
        for (int position : settings.ignored()) {
            if (position >= count) {
                throw new IllegalArgumentException(
                        "expected positions below " + count + " for Option.ignore on " + label + ", found " + position
                                + "; the first parameter is 0, the receiver and what a lambda captured are none");
            }
        }
    }

    /** Returns the number of parameters that stand for what a lambda captured. */
    private int firstOwnParameter() {
        int captured = reference.captured().size();
        return target.isLambda() ? captured - (target.hasReceiver() ? 1 : 0) : 0;
    }

    private void addReceiver() {
        Object receiver =
                reference.captured().isEmpty() ? null : reference.captured().get(0);
        ReceiverClass type = new ReceiverClass(target.executable().getDeclaringClass());
        if (settings.ignoreReceiver() || type.isIgnored(receiver)) {
            addClassOf(receiver, type);
        } else {
            inputs.add(new Input("this", 0, target.executable().getDeclaringClass(), null, null));
        }
    }

    /** An ignored receiver leaves its state out; the code that its class brings is no state. */
    private void addClassOf(@Nullable Object receiver, ReceiverClass type) {
        if (receiver == null) {
            if (!Modifier.isFinal(type.declaring().getModifiers())) {
                inputs.add(new Input("this", 0, type.declaring(), type::of, null));
            }
            return;
        }
        try {
            Class<?> bound = type.of(receiver);
            if (bound != type.declaring()) {
                inputs.add(new Input("this", 0, type.declaring(), value -> bound, null));
            }
        } catch (UndigestibleException e) {
            throw new IllegalArgumentException(label + ": " + e.getMessage(), e);
        }
    }

    private void addParameter(int position, int index) {
        Executable executable = target.executable();
        Parameter parameter = executable.getParameters()[index];
        Class<?> type = executable.getParameterTypes()[index];
        boolean fromRecord = isCanonical(executable);
        boolean content = parameter.isAnnotationPresent(Content.class) && !fromRecord;
        if (content && type != Path.class && type != File.class) {
            throw new IllegalArgumentException("@Content stands on parameter " + parameter.getName() + " of " + label
                    + ", which is a " + type.getName() + "; it belongs on a Path or File");
        }
        if (parameter.isAnnotationPresent(Required.class)) {
            demands.add(new Demand(parameter.getName(), position));
        }
        boolean ignored = (parameter.isAnnotationPresent(Ignored.class) && !fromRecord)
                || settings.ignored().contains(index - firstOwnParameter());
        if (ignored) {
            return;
        }
        inputs.add(
                content
                        ? new Input(
                                parameter.getName(),
                                position,
                                type,
                                this::contentOf,
                                type == File.class ? ArgumentPlanner::fileOf : ArgumentPlanner::pathOf)
                        : new Input(parameter.getName(), position, type, widening(position, type), null));
    }

    /** The types that a lambda captured, and those of its own parameters, are the method's already. */
    private @Nullable Conversion widening(int position, Class<?> declared) {
        int passed = position - reference.captured().size();
        if (passed < 0) {
            return null;
        }
        Widening widening = Widening.between(target.instantiated().parameterType(passed), declared);
        return widening == null ? null : widening::widen;
    }

    private @Nullable Object contentOf(@Nullable Object file) {
        if (file instanceof File named) {
            try {
                return FileContent.of(named.toPath());
            } catch (InvalidPathException e) {
                throw new UndigestibleException("the file of " + label + " has no content: " + e.getMessage(), e);
            }
        }
        return file instanceof Path path ? FileContent.of(path) : file;
    }

    private static @Nullable Object pathOf(@Nullable Object key) {
        return key instanceof FileContent content ? content.path() : key;
    }

    private static @Nullable Object fileOf(@Nullable Object key) {
        return key instanceof FileContent content ? content.path().toFile() : key;
    }

    /**
     * Returns whether {@code executable} is the canonical constructor of a record.
     *
     * <p>The compiler copies the annotations of components to its parameters. A component that takes no part in the
     * record's digest is still a part of the result.
     */
    private static boolean isCanonical(Executable executable) {
        Class<?> owner = executable.getDeclaringClass();
        return executable instanceof Constructor<?>
                && owner.isRecord()
                && Arrays.equals(
                        executable.getParameterTypes(),
                        Arrays.stream(owner.getRecordComponents())
                                .map(RecordComponent::getType)
                                .toArray());
    }
}
