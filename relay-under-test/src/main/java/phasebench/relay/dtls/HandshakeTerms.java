package phasebench.relay.dtls;

import org.bouncycastle.tls.CipherSuite;

/// What both roles bring to every handshake.
final class HandshakeTerms {
    /// From the call of `handshake` to keys.
    static final int LIMIT_MS = 10_000;

    /// First interval of retransmission, doubled each time: a round trip of a call is well below it,
    /// and RFC 6347's one second would be seen by a viewer who waits for a picture.
    static final int RESEND_MS = 250;

    private HandshakeTerms() {}

    /// The suite that RFC 8827, section 6.5, makes mandatory, and one for peers without AES in
    /// hardware.
    static int[] cipherSuites() {
        return new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
        };
    }
}
