package phasebench.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phasebench.harness.Samples;
import phasebench.reports.evidence.PairFigures;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.PairEdge;
import phasebench.reports.rundir.PairSide;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.ThreadRoleReading;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.Drive;
import phasebench.scenarios.DuetSpec;

/// Two windows of a second each: the baseline gets 0.6 of the core, the candidate the rest.
class PairValidityTest {
    private static final long SECOND = 1_000_000_000;
    private static final DuetSpec DUET = new DuetSpec(1, 2, Duration.ofSeconds(10), 0.03);
    private static final PairValidity VALIDITY =
            new PairValidity(Samples.scenario(new Drive.Closed(2)), DUET, TrialValidity.CoreSharing.PINNED_APART);
    private static final LoadEvidence WHOLE = Samples.load().build();

    @Test
    void aSaturatedPairWithoutLossCounts() {
        assertThat(VALIDITY.judge(side("a", WHOLE), side("b", WHOLE), edges(1, 1, 0.01)))
                .isEqualTo(new TrialOutcome.Measured());
    }

    @Test
    void theRatioIsOfCpuPerPacketWithoutWhatTheCompilersUsed() {
        PairFigures figures = PairFigures.of(edges(1, 1, 0.01), 0.03);

        assertThat(figures.counted()).hasSize(2);
        assertThat(figures.baselineNsPerPacket()).isCloseTo(0.99 * 600_000_000 / 2400, within(1e-6));
        assertThat(figures.ratio()).isCloseTo(400.0 / 600, within(1e-12));
        assertThat(figures.uncertainShare()).isCloseTo(2e6 / 1.2e9 + 2e6 / 0.8e9, within(1e-12));
    }

    @Test
    void aLossOfEitherSideMakesTheLoadUnequal() {
        LoadEvidence lossy = Samples.load().lost(3, 1).build();

        assertThat(reasons(VALIDITY.judge(side("a", WHOLE), side("b", lossy), edges(1, 1, 0.01))))
                .containsExactly(
                        "b: unequal load: 3 packets lost, 1 of 300 frames incomplete (0 datagrams dropped at full"
                                + " sockets)");
    }

    @Test
    void anotherNumberOfFramesIsNoReason() {
        LoadEvidence fewer = Samples.load().framesOffered(20).build();

        assertThat(VALIDITY.judge(side("a", fewer), side("b", WHOLE), edges(1, 1, 0.01)))
                .isEqualTo(new TrialOutcome.Measured());
    }

    @Test
    void aCoreThatIdlesIsNotSaturated() {
        assertThat(reasons(VALIDITY.judge(side("a", WHOLE), side("b", WHOLE), edges(0.8, 1, 0.01))))
                .containsExactly(
                        "the drive did not saturate the relays' core: it was busy for 80.0 % of the time (limit 95 %)");
    }

    @Test
    void theTimeThatBothStandStillForReadingsIsNoIdleness() {
        List<PairEdge> working = edges(0.9, 0.9, 0.01);
        List<PairEdge> still = working.stream()
                .map(edge -> new PairEdge(edge.baseline(), edge.candidate(), 0, 0, SECOND / 10))
                .toList();

        assertThat(VALIDITY.judge(side("a", WHOLE), side("b", WHOLE), working))
                .isInstanceOf(TrialOutcome.Invalid.class);
        assertThat(VALIDITY.judge(side("a", WHOLE), side("b", WHOLE), still)).isEqualTo(new TrialOutcome.Measured());
    }

    @Test
    void aRelayThatSleepsHadNoWorkThroughout() {
        assertThat(reasons(VALIDITY.judge(side("a", WHOLE), side("b", WHOLE), edges(1, 0.7, 0.01))))
                .containsExactly(
                        "b: had work for only 70 % of the time (limit 90 %): the load generator was the limit");
    }

    @Test
    void windowsWithABusyJitDoNotCount() {
        assertThat(reasons(VALIDITY.judge(side("a", WHOLE), side("b", WHOLE), edges(1, 1, 0.2))))
                .singleElement()
                .asString()
                .contains(
                        "a JIT was still at work, only 0 of 2 windows count (up to 20.0 % of a relay's CPU, limit 3.0 %)");
    }

    @Test
    void aCounterThatDisagreesIsNoDenominator() {
        PairSide side = new PairSide(
                "a", List.of(), null, Samples.reading(0, 0), Samples.reading(SECOND, Samples.PACKETS * 2), WHOLE);

        assertThat(reasons(VALIDITY.judge(side, side("b", WHOLE), edges(1, 1, 0.01))))
                .containsExactly("a: the relay counted 4800 packets where about 2400 arrived (tolerance 504)");
    }

    @Test
    void whatWasForwardedBeyondTheStandstillsMayOrMayNotBeCounted() {
        List<PairEdge> windows = edges(1, 1, 0.01);
        long beforeNs = -SECOND / 10;
        long afterNs = DUET.windows() * SECOND + SECOND / 10;
        long arrived = (long) DUET.windows() * Samples.PACKETS;

        assertThat(VALIDITY.judge(counting(beforeNs, afterNs, arrived + 480), side("b", WHOLE), windows))
                .isEqualTo(new TrialOutcome.Measured());
        assertThat(VALIDITY.judge(counting(beforeNs, afterNs, arrived), side("b", WHOLE), windows))
                .isEqualTo(new TrialOutcome.Measured());
        assertThat(reasons(VALIDITY.judge(counting(beforeNs, afterNs, 2 * arrived), side("b", WHOLE), windows)))
                .singleElement()
                .asString()
                .startsWith("a: the relay counted");
        assertThat(reasons(VALIDITY.judge(counting(beforeNs, afterNs, arrived / 2), side("b", WHOLE), windows)))
                .singleElement()
                .asString()
                .startsWith("a: the relay counted");
    }

