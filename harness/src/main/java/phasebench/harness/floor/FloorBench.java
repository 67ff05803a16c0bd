package phasebench.harness.floor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import phasebench.harness.machine.Libcrypto;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.FloorKind;

/// Measures every kind of floor, interleaved: a round does each kind once, so that what disturbs the machine for a
/// while disturbs all of them. Whatever cannot be done here becomes a reading that says why.
final class FloorBench implements AutoCloseable {
    private static final List<String> SINKS = List.of(FloorKind.DROPPED, FloorKind.QUEUED);

    /// Of kinds that rest before each round; a round of all of them takes some 0.9 s.
    private static final int PACED_ROUNDS = 5;

    private static final Duration PACED_TIME = Duration.ofSeconds(4);

    private final Limits limits;
    private final FloorPackets packets = new FloorPackets();
    private final MemorySegment slab = Arena.global().allocate(64L * PacketLoop.SLOT_BYTES, 64);
    private final Map<String, Available<SinkSockets>> sinks = new LinkedHashMap<>();
    private final Map<FloorKind, Available<List<PacketProtector>>> protectors = new LinkedHashMap<>();
    private final List<Work> works = new ArrayList<>();
    private final List<Work> paced = new ArrayList<>();
    private final List<Runnable> closers = new ArrayList<>();

    /// How long to go on.
    ///
    /// @param protectorRounds of the JDK's protection alone, 1600 packets in each, before anything counts
    /// @param protectorWarmUp time after which that ends in any case
    /// @param warmUpRounds of every kind, before those that count
    /// @param roundsMax wanted
    /// @param rounds time after which no further round begins
    record Limits(int protectorRounds, Duration protectorWarmUp, int warmUpRounds, int roundsMax, Duration rounds) {
        /// AES-GCM of the JDK 25.0.3 gets its last factor of 1.8 after 220 000 packets (0.94 to 0.52 us), however long
        /// they take. A quiet core needs 0.1 s for a round of every kind.
        static final Limits DEFAULT = new Limits(160, Duration.ofMillis(2200), 3, 15, Duration.ofMillis(2200));

        /// The same times with other numbers of rounds.
        Limits ofRounds(int protectors, int measured) {
            return new Limits(protectors, protectorWarmUp, Math.min(protectors, warmUpRounds), measured, rounds);
        }
    }

    /// Something, or the reason why it is not to be had.
    private sealed interface Available<T> {
        record Yes<T>(T value) implements Available<T> {}

        record No<T>(String reason) implements Available<T> {}
    }

    /// Makes something that a machine may not have.
    private interface Maker<T> {
        T make() throws IOException, GeneralSecurityException;
    }

    FloorBench(Limits limits) {
        this.limits = limits;
    }

    FloorEvidence measure() throws IOException {
        prepare();
        List<Work> slowToWarm = works.stream().filter(Work::isProtectionByJdk).toList();
        run(slowToWarm, limits.protectorRounds, limits.protectorWarmUp, Work::warmUp);
        run(works, limits.warmUpRounds, limits.rounds, Work::warmUp);
        run(works, limits.roundsMax, limits.rounds, Work::measure);
        // what is warm by now is what rests
        run(paced, Math.min(limits.roundsMax, PACED_ROUNDS), PACED_TIME, Work::measure);
        return new FloorEvidence(
                FloorEvidence.SCHEMA_VERSION,
                FloorPackets.PACKET_BYTES,
                PacketLoop.DESTINATIONS,
                FloorPackets.FRAME_PACKETS,
                PacketLoop.PACKETS,
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                switch (Libcrypto.load()) {
                    case Libcrypto.Loaded loaded -> loaded.text();
                    case Libcrypto.Missing(String reason) -> reason;
                },
                Stream.concat(works.stream(), paced.stream()).map(Work::reading).toList(),
                null);
    }

    /// One thing done to a kind's work in a round.
    private interface Step {
        void on(Work work);
    }

    private static void run(List<Work> each, int roundsMax, Duration timeMax, Step step) {
        long untilNs = System.nanoTime() + timeMax.toNanos();
        List<Work> order = new ArrayList<>(each);
        for (int round = 0; round < roundsMax && (round == 0 || System.nanoTime() < untilNs); round++) {
            order.forEach(step::on);
            // what follows upon what changes from round to round
            Collections.rotate(order, 7);
        }
    }

    private void prepare() throws IOException {
        DatagramCalls calls = DatagramCalls.linked();
        sinks.put(FloorKind.DROPPED, attempt(() -> kept(SinkSockets.dropping(calls, PacketLoop.DESTINATIONS))));
        sinks.put(FloorKind.QUEUED, attempt(() -> kept(SinkSockets.queueing(calls, PacketLoop.DESTINATIONS))));
        sinks.put(FloorKind.PACED, Objects.requireNonNull(sinks.get(FloorKind.QUEUED)));
        prepareProtectors();
        int socket = calls.open();
        closers.add(() -> calls.close(socket));
        List<FloorKind> sendings = new ArrayList<>();
        for (String sink : SINKS) {
            sendings.add(FloorKind.sending("single", 1, sink));
            sendings.add(FloorKind.sending("batch", FloorKind.BATCH_PACKETS, sink));
            sendings.add(FloorKind.sending("gso", FloorKind.GSO_SEGMENTS, sink));
            works.addAll(sendings.subList(sendings.size() - 3, sendings.size()).stream()
                    .map(kind -> sending(calls, socket, kind, unprotected()))
                    .toList());
            works.add(
                    sending(calls, socket, FloorKind.sending("gso", 2 * FloorKind.GSO_SEGMENTS, sink), unprotected()));
        }
        protectors.forEach((kind, made) -> works.add(protecting(kind, made)));
        protectors.forEach((kind, made) ->
                sendings.forEach(sending -> works.add(sending(calls, socket, kind.and(sending), made))));
        protectors.forEach((kind, made) -> sendings.stream()
                .filter(sending -> FloorKind.QUEUED.equals(sending.sink()))
                .map(sending -> sending.withSink(FloorKind.PACED))
                .forEach(sending -> paced.add(sending(calls, socket, kind.and(sending), made))));
    }

