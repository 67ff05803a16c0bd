package phasebench.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static phasebench.harness.Samples.PACKETS;
import static phasebench.harness.Samples.reading;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phasebench.harness.Samples;
import phasebench.reports.rundir.DeliveryFault;
import phasebench.reports.rundir.GeneratorEvidence;
import phasebench.reports.rundir.HeadroomEvidence;
import phasebench.reports.rundir.ImpairmentCounts;
import phasebench.reports.rundir.ImpairmentEvidence;
import phasebench.reports.rundir.LoadChecks;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.AudioSpec;
import phasebench.scenarios.Drive;
import phasebench.scenarios.Impairment;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;

class TrialValidityTest {
    /// 200 ms of drain and readings beyond the window of 1 s, at 2400 packets/s.
    private static final long AFTER_NS = 1_200_000_000;

    private static final double SENT = PACKETS * 1.2;
    private static final ProcessReading BEFORE = reading(0, 0);
    private static final ProcessReading AFTER = reading(AFTER_NS, SENT);

    @Test
    void anUndisturbedTrialIsMeasured() {
        assertThat(judge(Samples.load().build())).isEqualTo(new TrialOutcome.Measured());
    }

    @Test
    void aLossOfTheRelaysIsAResult() {
        ProcessReading after = reading(AFTER_NS, SENT - 100);

        assertThat(judge(Samples.load().lost(100, 20).build(), BEFORE, after)).isEqualTo(new TrialOutcome.Measured());
    }

    @Test
    void aDropAtTheGeneratorsSocketsIsInvalidAndNamedSo() {
        assertThat(reasons(Samples.load().lost(5, 5).receiveBufferDrops(5).build()))
                .containsExactly("load generator: the kernel dropped 5 datagrams at its full receive buffers");
    }

    @Test
    void packetsThatTheRelaySentAndNobodyDroppedAreAnUnexplainedLoss() {
        assertThat(reasons(Samples.load().lost(1200, 150).build()))
                .singleElement()
                .asString()
                .startsWith("unexplained loss: the relay sent about ");
    }

    @Test
    void oneFrameOfDisagreementIsTolerated() {
        ProcessReading after = reading(AFTER_NS, SENT + 80);

        assertThat(judge(Samples.load().build(), BEFORE, after)).isEqualTo(new TrialOutcome.Measured());
    }

    @Test
    void moreArrivedThanTheRelayCounted() {
        assertThat(reasons(Samples.load().build(), BEFORE, reading(AFTER_NS, 2000)))
                .containsExactly("2400 packets arrived, but the relay counted only 2000");
    }

    @Test
    void aRelayWithoutTheCounterCannotBeChecked() {
        ProcessReading without = new ProcessReading(0, 0, List.of(), 0, 0, 0, 0, 0, 0, Map.of(), Map.of());

        assertThat(reasons(Samples.load().build(), without, AFTER))
                .singleElement()
                .asString()
                .startsWith("relay_rtp_packets_out_total is missing");
    }

    @Test
    void failedAuthenticationFailsTheTrial() {
        assertThat(judge(Samples.load()
                        .authenticationFailures(3)
                        .contentMismatches(1)
                        .build()))
                .isEqualTo(new TrialOutcome.Failed(List.of(
                        "relay: 3 of 2400 verified packets failed authentication",
                        "relay: 1 of 2400 decrypted packets differ from what was published")));
    }

    @Test
    void aMissingViewerIsUnequalLoad() {
        assertThat(reasons(Samples.load().viewersConnected(9).build()))
                .containsExactly("unequal load: 9 of 10 viewers were connected through the window");
    }

    @Test
    void aFrameMoreOrLessIsRoundingTwoAreUnequalLoad() {
        assertThat(judge(Samples.load().framesOffered(31).build())).isEqualTo(new TrialOutcome.Measured());
        assertThat(reasons(Samples.load().framesOffered(28).build()))
                .containsExactly("unequal load: 28 frames offered, the scenario plans 30");
    }

