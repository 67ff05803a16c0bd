package phasebench.harness.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    private static final String TEXT = """
            # HELP relay_rtp_packets_out_total RTP packets handed to the socket
            # TYPE relay_rtp_packets_out_total counter
            relay_rtp_packets_out_total 123456
            relay_rtcp_packets_out_total{type="SR"} 42
            jvm_allocated_bytes_total 1.5E9
            broken
            not_a_number abc
            # EOF
            """;

    @Test
    void samplesKeepTheirLabels() {
        assertThat(PrometheusText.parse(TEXT))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "relay_rtp_packets_out_total", 123456.0,
                        "relay_rtcp_packets_out_total{type=\"SR\"}", 42.0,
                        "jvm_allocated_bytes_total", 1.5e9));
    }

    @Test
    void aFileIsWholeOnlyWithItsLastLine() {
        assertThat(PrometheusText.isComplete(TEXT)).isTrue();
        assertThat(PrometheusText.isComplete(TEXT.replace("# EOF", ""))).isFalse();
    }
}
