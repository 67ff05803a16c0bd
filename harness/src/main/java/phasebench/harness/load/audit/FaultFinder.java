package phasebench.harness.load.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.media.TrackKind;
import phasebench.reports.rundir.DeliveryFault;
import phasebench.reports.rundir.DeliveryFault.Kind;
import phasebench.reports.rundir.ImpairmentCounts;
import phasebench.reports.rundir.ImpairmentEvidence;

/// Names what was wrong with a window, from what its viewers counted. What the scenario's own network did is taken off
/// first, by count.
///
/// @param viewers one for each track of each viewer that joined
/// @param framesOffered distinct frames in the window, of all tracks
/// @param generatorLateNsMax how late the receiving thread was at most: that much silence is its own
/// @param impairment null when the network did nothing to packets
/// @param packetsAsked packets that viewers asked for again, repeats included: each may come once more
public record FaultFinder(
        List<ViewerTally> viewers,
        long framesOffered,
        long generatorLateNsMax,
        @Nullable ImpairmentEvidence impairment,
        long packetsAsked) {
    /// A viewer whose mean latency is above that of most others by more is treated worse than they are. Far above what
    /// turn and tick can make between two viewers of one receiving thread.
    static final long LATE_NS = 100_000_000;

    /// Nobody calls a second without a picture smooth.
    static final long SILENCE_NS = 1_000_000_000;

    /// All faults, in order of kinds.
    public List<DeliveryFault> find() {
        List<DeliveryFault> faults = new ArrayList<>();
        long lost = beyond(sum(ViewerTally::packetsLost), media().dropped());
        if (lost > 0) {
            faults.add(counted(Kind.LOST, lost, ViewerTally::packetsLost, "%s lost %d packets"));
        }
        add(
                faults,
                Kind.LOST_BEFORE_NUMBERING,
                viewer -> viewer.signs().frames().lostBeforeNumbering(),
                "%s: %d frames are missing without a gap in the sequence numbers: lost before numbering");
        if (impairment == null || lost > 0) {
            add(
                    faults,
                    Kind.TAIL_MISSING,
                    viewer -> viewer.signs().frames().missingAtEnd(),
                    "%s: the last %d frames of the window did not come whole");
        }
        long reordered = beyond(sum(ViewerTally::packetsReordered), media().reordered());
        if (reordered > 0) {
            faults.add(counted(
                    Kind.REORDERED, reordered, ViewerTally::packetsReordered, "%s got %d packets after a later one"));
        }
        long repeated = Math.max(0, sum(ViewerTally::packetsDuplicated) - packetsAsked);
        long duplicated = beyond(repeated, media().duplicated());
        if (duplicated > 0) {
            faults.add(counted(
                    Kind.DUPLICATED, duplicated, ViewerTally::packetsDuplicated, "%s got %d packets once more"));
        }
        add(
                faults,
                Kind.NOT_AUTHENTIC,
                viewer -> viewer.signs().wrong().notAuthentic(),
                "%s: %d packets failed authentication");
        add(
                faults,
                Kind.OTHER_CONTENT,
                viewer -> viewer.signs().wrong().otherContent(),
                "%s: %d authentic packets differ from what was published");
        foreign(faults);
        add(
                faults,
                Kind.OFF_GRID,
                viewer -> viewer.signs().wrong().offGrid(),
                "%s: %d packets have a timestamp of no frame that was published");
        for (TrackKind track : TrackKind.values()) {
            lateViewers(track).ifPresent(faults::add);
        }
        silence().ifPresent(faults::add);
        return faults;
    }

    private ImpairmentCounts media() {
        return impairment == null
                ? new ImpairmentCounts(0, new ImpairmentCounts.Drops(0, 0), 0, 0, new ImpairmentCounts.Delays(0, 0, 0))
                : impairment.media();
    }

    /// What is left of a count when the network's own part is taken off. The proxy counts by the instants of the window
    /// and viewers by its frames, which may differ by what the network does to a frame.
    private long beyond(long counted, long ofNetwork) {
        long atEdge = Math.ceilDiv(ofNetwork, Math.max(1, pictures()));
        return ofNetwork == 0 ? counted : Math.max(0, counted - ofNetwork - atEdge);
    }

    /// Of the frames offered, those of video: the sound of a picture's time is at the edge with it.
    private long pictures() {
        long all = sum(ViewerTally::framesExpected);
        long video = sum(viewer -> viewer.track() == TrackKind.VIDEO ? viewer.framesExpected() : 0);
        return all == 0 ? framesOffered : framesOffered * video / all;
    }

    private long sum(ToLongFunction<ViewerTally> count) {
        return viewers.stream().mapToLong(count).sum();
    }

    private void add(List<DeliveryFault> faults, Kind kind, ToLongFunction<ViewerTally> count, String text) {
        if (sum(count) > 0) {
            faults.add(counted(kind, sum(count), count, text));
        }
    }

    /// @param text with places for viewer and count
    private DeliveryFault counted(Kind kind, long total, ToLongFunction<ViewerTally> count, String text) {
        ViewerTally worst = viewers.getFirst();
        for (ViewerTally viewer : viewers) {
            worst = count.applyAsLong(viewer) > count.applyAsLong(worst) ? viewer : worst;
        }
        int affected = ViewerTally.viewerCount(
                viewers.stream().filter(viewer -> count.applyAsLong(viewer) > 0).toList());
        String one = text.formatted(worst.name(), count.applyAsLong(worst));
        return new DeliveryFault(kind, total, affected, one + others(affected, total));
    }

    private static String others(int affected, long total) {
        return affected <= 1 ? "" : "; %d viewers in all, %d together".formatted(affected, total);
    }

    private void foreign(List<DeliveryFault> faults) {
        add(
                faults,
                Kind.OTHER_VIEWERS_PACKET,
                this::packetsOfOthers,
                "%s received %d packets of another viewer's SSRC");
        add(
                faults,
                Kind.FOREIGN_PACKET,
                viewer -> viewer.signs().wrong().foreign() - packetsOfOthers(viewer),
                "%s: %d packets have an SSRC or payload type of nobody's, or are no RTP");
    }

    private long packetsOfOthers(ViewerTally viewer) {
        return viewer.signs().packetsOfOthers().entrySet().stream()
                .filter(entry -> isSsrcOfAnother(viewer, entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private boolean isSsrcOfAnother(ViewerTally viewer, int ssrc) {
        return viewers.stream()
                .anyMatch(other ->
                        other.viewer() != viewer.viewer() && other.signs().ssrc() == ssrc);
    }

    /// Compared with the better half of the viewers. A network that delays treats viewers differently itself.
    private Optional<DeliveryFault> lateViewers(TrackKind track) {
        List<ViewerTally> tallies =
                viewers.stream().filter(viewer -> viewer.track() == track).toList();
        if (tallies.size() < 2 || media().delays().packets() > 0) {
            return Optional.empty();
        }
        long[] means = tallies.stream()
                .filter(viewer -> viewer.packetsReceived() > 0)
                .mapToLong(viewer -> viewer.signs().latency().meanNs())
                .sorted()
                .toArray();
        long usual = means.length == 0 ? 0 : means[(means.length - 1) / 2];
        List<ViewerTally> late = tallies.stream()
                .filter(viewer -> viewer.signs().latency().meanNs() - usual > LATE_NS)
                .toList();
        return late.isEmpty()
                ? Optional.empty()
                : Optional.of(new DeliveryFault(
                        Kind.LATE_VIEWER,
                        late.size(),
                        late.size(),
                        String.format(
                                Locale.ROOT,
                                "%s gets its packets %.0f ms after they were due, most others %.0f ms; such viewers: %d",
                                late.getFirst().name(),
                                late.getFirst().signs().latency().meanNs() / 1e6,
                                usual / 1e6,
                                late.size())));
    }

    private Optional<DeliveryFault> silence() {
        List<ViewerTally> left = viewers.stream()
                .filter(viewer -> viewer.signs().latency().silenceNsMax() - generatorLateNsMax > SILENCE_NS)
                .toList();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        ViewerTally worst = left.stream()
                .reduce((a, b) -> a.signs().latency().silenceNsMax()
                                >= b.signs().latency().silenceNsMax()
                        ? a
                        : b)
                .orElseThrow();
        int affected = ViewerTally.viewerCount(left);
        String text = String.format(
                Locale.ROOT,
                "%s got nothing for %.2f s, and packets up to %.2f s after they were due; such viewers: %d",
                worst.name(),
                worst.signs().latency().silenceNsMax() / 1e9,
                worst.signs().latency().maxNs() / 1e9,
                affected);
        return Optional.of(new DeliveryFault(Kind.SILENCE, affected, affected, text));
    }
}