    @Test
    void aFrameOfSoundCountsAsOneOfVideoDoes() {
        Scenario video = Samples.scenario(new Drive.Open());
        StreamSpec camera = video.streams().getFirst();
        Scenario sound = new Scenario(
                "sound",
                "",
                List.of(new StreamSpec("a", camera.source(), camera.transport(), AudioSpec.DEFAULT)),
                video.viewers(),
                video.drive(),
                video.timing());
        TrialValidity validity =
                new TrialValidity(sound, TrialValidity.CoreSharing.PINNED_APART, ValidityLimits.DEFAULT);

        assertThat(validity.judge(Samples.load().framesOffered(82).build(), BEFORE, AFTER))
                .isEqualTo(new TrialOutcome.Measured());
        assertThat(validity.judge(Samples.load().framesOffered(30).build(), BEFORE, AFTER))
                .isEqualTo(new TrialOutcome.Invalid(List.of("unequal load: 30 frames offered, the scenario plans 80")));
    }

    @Test
    void withoutViewersNothingMustArriveAndNothingMustBeSent() {
        LoadEvidence nobody = Samples.load().withoutViewers().build();
        TrialValidity validity = new TrialValidity(
                Samples.scenario(new Drive.Open()).withViewerCount(0),
                TrialValidity.CoreSharing.PINNED_APART,
                ValidityLimits.DEFAULT);

        assertThat(validity.judge(nobody, BEFORE, reading(AFTER_NS, 0))).isEqualTo(new TrialOutcome.Measured());
        assertThat(validity.judge(nobody, BEFORE, reading(AFTER_NS, 8)))
                .isEqualTo(new TrialOutcome.Invalid(
                        List.of("unexplained loss: the relay sent about 8 packets that never arrived (tolerance 0)")));
        assertThat(validity.judge(
                        Samples.load().withoutViewers().framesOffered(20).build(), BEFORE, reading(AFTER_NS, 0)))
                .isEqualTo(new TrialOutcome.Invalid(List.of("unequal load: 20 frames offered, the scenario plans 30")));
    }

    @Test
    void aLatePublisherWasTheLimitInOpenDriveOnly() {
        LoadEvidence late = Samples.load().sendDelayNsP99(9_000_000).build();

        assertThat(reasons(late))
                .containsExactly("load generator was the limit: publishing lagged 9.0 ms behind its schedule at p99"
                        + " (limit 5.0 ms)");
        TrialValidity closed = new TrialValidity(
                Samples.scenario(new Drive.Closed(2)), TrialValidity.CoreSharing.PINNED_APART, ValidityLimits.DEFAULT);
        assertThat(closed.judge(late, BEFORE, AFTER)).isEqualTo(new TrialOutcome.Measured());
    }

    @Test
    void aGeneratorWithoutHeadroomWasTheLimit() {
        assertThat(reasons(Samples.load().generatorCpuNs(950_000_000).build()))
                .containsExactly("load generator was the limit: it used 95 % of its core (limit 90 %)");
    }

    @Test
    void othersOnTheRelaysCoreDisturb() {
        ProcessReading after = reading(AFTER_NS, SENT, 360_000_000, 420_000_000, 0, Map.of());

        assertThat(reasons(Samples.load().build(), BEFORE, after))
                .containsExactly("machine disturbed: others used 5.0 % of the relay's core (limit 2.0 %)");
    }

    @Test
    void nobodyIsBlamedOnSharedCores() {
        ProcessReading after = reading(AFTER_NS, SENT, 360_000_000, 1_200_000_000, 0, Map.of());
        TrialValidity shared = new TrialValidity(
                Samples.scenario(new Drive.Open()), TrialValidity.CoreSharing.SHARED, ValidityLimits.DEFAULT);

        assertThat(shared.judge(Samples.load().build(), BEFORE, after)).isEqualTo(new TrialOutcome.Measured());
    }

