package phasebench.harness.load;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.FaultFinder;
import phasebench.harness.load.audit.ViewerTally;
import phasebench.harness.load.viewer.ViewerMoves;
import phasebench.reports.rundir.GeneratorEvidence;
import phasebench.reports.rundir.HeadroomEvidence;
import phasebench.reports.rundir.ImpairmentCounts;
import phasebench.reports.rundir.ImpairmentEvidence;
import phasebench.reports.rundir.JoinEvidence;
import phasebench.reports.rundir.LoadChecks;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ReceiveEvidence;
import phasebench.reports.rundir.RecoveryEvidence;

/// What several generators counted of one window, put together as if one had carried all viewers.
///
/// Counts add up, histograms add up bucket by bucket, and faults are looked for in the audits of all viewers together.
/// What cannot be added, because it says how a process fared, is that of the one that fared worst, and is listed for
/// each.
final class SharedWindow {
    private static final int LOSSES_NAMED_MAX = 20;

    private final List<WindowShare> shares;
    private final List<ViewerTally> viewers;

    private SharedWindow(List<WindowShare> shares) {
        this.shares = shares;
        this.viewers = shares.stream()
                .flatMap(share -> share.viewers().stream())
                .sorted(Comparator.comparingInt(ViewerTally::viewer).thenComparing(ViewerTally::track))
                .toList();
    }

    /// @param shares one for each generator, that which publishes first
    static LoadEvidence evidence(List<WindowShare> shares) {
        return new SharedWindow(shares).evidence();
    }

    /// What is missing, for a person: the first few viewers that miss something.
    static List<String> losses(List<ViewerTally> viewers) {
        return viewers.stream()
                .filter(viewer -> !viewer.isWhole())
                .limit(LOSSES_NAMED_MAX)
                .map(ViewerTally::lossText)
                .toList();
    }

    private LoadEvidence evidence() {
        LoadEvidence counted = new LoadEvidence(
                sumInt(LoadEvidence::viewersWanted),
                sumInt(LoadEvidence::viewersConnected),
                sum(LoadEvidence::framesOffered),
                sum(LoadEvidence::framesExpected),
                sum(LoadEvidence::framesComplete),
                sum(LoadEvidence::packetsReceived),
                sum(LoadEvidence::packetsLost),
                sum(LoadEvidence::packetsDuplicated),
                sum(LoadEvidence::packetsReordered),
                sum(LoadEvidence::packetsVerified),
                sum(LoadEvidence::authenticationFailures),
                sum(LoadEvidence::contentMismatches),
                sum(LoadEvidence::receiveBufferDrops),
                max(LoadEvidence::sendDelayNsP99), // only one publishes, the others have none
                max(LoadEvidence::sendDelayNsMax),
                sum(LoadEvidence::generatorCpuNs),
                max(LoadEvidence::generatorGcNs),
                sums(LoadEvidence::srtpProfiles, Integer::sum),
                sums(LoadEvidence::rtcpReceived, Long::sum),
                shares.getFirst().counted().windowNs(),
                losses(viewers),
                RecoveryFigures.sum(each(LoadEvidence::latency)));
        RecoveryEvidence recovery = recovery();
        LoadEvidence whole = counted.withChecks(checks(counted.framesOffered(), recovery.packetsAsked()))
                .withReception(recovery, receiving());
        JoinEvidence joins = joins();
        return joins == null ? whole : whole.withJoins(whole.viewersWanted(), whole.viewersConnected(), joins);
    }

    private LoadChecks checks(long framesOffered, long packetsAsked) {
        List<LoadChecks> checks = each(LoadEvidence::checks);
        List<GeneratorEvidence> generators =
                checks.stream().flatMap(one -> one.generators().stream()).toList();
        List<HeadroomEvidence> headrooms =
                generators.stream().map(GeneratorEvidence::headroom).toList();
        HeadroomEvidence worst = new HeadroomEvidence(
                largest(headrooms, HeadroomEvidence::cpuNsByThread),
                largest(headrooms, HeadroomEvidence::runDelayNsByThread),
                largestOf(headrooms, HeadroomEvidence::tickLatenessNsP99),
                largestOf(headrooms, HeadroomEvidence::tickLatenessNsMax));
        @Nullable
        ImpairmentEvidence impairment = checks.stream()
                .map(LoadChecks::impairment)
                .flatMap(Stream::ofNullable)
                .reduce(SharedWindow::sum)
                .orElse(null);
        FaultFinder faults =
                new FaultFinder(viewers, framesOffered, worst.tickLatenessNsMax(), impairment, packetsAsked);
        return new LoadChecks(faults.find(), worst, impairment, generators);
    }

