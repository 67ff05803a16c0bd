package phasebench.relay.socket;

import java.net.InetSocketAddress;

/// Hands one viewer's media packets to the kernel, and counts those it took as forwarded. Owned by one thread.
public interface PacketSender {
    /// Takes the first `length` bytes of an SRTP packet; the array may be kept until `endOfUnit`.
    void packet(byte[] packet, int length, InetSocketAddress to);

    /// Nothing may wait beyond this: all packets of the access unit are with the kernel when it returns.
    void endOfUnit();
}
