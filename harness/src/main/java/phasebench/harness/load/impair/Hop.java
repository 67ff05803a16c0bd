package phasebench.harness.load.impair;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.media.TrackKind;
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

    /// Sound overtakes sound only, and what else there is only that: a packet between those of the other track changes
    /// nothing there.
    private final Held heldAudio = new Held();

    private final Held heldOther = new Held();
    private @Nullable Long lastDueNs;

    /// Packets that wait to be overtaken.
    private static final class Held {
        private final List<Passing> packets = new ArrayList<>();
        private long untilNs;
    }

    /// @param place tells this hop from the others of the viewer
    Hop(Impairment impairment, boolean isToViewer, long seed, int viewer, int place, Exit exit) {
        this.impairment = impairment;
        this.isToViewer = isToViewer;
        this.exit = exit;
        this.bottleneck = new Bottleneck(impairment.bitsPerSecond());
        for (PacketKind kind : PacketKind.values()) {
            scripts.put(kind, new FateScript(impairment, seed, viewer, kind.flow(place)));
            counts.put(kind, new KindCounts());
        }
    }

    /// Begins the scripts of a track again: those of the sound by themselves, all others with the video.
    void restart(TrackKind track) {
        scripts.forEach((kind, script) -> {
            if ((kind == PacketKind.AUDIO) == (track == TrackKind.AUDIO)) {
                script.restart();
            }
        });
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
            Held held = heldFor(packet.kind());
            held.packets.forEach(one -> countsOf(one).reordered++);
            release(held, dueNs);
        }
    }

    private boolean isMet(PacketKind kind) {
        return kind.meets(impairment.direction()) && (isToViewer || impairment.direction() == Direction.BOTH);
    }

    private Held heldFor(PacketKind kind) {
        return kind == PacketKind.AUDIO ? heldAudio : heldOther;
    }

    private void hold(long nowNs, Passing one) {
        Held held = heldFor(one.kind());
        if (held.packets.isEmpty()) {
            held.untilNs = nowNs + HOLD_NS;
            exit.flushAt(held.untilNs, this);
        }
        held.packets.add(one);
    }

    /// Lets go what nothing has overtaken in time.
    void flush(long nowNs) {
        for (Held held : List.of(heldOther, heldAudio)) {
            if (!held.packets.isEmpty() && nowNs - held.untilNs >= 0) {
                release(held, inOrder(nowNs));
            }
        }
    }

    private void release(Held held, long dueNs) {
        held.packets.forEach(one -> exit.at(dueNs, one));
        held.packets.clear();
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
