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
        void at(long dueNs, PacketKind kind, byte[] packet);

        /// Has [#flush] called at an instant.
        void flushAt(long dueNs, Hop hop);
    }

    private record Held(PacketKind kind, byte[] packet) {}

    private final Impairment impairment;
    private final boolean isToViewer;
    private final Exit exit;
    private final Map<PacketKind, FateScript> scripts = new EnumMap<>(PacketKind.class);
    private final Map<PacketKind, KindCounts> counts = new EnumMap<>(PacketKind.class);
    private final Bottleneck bottleneck;
    private final List<Held> held = new ArrayList<>();
    private long heldUntilNs;
    private @Nullable Long lastDueNs;

    /// @param place tells this hop from the others of the viewer
    Hop(Impairment impairment, boolean isToViewer, long seed, int viewer, int place, Exit exit) {
        this.impairment = impairment;
        this.isToViewer = isToViewer;
        this.exit = exit;
        this.bottleneck = new Bottleneck(impairment.bitsPerSecond());
        for (PacketKind kind : PacketKind.values()) {
            int flow = place * PacketKind.values().length + kind.ordinal();
            scripts.put(kind, new FateScript(impairment, seed, viewer, flow));
            counts.put(kind, new KindCounts());
        }
    }

    /// Begins a window: scripts begin again and counts are zero, so that a window's losses do not depend on how long
    /// the viewers took to join.
    void restart() {
        scripts.values().forEach(FateScript::restart);
        counts.values().forEach(KindCounts::clear);
    }

    /// Takes a packet, which is not changed from now on.
    void take(long nowNs, PacketKind kind, byte[] packet) {
        KindCounts counting = of(kind);
        FateScript script = scripts.get(kind);
        counting.packets++;
        if (!isMet(kind) || script == null) {
            exit.at(nowNs, kind, packet);
            return;
        }
        Fate fate = script.next();
        if (fate.isLost()) {
            counting.lost++;
            return;
        }
        long throughNs = bottleneck.departure(nowNs, packet.length);
        if (throughNs == Bottleneck.FULL) {
            counting.linkFull++;
        } else if (fate.isReordered()) {
            hold(nowNs, new Held(kind, packet));
        } else {
            long dueNs = inOrder(throughNs + fate.delayNs());
            counting.delayed(dueNs - nowNs);
            exit.at(dueNs, kind, packet);
            if (fate.isDuplicated()) {
                counting.duplicated++;
                exit.at(dueNs, kind, packet);
            }
            held.forEach(one -> of(one.kind()).reordered++);
            release(dueNs);
        }
    }

    private boolean isMet(PacketKind kind) {
        return kind.meets(impairment.direction()) && (isToViewer || impairment.direction() == Direction.BOTH);
    }

    private void hold(long nowNs, Held one) {
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
        held.forEach(one -> exit.at(dueNs, one.kind(), one.packet()));
        held.clear();
    }

    private long inOrder(long dueNs) {
        Long last = lastDueNs;
        long inOrderNs = last == null ? dueNs : Math.max(last, dueNs);
        lastDueNs = inOrderNs;
        return inOrderNs;
    }

    KindCounts of(PacketKind kind) {
        return counts.computeIfAbsent(kind, _ -> new KindCounts());
    }
}
