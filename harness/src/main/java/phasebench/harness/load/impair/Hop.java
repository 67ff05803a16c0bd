package phasebench.harness.load.impair;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phasebench.scenarios.Direction;
import phasebench.scenarios.Impairment;

/// One impairment on one way of one viewer: decides what becomes of each packet and when it goes on. Belongs to the
/// proxy's thread; has no clock and no socket of its own.
final class Hop {
    /// How long a packet waits to be overtaken: longer than the next frame takes to come, so that the last packet of a
    /// frame can be overtaken too.
    static final long HOLD_NS = 100_000_000;

    /// Where packets go on.
    interface Exit {
        /// Sends at an instant, behind all that was given before for the same instant.
        void at(long dueNs, Passing packet);

        /// Has [#flush] called at an instant.
        void flushAt(long dueNs, Hop hop);
    }

    private final Impairment impairment;
    private final boolean isToViewer;
    private final Exit exit;
    private final Map<PacketKind, FateScript> scripts = new EnumMap<>(PacketKind.class);
    private final Map<PacketKind, KindCounts> counts = new EnumMap<>(PacketKind.class);
    private final KindCounts uncounted = new KindCounts();
    private final Bottleneck bottleneck;
    private final List<Passing> held = new ArrayList<>();
    private long heldUntilNs;
    private @Nullable Long lastDueNs;

    /// @param place tells this hop from the others of the viewer
    Hop(Impairment impairment, boolean isToViewer, long seed, int viewer, int place, Exit exit) {
        this.impairment = impairment;
        this.isToViewer = isToViewer;
        this.exit = exit;
        this.bottleneck = new Bottleneck(impairment.bitsPerSecond());
        for (PacketKind kind : PacketKind.values()) {
            int flow = place * PacketKind.values().length + kind.number();
            scripts.put(kind, new FateScript(impairment, seed, viewer, flow));
            counts.put(kind, new KindCounts());
        }
    }

    /// Begins all scripts again.
    void restart() {
        scripts.values().forEach(FateScript::restart);
    }

    void clearCounts() {
        counts.values().forEach(KindCounts::clear);
    }

    /// Takes a packet, which is not changed from now on.
    void take(long nowNs, Passing packet) {
        KindCounts counting = countsOf(packet);
        FateScript script = scripts.get(packet.kind());
        counting.packets++;
        if (!isMet(packet.kind()) || script == null) {
            exit.at(nowNs, packet);
            return;
        }
        Fate fate = script.next();
        if (fate.isLost()) {
            counting.lost++;
            return;
        }
        long throughNs = bottleneck.departure(nowNs, packet.bytes().length);
        if (throughNs == Bottleneck.FULL) {
            counting.linkFull++;
        } else if (fate.isReordered()) {
            hold(nowNs, packet);
        } else {
            long dueNs = inOrder(throughNs + fate.delayNs());
            counting.delayed(dueNs - nowNs);
            exit.at(dueNs, packet);
            if (fate.isDuplicated()) {
                counting.duplicated++;
                exit.at(dueNs, packet);
            }
            held.forEach(one -> countsOf(one).reordered++);
            release(dueNs);
        }
    }

    private boolean isMet(PacketKind kind) {
        return kind.meets(impairment.direction()) && (isToViewer || impairment.direction() == Direction.BOTH);
    }

    private void hold(long nowNs, Passing one) {
        if (held.isEmpty()) {
            heldUntilNs = nowNs + HOLD_NS;
            exit.flushAt(heldUntilNs, this);
        }
        held.add(one);
    }

    /// Lets go what nothing has overtaken in time.
    void flush(long nowNs) {
        if (!held.isEmpty() && nowNs - heldUntilNs >= 0) {
            release(inOrder(nowNs));
        }
    }

    private void release(long dueNs) {
        held.forEach(one -> exit.at(dueNs, one));
        held.clear();
    }

    private long inOrder(long dueNs) {
        Long last = lastDueNs;
        long inOrderNs = last == null ? dueNs : Math.max(last, dueNs);
        lastDueNs = inOrderNs;
        return inOrderNs;
    }

    /// What was done to packets of a kind that are counted.
    KindCounts counts(PacketKind kind) {
        return counts.computeIfAbsent(kind, _ -> new KindCounts());
    }

    private KindCounts countsOf(Passing packet) {
        return packet.isCounted() ? counts(packet.kind()) : uncounted;
    }
}
