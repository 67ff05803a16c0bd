package phasebench.harness.load.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phasebench.scenarios.MdnsTalk;

@Tag("enclosure")
@Timeout(30)
class MdnsTalkerIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Neighbour neighbour;

    @BeforeEach
    void open() throws IOException {
        neighbour = new Neighbour();
    }

    @AfterEach
    void close() throws IOException {
        if (neighbour != null) {
            neighbour.close();
        }
    }

    @Test
    void itAsksAndAnnouncesAtItsRatesAndFallsSilentWhenClosed() throws Exception {
        List<byte[]> heard;
        long sent;
        try (MdnsTalker talker = start(new MdnsTalk(80, 20, null), Set.of(), MINUTE)) {
            heard = neighbour.heard(Duration.ofSeconds(2));
            sent = talker.sent();
        }
        long queries = heard.stream()
                .filter(message -> MdnsBytes.firstQuestion(message, message.length) != null)
                .count();
        assertThat(heard.size()).isBetween(150, 210).isCloseTo((int) sent, Offset.offset(3));
        assertThat((double) queries / heard.size()).isBetween(0.77, 0.83);
        neighbour.heard(Duration.ofMillis(100));
        assertThat(neighbour.heard(Duration.ofMillis(200))).isEmpty();
    }

    @Test
    void itFallsSilentWhenItsTimeIsOver() throws Exception {
        try (MdnsTalker talker = start(new MdnsTalk(100, 0, null), Set.of(), Duration.ofMillis(300))) {
            assertThat(neighbour.heard(Duration.ofSeconds(1)).size()).isBetween(10, 30);
            assertThat(talker.sent()).isLessThanOrEqualTo(30);
        }
    }

    @Test
    void itAnswersForItsOwnNamesAfterTheDelay() throws Exception {
        try (MdnsTalker talker = start(new MdnsTalk(0, 0, Duration.ofMillis(300)), Set.of("own.local"), MINUTE)) {
            neighbour.ask("other.local");
            neighbour.ask("OWN.local");
            assertThat(neighbour.told(Duration.ofMillis(200))).as("too early").isEmpty();
            assertThat(neighbour.told(Duration.ofSeconds(1)))
                    .containsExactly(MdnsBytes.answer("own.local", new byte[] {127, 0, 0, 1}));
            assertThat(talker.answered()).isEqualTo(1);
            assertThat(talker.sent()).isZero();
        }
    }

    @Test
    void withoutADelayItAnswersNobody() throws Exception {
        try (MdnsTalker talker = start(new MdnsTalk(1, 0, null), Set.of("own.local"), MINUTE)) {
            neighbour.ask("own.local");
            assertThat(neighbour.told(Duration.ofMillis(300))).isEmpty();
            assertThat(talker.answered()).isZero();
        }
    }

    private static MdnsTalker start(MdnsTalk talk, Set<String> names, Duration limit) throws IOException {
        return MdnsTalker.start(new MdnsScript(talk, names, Neighbour.LOOPBACK, MdnsScript.PORT, limit));
    }
}
