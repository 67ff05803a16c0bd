package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// What the threads of a sharded relay may be.
final class ShardedThreads {
    private static final int BESIDES_CORES_MAX = 10;

    /// Of what has just been: handshakes' carriers, which the JDK keeps for 30 s, and a thread for each request.
    private static final Pattern OF_THE_MOMENT = Pattern.compile("ForkJoinPool-1-worker-.*|http-request");

    private ShardedThreads() {}

    /// Cores and ten.
    static int max() {
        return Runtime.getRuntime().availableProcessors() + BESIDES_CORES_MAX;
    }

    /// Waits until there are no more than that, those of the moment too, and fails if that does not come.
    static void awaitFew(RelayProcess relay) throws IOException, InterruptedException {
        for (int i = 0; i < 60 && relay.applicationThreads().size() > max(); i++) {
            Thread.sleep(Duration.ofSeconds(1));
        }
        assertThat(relay.applicationThreads()).hasSizeGreaterThan(2).hasSizeLessThanOrEqualTo(max());
    }

    /// Those that stay.
    static List<String> lasting(RelayProcess relay) throws IOException, InterruptedException {
        return relay.applicationThreads().stream()
                .filter(name -> !OF_THE_MOMENT.matcher(name).matches())
                .sorted()
                .toList();
    }
}
