package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.storage.CacheConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What holds for a store whose entries are in an engine's files: with {@code durable}, all that was written to those
 * files is on the disk before the call returns, and so are their names.
 *
 * <p>Bytes last from the next sync of their file on, or at once if the file was opened for that; names from the sync of
 * their directory on. In which order an engine writes is its own affair.
 */
@Tag("system")
public abstract class DurableCommitContract {

    private static final Pattern RETURN = Pattern.compile("\\(1<[^>]*>, \"\\d+ result .*");
    private static final Pattern OPENED = Pattern.compile(".*O_D?SYNC.* = (\\d+)<.*");
    private static final Pattern DESCRIPTOR = Pattern.compile("\\((\\d+)<.*");

    /** Where store and log are; empty before each test. */
    @TempDir
    protected Path directory;

    /** Returns what opens the store at {@code path}, which is made if it is not there. */
    protected abstract CacheConfig config(Path path);

    /** Returns the files in which entries are, by their names below the store. */
    protected abstract Set<String> files();

    @ParameterizedTest
    @EnumSource
    void aDurableSaveIsOnTheDiskBeforeTheCallReturns(Save save) {
        assertThat(missing(calls(save, "durable"), save)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFastSaveDoesNotWaitForTheDisk(Save save) {
        assertThat(missing(calls(save, "fast"), save)).isNotEmpty();
    }

    private Path store() {
        return directory.resolve("new").resolve("store");
    }

    private List<SystemCall> calls(Save save, String durability) {
        CacheConfig config = config(store()).with(CacheConfig.DURABILITY, durability);
        try (SavingProcess process = new SavingProcess()) {
            save.prepare(process, "saved", config);
            try (SystemCalls calls = SystemCalls.of(process.pid(), directory.resolve("log"))) {
                assertThat(process.make(save.order("saved"), config).result()).isEqualTo("right");
                return calls.end();
            }
        }
    }

    /** Returns the files that are not on the disk, and directories whose names are not, when the call returns. */
    private Set<String> missing(List<SystemCall> calls, Save save) {
        List<SystemCall> inOrder = new ArrayList<>(calls);
        inOrder.removeIf(call -> !call.succeeded());
        // a sync counts when it is done, everything else when it begins
        inOrder.sort(Comparator.comparingInt(call -> isSync(call) ? call.ended() : call.begun()));
        Map<Path, Integer> changed = new HashMap<>();
        Set<Path> synced = new HashSet<>();
        Set<String> throughDescriptors = new HashSet<>();
        Set<Path> made = new HashSet<>();
        int changes = 0;
        for (SystemCall call : inOrder) {
            if (call.name().equals("write") && RETURN.matcher(call.text()).matches()) {
                break;
            }
            if (call.text().contains("O_CREAT")
                    && isOnFile(call)
                    && made.add(call.path().orElseThrow())) {
                synced.remove(call.path().orElseThrow().getParent());
            }
            Matcher opened = OPENED.matcher(call.text());
            if (call.name().startsWith("open") && opened.matches()) {
                throughDescriptors.add(opened.group(1));
            } else if (call.name().equals("close")) {
                throughDescriptors.remove(descriptor(call));
            } else if (isSync(call)) {
                Path path = call.path().orElseThrow();
                synced.add(path);
                changed.computeIfPresent(path, (file, at) -> at < call.begun() ? null : at);
            } else if (changes(call) && !throughDescriptors.contains(descriptor(call))) {
                changes++;
                changed.put(call.path().orElseThrow(), call.ended());
            }
        }
        assertThat(changes).as("changes of %s", files()).isPositive();
        Set<String> missing = new TreeSet<>();
        changed.keySet().forEach(path -> missing.add("bytes of " + path));
        if (save == Save.INTO_A_NEW_STORE) {
            directories().stream()
                    .filter(path -> !synced.contains(path))
                    .forEach(path -> missing.add("names in " + path));
        }
        return missing;
    }

    private static boolean isSync(SystemCall call) {
        return call.name().equals("fsync") || call.name().equals("fdatasync");
    }

    private boolean changes(SystemCall call) {
        boolean writes = call.name().contains("write") || call.name().equals("ftruncate");
        return writes && isOnFile(call);
    }

    private boolean isOnFile(SystemCall call) {
        return files().stream().anyMatch(name -> call.isOn(store().resolve(name)));
    }

    /** Returns those that the files are in, and those above them that the save has made. */
    private Set<Path> directories() {
        Set<Path> directories = new HashSet<>(Set.of(directory, store().getParent(), store()));
        files().forEach(name -> directories.add(store().resolve(name).getParent()));
        return directories;
    }

    private static String descriptor(SystemCall call) {
        Matcher matcher = DESCRIPTOR.matcher(call.text());
        return matcher.matches() ? matcher.group(1) : "";
    }
}
