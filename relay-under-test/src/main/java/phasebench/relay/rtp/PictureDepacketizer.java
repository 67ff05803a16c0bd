package phasebench.relay.rtp;

import org.jspecify.annotations.Nullable;

/// What the video formats share: a picture ends at its marker or where the timestamp changes, and is given up when a
/// packet of it is missing.
///
/// After a gap it is unknown whether the packet at hand is the first of its picture, unless its payload says so.
abstract sealed class PictureDepacketizer implements Depacketizer permits H264Depacketizer, Vp8Depacketizer {
    /// Far above a key frame of any resolution that WebRTC carries; bounds what a publisher can make the relay keep.
    static final int PICTURE_BYTES_MAX = 8 << 20;

    private final Listener listener;
    private int sequenceExpected = -1;
    private boolean isGapPending;
    private boolean isOpen;
    private boolean isDamaged;
    private long pictureTimestamp;
    private long pictureArrivalNs;

    PictureDepacketizer(Listener listener) {
        this.listener = listener;
    }

    /// Whether this payload can only be the first of a picture.
    abstract boolean beginsPicture(byte[] rtp, int offset, int length);

    /// Adds a payload of at least one byte to the open picture; false if that spoils the picture.
    abstract boolean add(byte[] rtp, int offset, int length);

    /// The picture from all that was added, or null if that is not a whole picture or nothing.
    abstract @Nullable AccessUnit picture(long rtpTimestamp, long arrivalNs);

    /// Forgets what was added.
    abstract void clear();

    @Override
    public final void push(byte[] rtp, int length, long arrivalNs) {
        int payloadBytes = RtpHeader.payloadLength(rtp, length);
        if (payloadBytes < 0) {
            listener.dropped(IngestDrop.MALFORMED_RTP);
            return;
        }
        if (!takesItsTurn(RtpHeader.sequence(rtp))) {
            listener.dropped(IngestDrop.LATE_OR_DUPLICATE);
            return;
        }
        int offset = RtpHeader.headerLength(rtp, length);
        long timestamp = RtpHeader.timestamp(rtp);
        if (isOpen && timestamp != pictureTimestamp) {
            isDamaged |= isGapPending;
            finish();
        }
        if (payloadBytes > 0) {
            // the last to arrive need not be the last in order
            pictureArrivalNs = isOpen && arrivalNs - pictureArrivalNs < 0 ? pictureArrivalNs : arrivalNs;
            addToPicture(rtp, offset, payloadBytes, timestamp);
        }
        if (isOpen && RtpHeader.marker(rtp)) {
            isDamaged |= isGapPending;
            finish();
        }
    }

    final boolean drop(IngestDrop reason) {
        listener.dropped(reason);
        return false;
    }

    private boolean takesItsTurn(int sequence) {
        if (((sequence + 1) & 0xffff) == sequenceExpected) {
            return false;
        }
        isGapPending |= sequence != sequenceExpected;
        sequenceExpected = (sequence + 1) & 0xffff;
        return true;
    }

    private void addToPicture(byte[] rtp, int offset, int payloadBytes, long timestamp) {
        if (isOpen) {
            isDamaged |= isGapPending;
        } else {
            isOpen = true;
            isDamaged = isGapPending && !beginsPicture(rtp, offset, payloadBytes);
            pictureTimestamp = timestamp;
        }
        isGapPending = false;
        isDamaged = isDamaged || !add(rtp, offset, payloadBytes);
    }

    private void finish() {
        AccessUnit picture = isDamaged ? null : picture(pictureTimestamp, pictureArrivalNs);
        isOpen = false;
        isDamaged = false;
        clear();
        if (picture == null) {
            listener.dropped(IngestDrop.DAMAGED_ACCESS_UNIT);
        } else {
            listener.accessUnit(picture);
        }
    }
}
