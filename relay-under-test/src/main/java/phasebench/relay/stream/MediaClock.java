package phasebench.relay.stream;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.TrackFormat;

/// Says which RTP timestamp of each track belongs to now, for sender reports (RFC 3550, section 6.4.1).
///
/// When every track's publisher has sent a report, those reports decide, so that audio and video stay as the
/// publisher had them; until then the unit that was least delayed does. The publisher's wall clock is moved onto
/// ours by one constant for all tracks. Any thread.
final class MediaClock {
    /// A publisher's clock that strays this far from the constant was set anew.
    private static final long CLOCK_JUMP_NS = 10_000_000_000L;

    private record Reference(long atNs, long rtpTimestamp) {}

    private final List<TrackFormat> tracks;
    private final @Nullable Reference[] byArrival;
    private final @Nullable Reference[] byReport;
    private @Nullable Long publisherOffsetNs;

    MediaClock(List<TrackFormat> tracks) {
        this.tracks = tracks;
        this.byArrival = new Reference[tracks.size()];
        this.byReport = new Reference[tracks.size()];
    }

    synchronized void arrival(int track, long rtpTimestamp, long arrivalNs) {
        var known = byArrival[track];
        if (known == null || signedTicks(rtpTimestamp - at(track, known, arrivalNs)) > 0) {
            byArrival[track] = new Reference(arrivalNs, rtpTimestamp);
        }
    }

    synchronized void senderReport(int track, long ntpTimestamp, long rtpTimestamp, long nowNs) {
        long ntpNs = (ntpTimestamp >>> 32) * 1_000_000_000L + ((ntpTimestamp & 0xffff_ffffL) * 1_000_000_000L >>> 32);
        long offsetNs = nowNs - ntpNs;
        if (publisherOffsetNs == null || Math.abs(offsetNs - publisherOffsetNs) > CLOCK_JUMP_NS) {
            publisherOffsetNs = offsetNs;
            java.util.Arrays.fill(byReport, null);
        }
        byReport[track] = new Reference(ntpNs + publisherOffsetNs, rtpTimestamp);
    }

    /// @return unsigned 32 bits, or empty before the track's first unit
    synchronized OptionalLong rtpTimestampAt(int track, long nowNs) {
        var reference = allReported() ? byReport[track] : byArrival[track];
        return reference == null ? OptionalLong.empty() : OptionalLong.of(at(track, reference, nowNs) & 0xffff_ffffL);
    }

    private boolean allReported() {
        for (var reference : byReport) {
            if (reference == null) {
                return false;
            }
        }
        return true;
    }

    private long at(int track, Reference reference, long nowNs) {
        long elapsedUs = (nowNs - reference.atNs()) / 1000;
        return reference.rtpTimestamp() + elapsedUs * tracks.get(track).clockRate() / 1_000_000;
    }

    private static int signedTicks(long difference) {
        return (int) difference;
    }
}
