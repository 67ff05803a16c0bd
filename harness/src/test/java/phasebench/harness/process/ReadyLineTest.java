package phasebench.harness.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyLineTest {
    private static final String LINE = "READY rtsp=127.0.0.1:8554 http=127.0.0.1:8889 webrtc=127.0.0.1:8189 pid=123"
            + " rtcpInterval=1s srtp=aes-cm-sha1 send=single";

    @Test
    void endpointsPidAndEffectiveSettingsAreRead() {
        ReadyLine ready = ReadyLine.parse(LINE).orElseThrow();

        assertThat(ready.rtspUri()).hasToString("rtsp://127.0.0.1:8554");
        assertThat(ready.httpUri()).hasToString("http://127.0.0.1:8889");
        assertThat(ready.pid()).isEqualTo(123);
        assertThat(ready.settings())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("rtcpInterval", "1s", "send", "single", "srtp", "aes-cm-sha1"));
        assertThat(ready.text()).isEqualTo(LINE);
    }

    @Test
    void otherLinesAreNone() {
        assertThat(ReadyLine.parse("warming up")).isEmpty();
        assertThat(ReadyLine.parse("READYish")).isEmpty();
    }

    @Test
    void aLineThatLacksSomethingSaysWhat() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReadyLine.parse("READY rtsp=127.0.0.1:8554 http=127.0.0.1:8889 webrtc=x"))
                .withMessageStartingWith("no pid= in the READY line");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReadyLine.parse("READY soon"))
                .withMessageStartingWith("not key=value in the READY line: 'soon'");
    }

    @Test
    void aSettingThatTheRelayDoesNotRunIsNamed() {
        RelaySettings settings = new RelaySettings(Map.of("send", "batch"));

        assertThat(settings.differencesTo(ReadyLine.parse(LINE).orElseThrow()))
                .containsExactly("send: asked for batch, runs single");
        assertThat(new RelaySettings(Map.of("send", "single", "unechoed", "x"))
                        .differencesTo(ReadyLine.parse(LINE).orElseThrow()))
                .isEmpty();
    }

    @Test
    void aSettingThatTheRelayKeepsQuietAboutIsADifferenceAndAProfileIsNot() {
        ReadyLine ready = ReadyLine.parse(LINE).orElseThrow();
        assertThat(new RelaySettings(Map.of("profile", "best", "nack", "shared")).differencesTo(ready))
                .containsExactly("nack: asked for shared, and its READY line does not say");
    }

    @Test
    void aProfileStandsAboveTheSettingsThatWinOverIt(@TempDir Path folder) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("nack", "off");
        settings.put("profile", "best");
        new RelaySettings(settings).write(folder.resolve("relay.yaml"));
        assertThat(Files.readAllLines(folder.resolve("relay.yaml")))
                .endsWith("countersFile: counters.prom", "profile: best", "nack: off");
    }
}