    private static ImpairmentEvidence sum(ImpairmentEvidence a, ImpairmentEvidence b) {
        return new ImpairmentEvidence(
                a.set(),
                ImpairmentCounts.sum(a.media(), b.media()),
                ImpairmentCounts.sum(a.repairs(), b.repairs()),
                ImpairmentCounts.sum(a.rtcp(), b.rtcp()),
                a.overflows() + b.overflows());
    }

    private RecoveryEvidence recovery() {
        List<RecoveryEvidence> all = each(LoadEvidence::recovery);
        List<RecoveryEvidence.Freezes> freezes =
                all.stream().map(RecoveryEvidence::freezes).toList();
        return new RecoveryEvidence(
                (int) sumOf(all, RecoveryEvidence::viewersAsking),
                sumOf(all, RecoveryEvidence::nackPackets),
                sumOf(all, RecoveryEvidence::packetsAsked),
                sumOf(all, RecoveryEvidence::packetsRecovered),
                sumOf(all, RecoveryEvidence::packetsGivenUp),
                sumOf(all, RecoveryEvidence::pictureLosses),
                RecoveryFigures.sum(all.stream().map(RecoveryEvidence::recovery).toList()),
                new RecoveryEvidence.Freezes(
                        sumOf(freezes, RecoveryEvidence.Freezes::packetsLate),
                        (int) sumOf(freezes, RecoveryEvidence.Freezes::viewersFrozen),
                        sumOf(freezes, RecoveryEvidence.Freezes::freezeCount),
                        sumOf(freezes, RecoveryEvidence.Freezes::freezeNs),
                        largestOf(freezes, RecoveryEvidence.Freezes::freezeNsMax)));
    }

    private ReceiveEvidence receiving() {
        List<ReceiveEvidence> all = each(LoadEvidence::receive);
        return new ReceiveEvidence(
                all.stream().map(ReceiveEvidence::engine).distinct().collect(Collectors.joining(" / ")),
                sumOf(all, ReceiveEvidence::overflowDatagrams),
                (int) sumOf(all, ReceiveEvidence::sinkViewers),
                sumOf(all, ReceiveEvidence::sinkPackets));
    }

    private @Nullable JoinEvidence joins() {
        List<JoinEvidence> all = shares.stream()
                .map(share -> share.counted().joins())
                .flatMap(Stream::ofNullable)
                .toList();
        if (all.isEmpty()) {
            return null;
        }
        long[] pictures = shares.stream()
                .flatMap(share -> share.pictureNs().stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return new JoinEvidence(
                (int) sumOf(all, JoinEvidence::joinsPlanned),
                (int) sumOf(all, JoinEvidence::joinsDone),
                (int) sumOf(all, JoinEvidence::leavesPlanned),
                (int) sumOf(all, JoinEvidence::leavesDone),
                (int) sumOf(all, JoinEvidence::viewersLost),
                sumOf(all, JoinEvidence::packetsOutside),
                ViewerMoves.quantile(pictures, 0.5),
                ViewerMoves.quantile(pictures, 0.99),
                ViewerMoves.quantile(pictures, 1),
                all.stream()
                        .flatMap(one -> one.failures().stream())
                        .limit(ViewerMoves.FAILURES_NAMED_MAX)
                        .toList());
    }

    /// One value for each generator; every generator has it.
    private <T> List<T> each(Function<LoadEvidence, @Nullable T> part) {
        return shares.stream()
                .map(share -> Objects.requireNonNull(part.apply(share.counted()), "a generator's share lacks a part"))
                .toList();
    }

    private long sum(ToLongFunction<LoadEvidence> count) {
        return shares.stream().map(WindowShare::counted).mapToLong(count).sum();
    }

    private int sumInt(ToIntFunction<LoadEvidence> count) {
        return shares.stream().map(WindowShare::counted).mapToInt(count).sum();
    }

    private long max(ToLongFunction<LoadEvidence> figure) {
        return shares.stream().map(WindowShare::counted).mapToLong(figure).max().orElse(0);
    }

    private <V> Map<String, V> sums(Function<LoadEvidence, Map<String, V>> counts, BinaryOperator<V> plus) {
        Map<String, V> sums = new TreeMap<>();
        shares.forEach(share -> counts.apply(share.counted()).forEach((key, count) -> sums.merge(key, count, plus)));
        return sums;
    }

    private static <T> long sumOf(Collection<T> all, ToLongFunction<T> count) {
        return all.stream().mapToLong(count).sum();
    }

    private static <T> long largestOf(Collection<T> all, ToLongFunction<T> figure) {
        return all.stream().mapToLong(figure).max().orElse(0);
    }

    private static Map<String, Long> largest(
            List<HeadroomEvidence> all, Function<HeadroomEvidence, Map<String, Long>> times) {
        Map<String, Long> largest = new TreeMap<>();
        all.forEach(one -> times.apply(one).forEach((thread, ns) -> largest.merge(thread, ns, Long::max)));
        return largest;
    }
}