    private static PairSide counting(long beforeNs, long afterNs, long packets) {
        return new PairSide(
                "a", List.of(), null, Samples.reading(beforeNs, 0), Samples.reading(afterNs, (int) packets), WHOLE);
    }

    @Test
    void warmUpLastsUntilTheCompilersAreQuietAndTheCoreIsBusy() {
        assertThat(VALIDITY.isWarm(PairFigures.of(edges(1, 1, 0.01), 0.03))).isTrue();
        assertThat(VALIDITY.isWarm(PairFigures.of(edges(1, 1, 0.2), 0.03))).isFalse();
        assertThat(VALIDITY.isWarm(PairFigures.of(edges(0.8, 1, 0.01), 0.03))).isFalse();
    }

    @Test
    void aPairThatNeverGotThereDoesNotCount() {
        PairSide side = new PairSide("a", List.of(), null, null, null, null);

        assertThat(reasons(VALIDITY.judge(side, side("b", WHOLE), List.of())))
                .contains(
                        "a: the load came to no end",
                        "the drive did not saturate the relays' core: it was busy for NaN % of"
                                + " the time (limit 95 %)");
    }

    @Test
    void aLossInWindowsAloneIsNamedAsSuch() {
        LoadEvidence lossy = Samples.load().lost(3, 1).build();

        assertThat(PairValidity.unequalAlone("a", WHOLE)).isEmpty();
        assertThat(reasons(
                        PairValidity.alsoInvalid(new TrialOutcome.Measured(), PairValidity.unequalAlone("a", lossy))))
                .singleElement()
                .asString()
                .startsWith("a, alone: unequal load: 3 packets lost");
        assertThat(PairValidity.unequalAlone("a", null)).containsExactly("a, alone: the load came to no end");
        assertThat(reasons(PairValidity.alsoInvalid(new TrialOutcome.Invalid(List.of("one")), List.of("two"))))
                .containsExactly("one", "two");
    }

    @Test
    void anIdlePairCountsIfNothingWasForwardedAndEverySessionWasThereBehindIt() {
        List<PairEdge> edges = edges(1, 1, 0.3);

        assertThat(VALIDITY.judgeIdle(idleSide("a", 0, WHOLE), idleSide("b", 8, WHOLE), edges))
                .isEqualTo(new TrialOutcome.Measured());
        assertThat(reasons(VALIDITY.judgeIdle(idleSide("a", 0, WHOLE), idleSide("b", 900, WHOLE), edges)))
                .containsExactly("b: the relay forwarded 900 packets while no media was to flow");
        LoadEvidence fewer = Samples.load().viewersConnected(9).build();
        assertThat(reasons(VALIDITY.judgeIdle(idleSide("a", 0, fewer), idleSide("b", 0, WHOLE), edges)))
                .containsExactly("a: unequal load: 9 of 10 viewers were connected throughout");
    }

    @Test
    void anIdlePairWhoseJitDoesMostOfTheWorkDoesNotCount() {
        assertThat(reasons(VALIDITY.judgeIdle(idleSide("a", 0, WHOLE), idleSide("b", 0, WHOLE), edges(1, 1, 0.6))))
                .singleElement()
                .asString()
                .contains("only 0 of 2 windows count (up to 60.0 % of a relay's CPU, limit 50.0 %)");
    }

    private static PairSide idleSide(String variant, int packets, LoadEvidence proof) {
        return new PairSide(
                variant,
                List.of("java"),
                null,
                Samples.reading(0, 1000),
                Samples.reading(SECOND, 1000 + packets),
                proof);
    }

    private static List<String> reasons(TrialOutcome outcome) {
        assertThat(outcome).isInstanceOf(TrialOutcome.Invalid.class);
        return ((TrialOutcome.Invalid) outcome).reasons();
    }

    private static PairSide side(String variant, LoadEvidence load) {
        return new PairSide(
                variant,
                List.of("java"),
                null,
                Samples.reading(0, 0),
                Samples.reading(Samples.WINDOW_NS, Samples.PACKETS),
                load);
    }

    /// @param busy share of the time that the core is busy
    /// @param candidateRunnable share of the time that the candidate runs or waits for the core
    /// @param jit share of each relay's CPU that its JIT takes
    private static List<PairEdge> edges(double busy, double candidateRunnable, double jit) {
        List<PairEdge> edges = new ArrayList<>();
        for (int i = 0; i <= DUET.windows(); i++) {
            edges.add(new PairEdge(
                    reading(i, 600_000_000L, 400_000_000L, busy, jit),
                    reading(i, 400_000_000L, (long) (candidateRunnable * SECOND) - 400_000_000L, busy, jit),
                    1_000_000,
                    1_000_000,
                    0));
        }
        return edges;
    }

    private static ProcessReading reading(int second, long cpuNs, long waitedNs, double busy, double jit) {
        long jitNs = (long) (cpuNs * jit);
        List<ThreadRoleReading> threads = List.of(
                new ThreadRoleReading("jit", 1, second * jitNs, 0),
                new ThreadRoleReading("gc", 1, 0, 0),
                new ThreadRoleReading("forwarder", 1, second * (cpuNs - jitNs), second * waitedNs));
        return new ProcessReading(
                second * SECOND,
                second * cpuNs,
                threads,
                0,
                0,
                0,
                0,
                (long) (second * busy * SECOND),
                0,
                Map.of("relay_rtp_packets_out_total", 2400.0 * second),
                Map.of());
    }
}
