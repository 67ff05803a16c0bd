package phasebench.relay.forward;

import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.plant.ViewerPlant;
import phasebench.relay.stream.LiveStream;
import phasebench.relay.stream.MediaUnit;
import phasebench.relay.stream.Viewer;

/// All that is sent to one viewer: its tracks, their sender reports, and packets it asks for again. Never blocks for
/// the stream. Owned by the thread that writes to the viewer.
public final class ViewerOutput implements OutboundTrack.PacketSink {
    private final LiveStream stream;
    private final ViewerEgress egress;
    private final RelayMetrics metrics;
    private final @Nullable OutboundTrack[] tracks;
    private final NackAnswer[] nackAnswers;
    private final ViewerPlant plant;

    public ViewerOutput(LiveStream stream, List<TrackPlan> plans, Forwarding forwarding, ViewerEgress egress) {
        this.stream = stream;
        this.egress = egress;
        this.metrics = forwarding.metrics();
        this.tracks = new OutboundTrack[stream.tracks().size()];
        this.nackAnswers = new NackAnswer[tracks.length];
        this.plant = forwarding.planted().forViewer();
        RandomGenerator random = new SecureRandom();
        for (var plan : plans) {
            tracks[plan.track()] = forwarding.track(plan, random, this);
            nackAnswers[plan.track()] = forwarding.nackAnswer(stream, plan, this);
        }
    }

    /// Makes a unit's packets and hands them to the sender; they need not be with the kernel before `flush`.
    ///
    /// @return whether it was the first of its track, whose sender report is out as well
    public boolean forward(MediaUnit unit) {
        var track = tracks[unit.track()];
        if (track == null) {
            return false;
        }
        boolean isFirst = track.packetCount() == 0;
        track.forward(unit);
        plant.endOfUnit();
        egress.endOfUnit();
        if (isFirst && track.packetCount() > 0) {
            // at once, so that audio and video are in step from the start and not an interval later
            egress.flush();
            senderReport(unit.track());
            return true;
        }
        return false;
    }

    /// Hands all packets to the kernel.
    public void flush() {
        egress.flush();
    }

    public void senderReport(int trackIndex) {
        var track = tracks[trackIndex];
        var now = track == null ? null : stream.clockNow(trackIndex).orElse(null);
        if (track != null && now != null && egress.rtcp(SenderReports.build(track, now))) {
            metrics.increment(RelayCounter.RTCP_SR_OUT);
        }
    }

    /// Sends packets again that the viewer asks for, as far as they are kept.
    public void nack(Viewer.Nack nack) {
        for (int i = 0; i < tracks.length; i++) {
            var track = tracks[i];
            if (track != null && track.plan().ssrc() == nack.ssrc()) {
                for (int sequence : nack.sequences()) {
                    if (!nackAnswers[i].resend(track, sequence)) {
                        metrics.increment(RelayCounter.NACKS_UNANSWERED);
                    }
                }
            }
        }
    }

    /// Lets go of all memory; the viewer has left.
    public void close() {
        for (var answer : nackAnswers) {
            if (answer != null) {
                answer.close();
            }
        }
        egress.close();
    }

    @Override
    public void rtp(OutboundTrack track, PlainPacket packet, int sequence) {
        nackAnswers[track.plan().track()].sent(packet, sequence);
        plant.packet(packet.length());
        egress.rtp(packet);
    }

    @Override
    public void retransmission(PlainPacket packet) {
        if (egress.retransmission(packet)) {
            metrics.increment(RelayCounter.RTP_RETRANSMISSIONS_OUT);
        }
    }
}
