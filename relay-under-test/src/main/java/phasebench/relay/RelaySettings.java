package phasebench.relay;

import java.time.Duration;
import java.util.List;
import phasebench.relay.srtp.SrtpProfile;

/// The settings that optimization phases switch: each has a before and an after, and every combination runs.
///
/// @param rtcpInterval between two sender reports of a track; whole seconds, 1 to 60
record RelaySettings(Duration rtcpInterval, Srtp srtp, Send send) {
    static final RelaySettings DEFAULT = new RelaySettings(Duration.ofSeconds(1), Srtp.AES_CM_SHA1, Send.SINGLE);

    RelaySettings {
        long seconds = rtcpInterval.toSeconds();
        if (seconds < 1 || seconds > 60 || !rtcpInterval.equals(Duration.ofSeconds(seconds))) {
            throw new IllegalArgumentException("rtcpInterval must be 1 to 60 whole seconds: " + rtcpInterval);
        }
    }

    /// Which SRTP profile the relay prefers; a peer that does not offer it gets the other one.
    enum Srtp {
        AES_CM_SHA1("aes-cm-sha1", SrtpProfile.AES_CM_128_HMAC_SHA1_80, SrtpProfile.AEAD_AES_128_GCM),
        AES_GCM("aes-gcm", SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES_CM_128_HMAC_SHA1_80);

        private final String text;
        private final SrtpProfile preferred;
        private final SrtpProfile other;

        Srtp(String text, SrtpProfile preferred, SrtpProfile other) {
            this.text = text;
            this.preferred = preferred;
            this.other = other;
        }

        /// Best first.
        List<SrtpProfile> preference() {
            return List.of(preferred, other);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// How packets reach the kernel: one system call each, or those of an access unit in one.
    enum Send {
        SINGLE("single"),
        BATCH("batch");

        private final String text;

        Send(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// As in the READY line: `rtcpInterval=1s srtp=aes-cm-sha1 send=single`.
    @Override
    public String toString() {
        return "rtcpInterval=" + rtcpInterval.toSeconds() + "s srtp=" + srtp + " send=" + send;
    }
}