    @Test
    void aHeapIsTheSameWhoeverUsedTheCoresButNotUnderUnequalLoad() {
        ProcessReading after = reading(AFTER_NS, SENT, 360_000_000, 1_200_000_000, 24_000_000, Map.of());
        TrialValidity memory = new TrialValidity(
                Samples.scenario(new Drive.Open()), TrialValidity.CoreSharing.OF_NO_WEIGHT, ValidityLimits.DEFAULT);

        assertThat(memory.judge(Samples.load().build(), BEFORE, after)).isEqualTo(new TrialOutcome.Measured());
        assertThat(memory.judge(Samples.load().viewersConnected(9).build(), BEFORE, after))
                .isEqualTo(new TrialOutcome.Invalid(
                        List.of("unequal load: 9 of 10 viewers were connected through the window")));
    }

    @Test
    void stealDisturbs() {
        ProcessReading after = reading(AFTER_NS, SENT, 360_000_000, 360_000_000, 24_000_000, Map.of());

        assertThat(reasons(Samples.load().build(), BEFORE, after))
                .containsExactly("machine disturbed: the hypervisor took 2.0 % of the relay's core (limit 1.0 %)");
    }

    @Test
    void aVariantThatFellBackMeasuredAnotherOne() {
        ProcessReading after =
                reading(AFTER_NS, SENT, 360_000_000, 360_000_000, 0, Map.of("relay_send_fallbacks_total", 1.0));

        assertThat(reasons(Samples.load().build(), BEFORE, after))
                .containsExactly("the relay did not run what the variant asks for: relay_send_fallbacks_total is 1");
    }

    @Test
    void allReasonsAreGivenAtOnce() {
        assertThat(reasons(Samples.load()
                        .viewersConnected(1)
                        .receiveBufferDrops(1)
                        .sendDelayNsP99(50_000_000)
                        .build()))
                .hasSize(3);
    }

    private static TrialOutcome judge(LoadEvidence load) {
        return judge(load, BEFORE, AFTER);
    }

    private static TrialOutcome judge(LoadEvidence load, ProcessReading before, ProcessReading after) {
        return new TrialValidity(
                        Samples.scenario(new Drive.Open()),
                        TrialValidity.CoreSharing.PINNED_APART,
                        ValidityLimits.DEFAULT)
                .judge(load, before, after);
    }

    private static List<String> reasons(LoadEvidence load) {
        return reasons(load, BEFORE, AFTER);
    }

    private static List<String> reasons(LoadEvidence load, ProcessReading before, ProcessReading after) {
        assertThat(judge(load, before, after)).isInstanceOf(TrialOutcome.Invalid.class);
        return ((TrialOutcome.Invalid) judge(load, before, after)).reasons();
    }

    private static ImpairmentEvidence network(long dropped, long overflows) {
        ImpairmentCounts none =
                new ImpairmentCounts(0, new ImpairmentCounts.Drops(0, 0), 0, 0, new ImpairmentCounts.Delays(0, 0, 0));
        ImpairmentCounts media = new ImpairmentCounts(
                PACKETS, new ImpairmentCounts.Drops(dropped, 0), 0, 0, new ImpairmentCounts.Delays(0, 0, 0));
        return new ImpairmentEvidence(List.of(Impairment.NONE), media, none, none, overflows);
    }

    private static HeadroomEvidence headroom(long cpuNs, long runDelayNs, long lateNs) {
        return new HeadroomEvidence(
                Map.of("viewer-receiver", cpuNs, "(other threads)", 5 * Samples.WINDOW_NS),
                Map.of("viewer-receiver", runDelayNs, "(other threads)", 5 * Samples.WINDOW_NS),
                lateNs,
                2 * lateNs);
    }

    private static final HeadroomEvidence AT_EASE = headroom(200_000_000, 1_000_000, 100_000);

    @Test
    void aLossThatTheScenarioAskedForIsNeitherUnexplainedNorTheRelays() {
        LoadEvidence load = Samples.load().lost(1200, 150).build();

        assertThat(judge(load.withChecks(new LoadChecks(List.of(), AT_EASE, network(1200, 0)))))
                .isEqualTo(new TrialOutcome.Measured());
        assertThat(reasons(load.withChecks(new LoadChecks(List.of(), AT_EASE, network(600, 0)))))
                .singleElement()
                .asString()
                .startsWith("unexplained loss: the relay sent about 720 packets that never arrived");
    }

