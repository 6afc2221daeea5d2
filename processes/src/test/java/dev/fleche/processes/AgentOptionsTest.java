package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.testing.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentOptionsTest {

    @Test
    void agentsAreTakenOutAndTheRestStaysAsItWas() {
        assertThat(AgentOptions.without("-Xmx1g  -javaagent:/x/a.jar=b \"-Dname=two words\" '-agentpath:/a b/c.so'"
                        + " -agentlib:jdwp=transport=dt_socket -Xrunjdwp:server=y -ea"))
                .isEqualTo("-Xmx1g \"-Dname=two words\" -ea");
    }

    @Test
    void aVariableThatTheUserChoseForThePoolIsLeftAlone() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "JAVA_TOOL_OPTIONS", "-javaagent:a.jar",
                "JDK_JAVA_OPTIONS", "-javaagent:b.jar",
                "_JAVA_OPTIONS", "-javaagent:c.jar -Xint"));

        AgentOptions.remove(environment, Set.of("JDK_JAVA_OPTIONS"));

        assertThat(environment).isEqualTo(Map.of("JDK_JAVA_OPTIONS", "-javaagent:b.jar", "_JAVA_OPTIONS", "-Xint"));
    }

    @Test
    void aDebuggerWaitsUnlessItIsToldOtherwise() {
        assertThat(AgentOptions.waitsForDebugger("-agentlib:jdwp=transport=dt_socket,server=y,suspend=y"))
                .isTrue();
        assertThat(AgentOptions.waitsForDebugger("-Xrunjdwp:transport=dt_socket"))
                .isTrue();
        assertThat(AgentOptions.waitsForDebugger("-agentlib:jdwp=transport=dt_socket,suspend=n"))
                .isFalse();
        assertThat(AgentOptions.waitsForDebugger("-Xmx1g")).isFalse();
    }

    @Test
    void aProgramUnderADebuggerHasWorkers() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String debugger = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;

        try (ChildJvm program = ChildJvm.running(Program.class)
                .after("export JAVA_TOOL_OPTIONS='" + debugger + "'")
                .start()) {
            assertThat(program.result()).contains("41");
        }
    }

    static final class Program {

        private Program() {}

        public static void main(String[] arguments) {
            try (ProcessPool pool =
                    ProcessPool.builder().workers(1).startAttempts(1).build()) {
                System.out.println(RunningWorker.get(pool.submit(() -> 41)));
            }
        }
    }
}
