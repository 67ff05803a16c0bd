package phasebench.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.RtcpPacket;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.rtp.TrackFormat;

/// One track as a viewer got it: packets are put back into order, and what is missing holds up all behind it until it
/// comes or is abandoned. The receiving thread fills it; any thread reads.
final class ReceivedTrack {
    /// A sender report and when it came.
    record Report(RtcpPacket.SenderReport report, long atNs) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Packet(boolean isMarked, long timestamp, byte[] payload) {}

    private final TrackFormat format;
    private final List<AccessUnit> units = new CopyOnWriteArrayList<>();
    private final List<Report> reports = new CopyOnWriteArrayList<>();

    /// By extended number; null for an abandoned one. Guarded by this, as all below.
    private final SortedMap<Long, @Nullable Packet> waiting = new TreeMap<>();

    private final List<Packet> unit = new ArrayList<>();
    private long next = -1;
    private long highest = -1;
    private int packetCount;
    private int gaps;
    private boolean isDamaged;
    private int damagedUnits;
    private volatile long ssrc = -1;

    ReceivedTrack(TrackFormat format) {
        this.format = format;
    }

    synchronized void packet(byte[] rtp, int length) {
        ssrc = RtpHeader.ssrc(rtp);
        int sequence = RtpHeader.sequence(rtp);
        if (next < 0) {
            next = sequence;
            highest = sequence - 1L;
        }
        long number = highest + (short) (sequence - highest);
        if (number > highest) {
            gaps += (int) (number - highest - 1);
            highest = number;
        }
        packetCount++;
        if (number >= next) {
            var payload = new byte[RtpHeader.payloadLength(rtp, length)];
            System.arraycopy(rtp, RtpHeader.headerLength(rtp, length), payload, 0, payload.length);
            waiting.put(number, new Packet(RtpHeader.marker(rtp), RtpHeader.timestamp(rtp), payload));
            drain();
        }
    }

    void report(RtcpPacket.SenderReport report) {
        if (report.ssrc() == ssrc) {
            reports.add(new Report(report, System.nanoTime()));
        }
    }

    /// Extended numbers of packets behind which others have come.
    synchronized List<Long> missing() {
        var missing = new ArrayList<Long>();
        for (long number = next; number >= 0 && number < highest; number++) {
            if (!waiting.containsKey(number)) {
                missing.add(number);
            }
        }
        return missing;
    }

    /// Waits for a missing packet no longer: its unit is lost.
    synchronized void abandon(long number) {
        if (number >= next) {
            waiting.putIfAbsent(number, null);
            drain();
        }
    }

    private void drain() {
        while (!waiting.isEmpty() && waiting.firstKey() == next) {
            var packet = waiting.remove(next++);
            if (packet == null) {
                isDamaged = true;
            } else {
                add(packet);
            }
        }
    }

    /// An Opus packet is a unit; the last packet of a picture has the marker.
    private void add(Packet packet) {
        if (!unit.isEmpty() && unit.getFirst().timestamp() != packet.timestamp()) {
            isDamaged = true; // the end is lost, and perhaps the begin of what follows
            finish();
            isDamaged = true;
        }
        unit.add(packet);
        if (packet.isMarked() || format instanceof TrackFormat.Opus) {
            finish();
        }
    }

    private void finish() {
        if (isDamaged) {
            damagedUnits++;
        } else {
            var payloads = unit.stream().map(Packet::payload).toList();
            units.add(Depacketizing.unit(format, payloads, unit.getFirst().timestamp()));
        }
        unit.clear();
        isDamaged = false;
    }

    List<AccessUnit> units() {
        return units;
    }

    List<Report> reports() {
        return reports;
    }

    /// Numbers that were jumped over, whether their packets came later or not.
    synchronized int gaps() {
        return gaps;
    }

    /// Packets that came, each once.
    synchronized int packetCount() {
        return packetCount;
    }

    /// Units of which a packet was abandoned, or may have been.
    synchronized int damagedUnits() {
        return damagedUnits;
    }

    long ssrc() {
        return ssrc;
    }

    /// Of the newest packet, 16 bits.
    synchronized int lastSequence() {
        return (int) highest & 0xffff;
    }
}
