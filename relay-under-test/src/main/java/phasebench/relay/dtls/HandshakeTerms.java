package phasebench.relay.dtls;

import org.bouncycastle.tls.CipherSuite;

/// How patient a handshake is, in both roles.
///
/// @param limitMs from the call of `handshake` to keys
/// @param resendMs first interval of retransmission, doubled each time
record HandshakeTerms(int limitMs, int resendMs) {
    /// The round trip of a call is well below 250 ms, and a viewer who waits for a picture would notice
    /// the second that RFC 6347, section 4.2.4.1, begins with.
    static final HandshakeTerms DEFAULT = new HandshakeTerms(10_000, 250);

    HandshakeTerms {
        if (resendMs <= 0 || limitMs < resendMs) {
            throw new IllegalArgumentException("limitMs " + limitMs + " or resendMs " + resendMs + " is too short");
        }
    }

    /// The suite that RFC 8827, section 6.5, makes mandatory for every peer. `DtlsRecords` relies on
    /// its cipher being the only one.
    static int[] serverSuites() {
        return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
    }

    /// The same, and its twin for servers that have an RSA certificate.
    static int[] clientSuites() {
        return new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
        };
    }
}
