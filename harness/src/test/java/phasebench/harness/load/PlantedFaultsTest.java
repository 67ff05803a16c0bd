package phasebench.harness.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import phasebench.harness.load.viewer.ReflectorRelay;
import phasebench.harness.load.viewer.ReflectorRelay.Mood;
import phasebench.harness.load.viewer.ReflectorSession;
import phasebench.harness.load.viewer.ReflectorSession.Fault;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.harness.load.wire.SrtpProfile;
import phasebench.reports.rundir.DeliveryFault;
import phasebench.reports.rundir.DeliveryFault.Kind;
import phasebench.reports.rundir.LoadChecks;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.scenarios.AudioSpec;
import phasebench.scenarios.Drive;
import phasebench.scenarios.Impairment;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;

/// Faults planted in a relay are found, each under its own name and no other; every packet is decrypted.
@Timeout(60)
class PlantedFaultsTest {
    private static final int VIEWERS = 4;
    private static final MediaSource SOURCE = new MediaSource.Synthetic(30, 8, 300);
    private static final Duration DRAIN = Duration.ofMillis(500);

    /// Does something to a relay whose viewers are there.
    interface Act {
        void on(ReflectorRelay relay) throws Exception;
    }

    /// @param before planted before the window
    /// @param within planted when the window has begun
    /// @param names what must be found
    /// @param text what the first finding says
    record Case(String fault, int windowMillis, Act before, Act within, Set<Kind> names, String text) {
        @Override
        public String toString() {
            return fault;
        }
    }

    private static final Act NOTHING = relay -> {};

    private static Case within(String fault, Act within, Kind name, String text) {
        return new Case(fault, 600, NOTHING, within, Set.of(name), text);
    }

    private static Act plant(Fault fault, int count, Predicate<byte[]> packets) {
        return relay -> {
            Thread.sleep(100);
            relay.session(1).plant(fault, count, packets);
        };
    }

    private static boolean isMiddle(byte[] packet) {
        return !RtpHeader.marker(packet);
    }

    /// The packets of one frame, the second that comes.
    private static Predicate<byte[]> oneFrame() {
        AtomicLong markers = new AtomicLong();
        return packet -> (RtpHeader.marker(packet) ? markers.getAndIncrement() : markers.get()) == 1;
    }

    /// One packet in ten thousand, over all sessions that have it.
    private static Predicate<byte[]> oneInTenThousand() {
        AtomicLong packets = new AtomicLong();
        return _ -> packets.incrementAndGet() % 10_000 == 5_000;
    }

    static Stream<Case> faults() {
        return Stream.of(
                within(
                        "swaps two",
                        plant(Fault.SWAP_WITH_NEXT, 1, PlantedFaultsTest::isMiddle),
                        Kind.REORDERED,
                        "viewer N got 1 packets after a later one"),
                within(
                        "repeats one",
                        plant(Fault.REPEAT, 1, PlantedFaultsTest::isMiddle),
                        Kind.DUPLICATED,
                        "viewer N got 1 packets once more"),
                within(
                        "corrupts a byte under a valid header",
                        plant(Fault.CORRUPT, 1, PlantedFaultsTest::isMiddle),
                        Kind.NOT_AUTHENTIC,
                        "viewer N: 1 packets failed authentication"),
                within(
                        "corrupts a byte before protection",
                        plant(Fault.WRONG_CONTENT, 1, PlantedFaultsTest::isMiddle),
                        Kind.OTHER_CONTENT,
                        "viewer N: 1 authentic packets differ from what was published"),
                within(
                        "sends another viewer's packet",
                        relay -> relay.misdeliver(0, 1, 3),
                        Kind.OTHER_VIEWERS_PACKET,
                        "viewer N received 3 packets of another viewer's SSRC"),
                within(
                        "drops a frame before numbering",
                        plant(Fault.DROP_BEFORE_NUMBERING, 8, oneFrame()),
                        Kind.LOST_BEFORE_NUMBERING,
                        "viewer N: 1 frames are missing without a gap in the sequence numbers: lost before numbering"),
                within(
                        "drops a marker before numbering",
                        plant(Fault.DROP_BEFORE_NUMBERING, 1, RtpHeader::marker),
                        Kind.LOST_BEFORE_NUMBERING,
                        "viewer N: 1 frames are missing without a gap in the sequence numbers: lost before numbering"),
                within(
                        "drops the middle of a frame before numbering",
                        plant(Fault.DROP_BEFORE_NUMBERING, 1, PlantedFaultsTest::isMiddle),
                        Kind.LOST_BEFORE_NUMBERING,
                        "viewer N: 1 frames are missing without a gap in the sequence numbers: lost before numbering"),
                new Case(
                        "drops the last packets of the window",
                        600,
                        NOTHING,
                        relay -> {
                            Thread.sleep(510);
                            relay.session(1).plant(Fault.DROP, Integer.MAX_VALUE, _ -> true);
                        },
                        Set.of(Kind.TAIL_MISSING),
                        "viewer N: the last "),
                new Case(
                        "delays one viewer by 200 ms",
                        600,
                        relay -> relay.delay(1, Duration.ofMillis(200)),
                        NOTHING,
                        Set.of(Kind.LATE_VIEWER),
                        "viewer N gets its packets 2"),
                new Case(
                        "stops for 2 s",
                        3000,
                        NOTHING,
                        relay -> {
                            Thread.sleep(200);
                            relay.pause(Duration.ofSeconds(2));
                        },
                        Set.of(Kind.SILENCE),
                        "got nothing for "),
                new Case(
                        "sends a packet under another SSRC",
                        600,
                        NOTHING,
                        plant(Fault.WRONG_SSRC, 1, PlantedFaultsTest::isMiddle),
                        Set.of(Kind.LOST, Kind.FOREIGN_PACKET),
                        "viewer N lost 1 packets"));
    }

