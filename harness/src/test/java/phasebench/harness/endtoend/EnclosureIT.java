package phasebench.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The test bench itself: sealed, and fit to play WebRTC between two peers before any relay is involved.
@Tag("enclosure")
class EnclosureIT {
    /// A moving canvas is sent from one peer connection to another within the page.
    private static final String LOOP_BACK = """
            (async () => {
              const canvas = document.createElement('canvas');
              const context = canvas.getContext('2d');
              setInterval(() => { context.fillStyle = `hsl(${Date.now() / 10 % 360} 80% 50%)`; context.fillRect(0, 0, 300, 150); }, 30);
              const sender = new RTCPeerConnection(), receiver = new RTCPeerConnection();
              sender.onicecandidate = event => receiver.addIceCandidate(event.candidate);
              receiver.onicecandidate = event => sender.addIceCandidate(event.candidate);
              canvas.captureStream(30).getTracks().forEach(track => sender.addTrack(track));
              await sender.setLocalDescription();
              await receiver.setRemoteDescription(sender.localDescription);
              await receiver.setLocalDescription();
              await sender.setRemoteDescription(receiver.localDescription);
            })()""";

    @Test
    void nothingLeavesTheEnclosure() throws IOException {
        Enclosure.require();
        assertThat(NetworkInterface.networkInterfaces().map(NetworkInterface::getName))
                .containsExactlyInAnyOrder("lo", "inner0", "inner1");
        // TEST-NET-1 (RFC 5737): routed to a link on which nobody answers
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress("192.0.2.1", 9), 300))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void chromiumPlaysWhatChromiumSends(@TempDir Path folder) throws InterruptedException {
        Enclosure.require(Enclosure.CHROMIUM, Enclosure.CHROMEDRIVER);
        try (Browser browser = Browser.start(folder)) {
            browser.open(URI.create("about:blank"));
            browser.evaluate(LOOP_BACK);
            Eventually.holds(
                    "frames are decoded", () -> Playback.of(browser).video().framesDecoded() > 30);
            assertThat(Playback.of(browser).secured().srtpCipher()).isNotEmpty();
        }
    }
}
