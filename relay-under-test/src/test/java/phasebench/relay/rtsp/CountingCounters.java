package phasebench.relay.rtsp;

import java.util.Map;
import java.util.TreeMap;
import phasebench.relay.rtp.IngestDrop;

/// Counts by name.
final class CountingCounters implements RtspCounters {
    private final Map<String, Long> counts = new TreeMap<>();

    @Override
    public void rtpPacketIn(int packetBytes) {
        add("rtp", 1);
        add("rtp_bytes", packetBytes);
    }

    @Override
    public void rtcpPacketIn(String type) {
        add("rtcp_in_" + type, 1);
    }

    @Override
    public void rtcpPacketOut(String type) {
        add("rtcp_out_" + type, 1);
    }

    @Override
    public void dropped(IngestDrop reason) {
        add(reason.label(), 1);
    }

    @Override
    public void socketOpened() {
        add("sockets", 1);
    }

    @Override
    public void socketClosed() {
        add("sockets", -1);
    }

    @Override
    public void timerFired() {
        add("timer", 1);
    }

    synchronized long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    @Override
    public synchronized String toString() {
        return counts.toString();
    }

    private synchronized void add(String name, long amount) {
        counts.merge(name, amount, Long::sum);
    }
}
