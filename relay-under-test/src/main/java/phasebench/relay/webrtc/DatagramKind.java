package phasebench.relay.webrtc;

import phasebench.relay.rtp.Rtcp;

/// What came on the shared UDP port, told by its first byte (RFC 7983, section 7).
enum DatagramKind {
    STUN,
    DTLS,
    RTCP,
    RTP,
    OTHER;

    static DatagramKind of(byte[] datagram, int length) {
        int first = length == 0 ? -1 : datagram[0] & 0xff;
        if (first >= 0 && first <= 3) {
            return STUN;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        if (first >= 128 && first <= 191) {
            return Rtcp.isRtcp(datagram, length) ? RTCP : RTP;
        }
        return OTHER;
    }
}