    private SinkSockets kept(SinkSockets sockets) {
        closers.add(sockets::close);
        return sockets;
    }

    private static Available<List<PacketProtector>> unprotected() {
        return new Available.Yes<>(Collections.nCopies(PacketLoop.DESTINATIONS, PacketProtector.NONE));
    }

    private void prepareProtectors() {
        protectors.put(FloorKind.protecting("aes-gcm", "jce"), forEach(keys -> new JceGcm(packets, keys)));
        protectors.put(FloorKind.protecting("aes-cm-sha1", "jce"), forEach(keys -> new JceCounterMode(packets, keys)));
        protectors.put(
                FloorKind.protecting("aes-gcm", "openssl"),
                checked(keys -> new OpenSslGcm(packets, keys), keys -> new JceGcm(packets, keys)));
        protectors.put(
                FloorKind.protecting("aes-cm-sha1", "openssl"),
                checked(keys -> new OpenSslCounterMode(packets, keys), keys -> new JceCounterMode(packets, keys)));
    }

    private interface ProtectorMaker {
        PacketProtector make(SessionKeys keys) throws IOException, GeneralSecurityException;
    }

    private static Available<List<PacketProtector>> forEach(ProtectorMaker maker) {
        return attempt(() -> {
            List<PacketProtector> made = new ArrayList<>();
            for (int i = 0; i < PacketLoop.DESTINATIONS; i++) {
                made.add(maker.make(SessionKeys.ofDestination(i)));
            }
            return List.copyOf(made);
        });
    }

    /// A library whose packets are not those of the JDK has no price.
    private Available<List<PacketProtector>> checked(ProtectorMaker maker, ProtectorMaker reference) {
        return attempt(() -> {
            SessionKeys keys = SessionKeys.ofDestination(0);
            PacketProtector ours = maker.make(keys);
            PacketProtector theirs = reference.make(keys);
            for (int packet = 0; packet < FloorPackets.FRAME_PACKETS; packet++) {
                if (!bytes(ours, packet).equals(bytes(theirs, packet))) {
                    throw new IOException("its packets differ from those of the JDK");
                }
            }
            return switch (forEach(maker)) {
                case Available.Yes<List<PacketProtector>>(var made) -> made;
                case Available.No<List<PacketProtector>>(String reason) -> throw new IOException(reason);
            };
        });
    }

    private List<Byte> bytes(PacketProtector protector, int packet) {
        int length = protector.protect(packet, slab, 0);
        List<Byte> bytes = new ArrayList<>();
        for (byte each : slab.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE)) {
            bytes.add(each);
        }
        return bytes;
    }

    private Work protecting(FloorKind kind, Available<List<PacketProtector>> made) {
        return switch (made) {
            case Available.No<List<PacketProtector>>(String reason) -> new Work(kind, reason);
            case Available.Yes<List<PacketProtector>>(var each) ->
                new Work(kind, new PacketLoop.Protecting(each, slab), null);
        };
    }

    private Work sending(DatagramCalls calls, int socket, FloorKind kind, Available<List<PacketProtector>> made) {
        if (made instanceof Available.No<List<PacketProtector>>(String reason)) {
            return new Work(kind, reason);
        }
        return switch (Objects.requireNonNull(sinks.get(kind.sink()))) {
            case Available.No<SinkSockets>(String reason) -> new Work(kind, reason);
            case Available.Yes<SinkSockets>(var sockets) -> {
                List<PacketProtector> each = ((Available.Yes<List<PacketProtector>>) made).value();
                PacketLoop.Wire wire = new PacketLoop.Wire(calls, socket, sockets);
                yield new Work(kind, loop(kind, wire, each), sockets);
            }
        };
    }

    private PacketLoop loop(FloorKind kind, PacketLoop.Wire wire, List<PacketProtector> each) {
        return switch (String.valueOf(kind.send())) {
            case "single" -> new PacketLoop.Single(wire, each, slab);
            case "batch" -> PacketLoop.Batch.of(wire, each, kind.packetsPerCall());
            case "gso" -> PacketLoop.Gso.of(wire, each, kind.packetsPerCall());
            default -> throw new IllegalArgumentException("no way to send: " + kind.send());
        };
    }

    private static <T> Available<T> attempt(Maker<T> maker) {
        try {
            return new Available.Yes<>(maker.make());
        } catch (IOException | GeneralSecurityException e) {
            return new Available.No<>(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        closers.forEach(Runnable::run);
    }
}