    /// One fault in each of the first sessions.
    private static Act onEach(List<Fault> faults, List<Integer> counts) {
        return relay -> {
            Thread.sleep(100);
            for (int i = 0; i < faults.size(); i++) {
                relay.session(i).plant(faults.get(i), counts.get(i), ReflectorSession::isAudio);
            }
        };
    }

    /// Of the sound alone, each in another viewer's session.
    static Stream<Case> faultsOfSound() {
        return Stream.of(
                new Case(
                        "loses, drops before numbering, corrupts and changes sound",
                        600,
                        NOTHING,
                        onEach(
                                List.of(Fault.DROP, Fault.DROP_BEFORE_NUMBERING, Fault.CORRUPT, Fault.WRONG_CONTENT),
                                List.of(2, 1, 1, 1)),
                        Set.of(Kind.LOST, Kind.LOST_BEFORE_NUMBERING, Kind.NOT_AUTHENTIC, Kind.OTHER_CONTENT),
                        "viewer N (audio) lost 2 packets"),
                new Case(
                        "swaps, repeats and ends sound, and sends it under another SSRC",
                        600,
                        NOTHING,
                        relay -> {
                            onEach(List.of(Fault.SWAP_WITH_NEXT, Fault.REPEAT, Fault.WRONG_SSRC), List.of(1, 1, 1))
                                    .on(relay);
                            Thread.sleep(410);
                            relay.session(3).plant(Fault.DROP, Integer.MAX_VALUE, ReflectorSession::isAudio);
                        },
                        Set.of(Kind.LOST, Kind.TAIL_MISSING, Kind.REORDERED, Kind.DUPLICATED, Kind.FOREIGN_PACKET),
                        "viewer N (audio) lost 1 packets"));
    }

    @ParameterizedTest
    @MethodSource("faultsOfSound")
    void aRelayThatToSound(Case planted) throws Exception {
        StreamSpec camera = new StreamSpec("cam", SOURCE, Transport.TCP, AudioSpec.DEFAULT);
        Scenario scenario = scenario(VIEWERS, camera, planted.windowMillis());
        LoadEvidence load = run(scenario, List.of(), planted.before(), planted.within());

        assertThat(names(load)).isEqualTo(planted.names());
        assertThat(faultsOf(load).getFirst().text().replaceFirst("viewer \\d+", "viewer N"))
                .contains(planted.text());
        assertThat(faultsOf(load)).allSatisfy(fault -> {
            assertThat(fault.text()).contains(" (audio)");
            assertThat(fault.viewersAffected()).isEqualTo(1);
        });
        assertThat(load.packetsVerified()).isEqualTo(load.packetsReceived());
    }

    private static Scenario scenario(int viewers, StreamSpec camera, int windowMillis) {
        TrialTiming timing =
                new TrialTiming(Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(windowMillis), DRAIN);
        return new Scenario("faults", "", List.of(camera), new ViewerLoad(viewers, 1, 1), new Drive.Open(), timing);
    }

    private static Scenario scenario(int windowMillis) {
        return scenario(VIEWERS, new StreamSpec("cam", SOURCE, Transport.TCP), windowMillis);
    }

