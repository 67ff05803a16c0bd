package phasebench.relay.dtls;

import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;

/// What is left of DTLS once it has delivered its keys, in some hundred bytes instead of Bouncy Castle's
/// tens of thousands: it hears the peer's alerts, says close_notify, and as a server repeats its last
/// flight for a client that did not get it, for as long as the session lives (RFC 6347, section 4.2.4, asks
/// for 4 minutes).
///
/// Guarded by its session's lock.
final class DtlsAssociation {
    private static final byte[] CLOSE_NOTIFY = {(byte) AlertLevel.warning, (byte) AlertDescription.close_notify};
    private static final byte[] CHANGE_CIPHER_SPEC = {1};
    private static final byte FINISHED = 20;

    private final RecordCipher sending;
    private final RecordCipher receiving;

    /// Our Finished, if it ended the handshake; otherwise empty.
    private final byte[] finished;

    private long nextPlain;
    private long nextProtected;

    /// What a datagram of the peer's calls for.
    ///
    /// @param isEnd whether the peer has ended the session
    /// @param replies datagrams to be sent
    record Heard(boolean isEnd, List<byte[]> replies) {
        static final Heard NOTHING = new Heard(false, List.of());
        static final Heard END = new Heard(true, List.of());

        Heard {
            replies = List.copyOf(replies);
        }
    }

    /// @param role ours
    DtlsAssociation(DtlsSession.Role role, RecordCipher sending, RecordCipher receiving, SentRecords sent) {
        this.sending = sending;
        this.receiving = receiving;
        this.nextPlain = sent.nextPlain();
        this.nextProtected = sent.nextProtected();
        byte[] record = role == DtlsSession.Role.SERVER ? sent.finished() : new byte[0];
        byte[] opened = record.length == 0 ? record : sending.open(record, 0);
        if (opened == null) {
            throw new IllegalStateException("our Finished is not made with our key");
        }
        this.finished = opened;
    }

    /// Takes a datagram of whole records; whatever is not authentic is passed over.
    Heard hear(byte[] datagram, int length) {
        int offset = 0;
        boolean isAskedAgain = false;
        while (offset < length) {
            if (isEnd(datagram, offset)) {
                return Heard.END;
            }
            isAskedAgain |= isFinished(datagram, offset);
            offset = DtlsRecords.end(datagram, offset);
        }
        return isAskedAgain && finished.length > 0 ? new Heard(false, lastFlight()) : Heard.NOTHING;
    }

    /// The record that ends the session.
    byte[] closeNotify() {
        return sending.seal(DtlsRecords.ALERT, nextProtected++, CLOSE_NOTIFY);
    }

    /// A close_notify, or any alert that is fatal.
    private boolean isEnd(byte[] datagram, int offset) {
        byte[] alert = open(DtlsRecords.ALERT, datagram, offset);
        return alert.length == 2 && (alert[0] == AlertLevel.fatal || alert[1] == (byte) AlertDescription.close_notify);
    }

    /// The end of the client's flight: it sends that again when it has not got the server's answer.
    private boolean isFinished(byte[] datagram, int offset) {
        byte[] message = open(DtlsRecords.HANDSHAKE, datagram, offset);
        return message.length > 0 && message[0] == FINISHED;
    }

    /// Empty if it is another type, of another epoch, or not authentic.
    private byte[] open(byte type, byte[] datagram, int offset) {
        if (datagram[offset] != type || !DtlsRecords.isOfFirstKeys(datagram, offset)) {
            return new byte[0];
        }
        byte[] content = receiving.open(datagram, offset);
        return content == null ? new byte[0] : content;
    }

    /// ChangeCipherSpec and Finished, as before but for their sequence numbers, which are new (RFC 6347,
    /// section 4.2.4). In datagrams of their own: a client on Bouncy Castle that has the first drops
    /// whatever comes with it.
    private List<byte[]> lastFlight() {
        byte[] change = new byte[DtlsRecords.HEADER_BYTES + CHANGE_CIPHER_SPEC.length];
        DtlsRecords.putHeader(change, 0, DtlsRecords.CHANGE_CIPHER_SPEC, nextPlain++, CHANGE_CIPHER_SPEC.length);
        change[DtlsRecords.HEADER_BYTES] = CHANGE_CIPHER_SPEC[0];
        return List.of(change, sending.seal(DtlsRecords.HANDSHAKE, nextProtected++, finished));
    }
}
