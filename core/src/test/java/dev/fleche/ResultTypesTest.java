package dev.fleche;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.io.FileInputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResultTypesTest {

    record Named(String name, Path path) {}

    record Nested(List<List<Named>> all) {}

    record Tree<T>(T value, List<Tree<List<T>>> children) {}

    sealed interface Source permits Inline, OnDisk {}

    record Inline(String text) implements Source {}

    record OnDisk(File file) implements Source {}

    /** Methods whose result types are refused: by their first letters for the reason. */
    interface Refused {
        void nothing();

        Void nothingToo();

        Stream<String> onceStream();

        IntStream onceInts();

        Iterator<String> onceIterator();

        Spliterator<String> onceSpliterator();

        Enumeration<String> onceEnumeration();

        FileInputStream onceInput();

        OutputStream onceOutput();

        Reader onceReader();

        Writer onceWriter();

        FileChannel onceChannel();

        DirectoryStream<Path> onceDirectory();

        Optional<Stream<String>> onceNested();

        CompletableFuture<Void> nothingLater();

        CompletionStage<Stream<String>> onceLater();

        Future<List<Path>> fileLater();

        FutureTask<String> futureTask();

        ForkJoinTask<String> futureForkJoin();

        ScheduledFuture<String> futureScheduled();

        List<CompletableFuture<String>> futureInside();

        CompletableFuture<CompletableFuture<String>> futureTwice();

        CompletableFuture<? extends Future<String>> futureWildcard();

        Path fileName();

        File fileOld();

        Path[] fileArray();

        List<Path>[] fileGenericArray();

        Map<String, ? extends File> fileWildcard();

        <T extends Path> List<T> fileVariable();

        Named fileRecord();

        Nested fileNested();

        Tree<Path> fileTree();

        Source fileSealed();
    }

    interface Accepted {
        int number();

        List<Map<String, double[]>> nested();

        Tree<String> tree();

        Object open();

        Class<Path> classOnly();

        Iterable<String> iterable();

        Thread.State state();

        CompletableFuture<List<String>> completable();

        CompletionStage<String> stage();

        Future<String> future();

        @SuppressWarnings("rawtypes")
        CompletableFuture raw();

        Future<?> wildcard();
    }

    static Stream<Arguments> refused() {
        return Arrays.stream(Refused.class.getDeclaredMethods()).map(m -> Arguments.of(m.getName(), result(m)));
    }

    static Stream<Arguments> accepted() {
        return Arrays.stream(Accepted.class.getDeclaredMethods()).map(m -> Arguments.of(m.getName(), result(m)));
    }

    private static Type result(Method method) {
        return method.getGenericReturnType();
    }

    private static String reason(String name) {
        return name.startsWith("nothing")
                ? "holds nothing to remember; return what it computes"
                : name.startsWith("once")
                        ? "can be used only once; return its content, for example a List or a byte[]"
                        : name.startsWith("future")
                                ? "is not complete when it is returned; declare the whole result as one"
                                        + " CompletableFuture, CompletionStage or Future, or memoise the method that"
                                        + " computes the value"
                                : "names a file whose content is not stored; return the content, or give"
                                        + " Option.pathsByName() if the name alone is the result";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aResultThatCannotBeRememberedIsRefused(String name, Type type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResultTypes.check(type, false, "Some.function"))
                .withMessageStartingWith("the result of Some.function is a " + type.getTypeName())
                .withMessageEndingWith(", which " + reason(name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void anyOtherResultIsAccepted(String name, Type type) {
        assertThatCode(() -> ResultTypes.check(type, false, name)).doesNotThrowAnyException();
    }

    @Test
    void whatIsRefusedInsideAResultIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResultTypes.check(Nested.class, false, "Some.function"))
                .withMessageStartingWith("the result of Some.function is a dev.fleche.ResultTypesTest$Nested, which"
                        + " contains java.nio.file.Path, which names a file");
    }

    @Test
    void namesOfFilesAreAcceptedOnDemand() {
        assertThatCode(() -> ResultTypes.check(Source.class, true, "Some.function"))
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> ResultTypes.check(Stream.class, true, "Some.function"));
    }

    @Test
    void aMemoRefusesItsResultWhenItIsDeclared() {
        Fn1<String, Path> resolve = Path.of("a")::resolve;
        Fn1<String, Stream<String>> lines = String::lines;

        assertThatIllegalArgumentException().isThrownBy(() -> Profile.of(resolve, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Profile.of(lines, 1));
        assertThatCode(() -> Profile.of(resolve, 1, Option.pathsByName())).doesNotThrowAnyException();
    }
}
