package phasebench.harness.load.receive;

import java.lang.foreign.MemorySegment;

/// Who takes the datagrams of one viewer. Called by the receiving thread only.
public interface DatagramSink {
    /// Longest datagram that is taken; the rest of a longer one is cut off.
    int DATAGRAM_BYTES_MAX = 2048;

    /// Takes one datagram, which lies in `memory` until the call returns.
    ///
    /// @param nowNs when it was taken from the kernel (System.nanoTime)
    /// @return whether it was media
    boolean datagram(MemorySegment memory, long at, int length, long nowNs);

    /// Hears that nothing more will come, and why.
    void failed(String reason);
}