    private static LoadEvidence run(Scenario scenario, List<Impairment> impairments, Act before, Act within)
            throws Exception {
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.WILLING);
                LoadRun run = new LoadRun(
                        scenario.withImpairments(impairments), new LoadTargets(relay.rtspUri(), relay.httpUri()), 7)) {
            run.publish();
            run.ramp();
            before.on(relay);
            Thread.sleep(300); // what was planted before has its effect from the first frame on
            run.beginWindow();
            within.on(relay);
            return run.endWindow(DRAIN);
        }
    }

    private static List<DeliveryFault> faultsOf(LoadEvidence load) {
        LoadChecks checks = load.checks();
        assertThat(checks).isNotNull();
        return checks == null ? List.of() : checks.faults();
    }

    private static Set<Kind> names(LoadEvidence load) {
        return faultsOf(load).stream().map(DeliveryFault::kind).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aRelayThat(Case planted) throws Exception {
        LoadEvidence load = run(scenario(planted.windowMillis()), List.of(), planted.before(), planted.within());

        assertThat(names(load)).isEqualTo(planted.names());
        // the order of offers, by which sessions are numbered, need not be that of viewers
        assertThat(faultsOf(load).getFirst().text().replaceFirst("viewer \\d+", "viewer N"))
                .contains(planted.text());
        assertThat(load.packetsVerified()).isEqualTo(load.packetsReceived());
    }

    @Test
    void aRelayThatDropsOneInTenThousand() throws Exception {
        StreamSpec dense = new StreamSpec("cam", new MediaSource.Synthetic(30, 40, 200), Transport.TCP);
        Scenario scenario = scenario(8, dense, 2000);
        AtomicLong dropped = new AtomicLong();
        Predicate<byte[]> rare = oneInTenThousand();
        LoadEvidence load = run(scenario, List.of(), NOTHING, relay -> {
            for (int i = 0; i < 8; i++) {
                relay.session(i).plant(Fault.DROP, Integer.MAX_VALUE, packet -> {
                    boolean isDropped = rare.test(packet);
                    dropped.addAndGet(isDropped ? 1 : 0);
                    return isDropped;
                });
            }
        });

        assertThat(load.packetsReceived() + load.packetsLost()).isEqualTo(8 * 40 * 60);
        assertThat(load.packetsLost()).isBetween(1L, dropped.get());
        assertThat(names(load)).isEqualTo(Set.of(Kind.LOST));
        assertThat(faultsOf(load).getFirst().count()).isEqualTo(load.packetsLost());
    }

    @Test
    void aStopOfTwoSecondsShowsInTheLatencyOfAllThatWasDueMeanwhile() throws Exception {
        LoadEvidence load = run(scenario(3000), List.of(), NOTHING, relay -> {
            Thread.sleep(500);
            relay.pause(Duration.ofSeconds(2));
        });

        assertThat(load.latency().latencyNsMax()).isBetween(1_800_000_000L, 2_600_000_000L);
        // two of three seconds were stopped, and what was due then waited a second in the mean
        assertThat(load.latency().latencyNsP50()).isGreaterThan(200_000_000L);
        assertThat(load.packetsLost()).isZero();
        assertThat(load.framesComplete()).isEqualTo(load.framesExpected());
    }

    @ParameterizedTest
    @EnumSource
    void aCleanRelayIsAccusedOfNothing(SrtpProfile profile) throws Exception {
        try (ReflectorRelay relay = new ReflectorRelay(profile, Mood.WILLING);
                LoadRun run = new LoadRun(scenario(1000), new LoadTargets(relay.rtspUri(), relay.httpUri()), 7)) {
            run.publish();
            run.ramp();
            for (int window = 0; window < 2; window++) {
                run.beginWindow();
                relay.sendReport();
                assertThat(faultsOf(run.endWindow(DRAIN))).isEmpty();
            }
        }
    }

    @Test
    void whatTheNetworkTakesIsNotLaidOnTheRelayButTheRestIs() throws Exception {
        Impairment network = new Impairment(
                0.1, 3, Duration.ZERO, Duration.ZERO, 0.05, 0.05, null, phasebench.scenarios.Direction.MEDIA);
        LoadEvidence clean = run(scenario(1000), List.of(network), NOTHING, NOTHING);
        LoadEvidence faulty = run(scenario(1000), List.of(network), NOTHING, relay -> {
            Thread.sleep(100);
            relay.session(1).plant(Fault.DROP, 60, _ -> true);
        });

        assertThat(clean.packetsLost()).isGreaterThan(20);
        // what is lost in the frames beside the window may be read as lost in it
        assertThat(clean.packetsLost() - clean.packetsLostToImpairment()).isBetween(0L, 3L);
        assertThat(faultsOf(clean)).isEmpty();
        assertThat(names(faulty)).contains(Kind.LOST);
    }
}
