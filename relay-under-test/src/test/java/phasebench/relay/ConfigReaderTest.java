package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    @TempDir
    private Path directory;

    @Test
    void defaultsAreThoseOfTheDocumentation() throws UsageException {
        var config = ConfigReader.read(List.of());
        assertThat(config.addresses().rtsp()).hasToString("/127.0.0.1:8554");
        assertThat(config.addresses().http()).hasToString("/127.0.0.1:8889");
        assertThat(config.addresses().webrtc()).hasToString("/127.0.0.1:8189");
        assertThat(config.countersFile()).isNull();
        assertThat(config.settings())
                .hasToString("nack=off mdns=off rtcpInterval=1s srtp=aes-cm-sha1"
                        + " srtpProvider=jce buffers=allocate copies=per-viewer threads=per-role send=single");
    }

    @Test
    void everyKeyCanBeSet() throws Exception {
        var config = read("""
                rtspAddress: 127.0.0.2:1
                httpAddress: "[::1]:2"
                webrtcAddress: localhost:3
                countersFile: a/b.prom
                nack: shared
                mdns: per-session
                rtcpInterval: 60s
                srtp: aes-gcm
                srtpProvider: openssl
                buffers: pooled
                copies: shared
                threads: sharded
                send: gso
                """);
        assertThat(config.addresses().rtsp()).hasToString("/127.0.0.2:1");
        assertThat(config.addresses().http().getPort()).isEqualTo(2);
        assertThat(config.addresses().webrtc()).hasToString("/127.0.0.1:3");
        assertThat(config.countersFile()).isEqualTo(Path.of("a/b.prom"));
        assertThat(config.settings())
                .hasToString("nack=shared mdns=per-session rtcpInterval=60s srtp=aes-gcm"
                        + " srtpProvider=openssl buffers=pooled copies=shared threads=sharded send=gso");
    }

    @Test
    void aSettingWinsOverAProfileWhereverItStands() throws Exception {
        var config = read("nack: off\nprofile: best\n");
        assertThat(config.settings()).isEqualTo(RelayProfile.BEST.settings().withNack(RelaySettings.Nack.OFF));
    }

    @Test
    void profilesAreThoseOfTheDocumentation() {
        assertThat(RelayProfile.values())
                .extracting(profile -> profile.text() + ": " + profile.settings())
                .containsExactly(
                        "mtx-2025: nack=per-viewer mdns=per-session rtcpInterval=1s srtp=aes-cm-sha1"
                                + " srtpProvider=jce buffers=allocate copies=per-viewer threads=per-role send=single",
                        "plan-current: nack=off mdns=off rtcpInterval=1s srtp=aes-cm-sha1"
                                + " srtpProvider=jce buffers=allocate copies=per-viewer threads=per-role send=single",
                        "plan-phase-1: nack=off mdns=off rtcpInterval=3s srtp=aes-cm-sha1"
                                + " srtpProvider=jce buffers=allocate copies=per-viewer threads=per-role send=single",
                        "plan-phase-2: nack=off mdns=off rtcpInterval=3s srtp=aes-cm-sha1"
                                + " srtpProvider=jce buffers=pooled copies=shared threads=per-role send=single",
                        "best: nack=shared mdns=off rtcpInterval=3s srtp=aes-gcm"
                                + " srtpProvider=jce buffers=pooled copies=shared threads=sharded send=gso");
    }

    /// YAML 1.1 would read them as booleans.
    @ParameterizedTest
    @ValueSource(strings = {"off", "on", "no", "false", "\"off\"", "'off'"})
    void aBareWordIsThatWord(String written) throws Exception {
        var file = directory.resolve("relay.yaml");
        Files.writeString(file, "mdns: " + written + "\n");
        assertThat(ConfigFile.read(file))
                .extracting(ConfigReader.Entry::value)
                .containsExactly(written.replaceAll("[\"']", ""));
    }

    @Test
    void anEmptyFileMeansDefaults() throws Exception {
        assertThat(read("# nothing\n")).isEqualTo(RelayConfig.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    rtcpInterval: 0s          | :1: key 'rtcpInterval': value '0s'
                    rtcpInterval: 61s         | :1: key 'rtcpInterval': value '61s'
                    rtcpInterval: 1000ms      | allowed: 1s to 60s
                    rtcpInterval:             | :1: key 'rtcpInterval': value ''
                    srtp: gcm                 | allowed: aes-cm-sha1, aes-gcm
                    srtpProvider: boring      | allowed: jce, openssl
                    send: [batch]             | :1: key 'send': expected one value
                    rtspAddress: 127.0.0.1    | key 'rtspAddress': value '127.0.0.1'
                    rtspAddress: example:1    | key 'rtspAddress': value 'example:1'
                    httpAddress: 127.0.0.1:x  | key 'httpAddress': value '127.0.0.1:x'
                    httpAddress: 127.0.0.1:70000 | key 'httpAddress': value '127.0.0.1:70000'
                    webrtcAddress: 0.0.0.0:1  | not 0.0.0.0
                    mdns: on                  | allowed: per-session, off
                    sockets: 2                | :1: key 'sockets': unknown; allowed: rtspAddress, httpAddress
                    - a                       | :1: expected lines of 'key: value'
                    send: "batch              | :1: not valid YAML
                    """)
    void aMistakeIsNamedWithWhatIsAllowed(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(UsageException.class).hasMessageContaining(message);
    }

    @Test
    void theLineOfAMistakeIsNamed() {
        assertThatThrownBy(() -> read("send: batch\n\nsend: single\n"))
                .hasMessageContaining("relay.yaml:3: key 'send': written twice");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("none.yaml")))
                .hasMessageContaining("none.yaml");
    }

    private RelayConfig read(String yaml) throws Exception {
        var file = directory.resolve("relay.yaml");
        Files.writeString(file, yaml);
        return ConfigReader.read(ConfigFile.read(file));
    }
}
