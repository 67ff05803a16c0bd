package phasebench.reports.rundir;

/// One thing that was wrong with what viewers got in one window, beyond what the scenario's own impairments did.
///
/// @param count packets or frames, as the kind says; viewers for [Kind#LATE_VIEWER]
/// @param viewersAffected viewers that it happened to
/// @param text for a person, with the viewer that it happened to most
public record DeliveryFault(Kind kind, long count, int viewersAffected, String text) {
    /// What can be wrong.
    public enum Kind {
        /// Sequence numbers are missing.
        LOST,
        /// Frames are missing, but no sequence number is: they were lost before packets were numbered.
        LOST_BEFORE_NUMBERING,
        /// The last frames of the window did not come whole.
        TAIL_MISSING,
        REORDERED,
        DUPLICATED,
        /// Packets failed authentication.
        NOT_AUTHENTIC,
        /// Authentic packets differ from what was published.
        OTHER_CONTENT,
        /// Packets carry the SSRC of another viewer.
        OTHER_VIEWERS_PACKET,
        /// Packets carry an SSRC or a payload type of nobody's, or are no RTP.
        FOREIGN_PACKET,
        /// Timestamps lie between frames, or frames came that were not published yet.
        OFF_GRID,
        /// A viewer gets everything much later than others do.
        LATE_VIEWER,
        /// Nothing came for long, while frames were due.
        SILENCE;

        /// Whether the packets that viewers got are wrong, so that the relay did not do its work.
        public boolean isWrongDelivery() {
            return switch (this) {
                case NOT_AUTHENTIC, OTHER_CONTENT, OTHER_VIEWERS_PACKET, FOREIGN_PACKET, OFF_GRID -> true;
                case LOST, LOST_BEFORE_NUMBERING, TAIL_MISSING, REORDERED, DUPLICATED, LATE_VIEWER, SILENCE -> false;
            };
        }
    }
}