    @Test
    void whatTheNetworkDroppedAndTheRelaySentAgainExplainsNothing() {
        LoadEvidence recovered = Samples.load().lost(0, 0).build();
        ProcessReading after = reading(AFTER_NS, SENT + 600);

        assertThat(reasons(recovered.withChecks(new LoadChecks(List.of(), AT_EASE, network(600, 0))), BEFORE, after))
                .singleElement()
                .asString()
                .startsWith("unexplained loss: the relay sent about 600 packets");
    }

    @Test
    void aProxyWithoutRoomWasTheLimit() {
        LoadEvidence load = Samples.load().build().withChecks(new LoadChecks(List.of(), AT_EASE, network(0, 3)));

        assertThat(reasons(load))
                .containsExactly("load generator was the limit: its impairment proxy had no room for 3 packets, beyond"
                        + " what it was to drop");
    }

    @Test
    void aReceiverThatComesLateWaitsOrIsFullWasTheLimitEachWithItsFigure() {
        LoadEvidence load = Samples.load()
                .build()
                .withChecks(new LoadChecks(List.of(), headroom(950_000_000, 300_000_000, 30_000_000), null));

        assertThat(reasons(load))
                .containsExactly(
                        "load generator was the limit: its receiving thread looked at its sockets 30.0 ms late at p99,"
                                + " 60.0 ms at most (limit 20.0 ms at p99)",
                        "load generator was the limit: its thread viewer-receiver was ready and had no core for 30 % of"
                                + " the window (limit 25 %)",
                        "load generator was the limit: its thread viewer-receiver used 95 % of a core (limit 90 %)");
    }

    /// Each process has a core's worth of time and threads of its own, so that what two used together says nothing.
    @Test
    void ofSeveralGeneratorsEachIsJudgedByItself() {
        GeneratorEvidence easy = new GeneratorEvidence(5, 600_000_000, 0, AT_EASE);
        GeneratorEvidence late = new GeneratorEvidence(5, 950_000_000, 0, headroom(200_000_000, 1_000_000, 30_000_000));
        LoadEvidence load = Samples.load().generatorCpuNs(1_550_000_000).build();

        assertThat(judge(load.withChecks(new LoadChecks(List.of(), AT_EASE, null, List.of(easy, easy)))))
                .isEqualTo(new TrialOutcome.Measured());
        assertThat(reasons(load.withChecks(new LoadChecks(List.of(), late.headroom(), null, List.of(easy, late)))))
                .containsExactly(
                        "load generator was the limit: it used 95 % of its core (limit 90 %)",
                        "load generator was the limit: generator 2 of 2: its receiving thread looked at its sockets 30.0"
                                + " ms late at p99, 60.0 ms at most (limit 20.0 ms at p99)");
    }

    @Test
    void wrongDeliveryFailsTheTrialUnderItsNameAndLossDoesNot() {
        DeliveryFault wrong = new DeliveryFault(
                DeliveryFault.Kind.OTHER_VIEWERS_PACKET, 3, 1, "viewer 7 received 3 packets of another viewer's SSRC");
        DeliveryFault lost = new DeliveryFault(DeliveryFault.Kind.LOST, 1, 1, "viewer 7 lost 1 packets");
        LoadEvidence load = Samples.load().contentMismatches(3).build();

        assertThat(judge(load.withChecks(new LoadChecks(List.of(wrong), AT_EASE, null))))
                .isEqualTo(new TrialOutcome.Failed(
                        List.of("relay: viewer 7 received 3 packets of another viewer's SSRC")));
        assertThat(judge(Samples.load().build().withChecks(new LoadChecks(List.of(lost), AT_EASE, null))))
                .isEqualTo(new TrialOutcome.Measured());
    }
}
