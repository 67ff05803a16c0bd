package phasebench.harness.load.impair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phasebench.harness.load.media.TrackKind;
import phasebench.scenarios.Impairment;

/// One way between one viewer and the relay: all impairments, one behind the other. Belongs to the proxy's thread.
///
/// A packet is taken through all of them when it comes, each at the instant at which it leaves the one before:
/// hops keep the order of instants, so none needs to wait for the others.
final class Way {
    private final List<Hop> hops = new ArrayList<>();

    /// @param isToViewer the way of media
    /// @param exit where packets leave the last hop
    Way(List<Impairment> impairments, boolean isToViewer, long seed, int viewer, Hop.Exit exit) {
        int firstPlace = isToViewer ? 0 : impairments.size();
        Hop.Exit next = exit;
        for (int i = impairments.size() - 1; i >= 0; i--) {
            Hop hop = new Hop(impairments.get(i), isToViewer, seed, viewer, firstPlace + i, next);
            hops.addFirst(hop);
            next = entranceOf(hop, exit);
        }
    }

    private static Hop.Exit entranceOf(Hop hop, Hop.Exit timers) {
        return new Hop.Exit() {
            @Override
            public void at(long dueNs, Passing packet) {
                hop.take(dueNs, packet);
            }

            @Override
            public void flushAt(long dueNs, Hop waiting) {
                timers.flushAt(dueNs, waiting);
            }
        };
    }

    /// Takes a datagram; the array may be used again.
    void take(byte[] bytes, int length, PacketKind kind, boolean isCounted, long nowNs) {
        hops.getFirst().take(nowNs, new Passing(kind, isCounted, Arrays.copyOf(bytes, length)));
    }

    /// Decides of a track from its next packet on as if it were the first.
    void restart(TrackKind track) {
        hops.forEach(hop -> hop.restart(track));
    }

    void clearCounts() {
        hops.forEach(Hop::clearCounts);
    }

    /// What was done to packets of one kind that were counted, over all hops.
    KindCounts counts(PacketKind kind) {
        KindCounts sum = new KindCounts();
        hops.forEach(hop -> sum.add(hop.counts(kind)));
        sum.packets = hops.getFirst().counts(kind).packets;
        return sum;
    }
}
