package phasebench.relay.stream;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.Rtcp;
import phasebench.relay.rtp.TrackFormat;

/// Says which RTP timestamp of each track belongs to now, for sender reports (RFC 3550, section 6.4.1).
///
/// When every track's publisher has sent a report, those reports decide, so that audio and video stay as the
/// publisher had them; until then the unit that was least delayed does. The publisher's wall clock is moved onto
/// ours by one constant for all tracks. Any thread.
public final class MediaClock {
    /// A publisher's clock that strays this far from the constant was set anew.
    private static final long CLOCK_JUMP_NS = 10_000_000_000L;

    /// One moment on both clocks that a sender report names.
    ///
    /// @param ntpTimestamp 64 bits
    /// @param rtpTimestamp unsigned 32 bits, the publisher's
    public record Reading(long ntpTimestamp, long rtpTimestamp) {}

    private record Reference(long atNs, long rtpTimestamp) {}

    private final List<TrackFormat> tracks;
    private final Instant begin;
    private final long beginNs;
    private final @Nullable Reference[] byArrival;
    private final @Nullable Reference[] byReport;
    private @Nullable Long publisherOffsetNs;

    /// @param begin the wall clock's time at `beginNs`; from then on the monotonic clock is followed, so that all
    ///     reports of a stream agree whatever happens to the wall clock
    MediaClock(List<TrackFormat> tracks, Instant begin, long beginNs) {
        this.tracks = tracks;
        this.begin = begin;
        this.beginNs = beginNs;
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
        long ntpNs = (ntpTimestamp >>> 32) * 1_000_000_000L + (((ntpTimestamp & 0xffff_ffffL) * 1_000_000_000L) >>> 32);
        long offsetNs = nowNs - ntpNs;
        if (publisherOffsetNs == null || Math.abs(offsetNs - publisherOffsetNs) > CLOCK_JUMP_NS) {
            publisherOffsetNs = offsetNs;
            Arrays.fill(byReport, null);
        }
        byReport[track] = new Reference(ntpNs + publisherOffsetNs, rtpTimestamp);
    }

    /// Empty before the track's first unit.
    synchronized Optional<Reading> at(int track, long nowNs) {
        var reference = allReported() ? byReport[track] : byArrival[track];
        if (reference == null) {
            return Optional.empty();
        }
        long ntpTimestamp = Rtcp.ntpTimestamp(begin.plusNanos(nowNs - beginNs));
        return Optional.of(new Reading(ntpTimestamp, at(track, reference, nowNs) & 0xffff_ffffL));
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
