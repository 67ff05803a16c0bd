package phasebench.harness.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Random loss of the datagrams that one port sends and of those that it is sent, by a packet filter of the
/// enclosure's own network.
/// At prerouting: a drop on the way out would show the sender an EPERM.
final class UdpLoss implements AutoCloseable {
    private UdpLoss() {}

    /// Loses from now on.
    static UdpLoss start(int port, int percent) throws IOException, InterruptedException {
        Enclosure.require(Enclosure.NFT);
        nft("""
                table inet udp_loss {
                  chain arriving {
                    type filter hook prerouting priority 0;
                    udp sport %1$d numgen random mod 100 < %2$d counter drop
                    udp dport %1$d numgen random mod 100 < %2$d counter drop
                  }
                }
                """.formatted(port, percent));
        return new UdpLoss();
    }

    @Override
    public void close() {
        try {
            nft("delete table inet udp_loss");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void nft(String rules) throws IOException, InterruptedException {
        Process nft = new ProcessBuilder(Enclosure.NFT.toString(), "--file", "-")
                .redirectErrorStream(true)
                .start();
        try (var in = nft.outputWriter(StandardCharsets.US_ASCII)) {
            in.write(rules);
        }
        String output = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (nft.waitFor() != 0) {
            throw new IOException("nft: " + output);
        }
    }
}
