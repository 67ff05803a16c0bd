package phasebench.relay;

import java.time.Duration;
import java.util.List;
import phasebench.relay.forward.NackMode;
import phasebench.relay.socket.SendKind;
import phasebench.relay.srtp.SrtpProfile;
import phasebench.relay.srtp.SrtpProvider;

/// The settings that optimization phases switch: each has a before and an after, and every combination runs.
///
/// @param feedback what the relay does for and hears from viewers beside media
/// @param crypto how media are protected
/// @param forwarding how a packet gets from a publisher to its viewers
record RelaySettings(Feedback feedback, Crypto crypto, Forwarding forwarding) {
    /// @param rtcpInterval between two sender reports of a track; whole seconds, 1 to 60
    record Feedback(Nack nack, Mdns mdns, Duration rtcpInterval) {
        Feedback {
            long seconds = rtcpInterval.toSeconds();
            if (seconds < 1 || seconds > 60 || !rtcpInterval.equals(Duration.ofSeconds(seconds))) {
                throw new IllegalArgumentException("rtcpInterval must be 1 to 60 whole seconds: " + rtcpInterval);
            }
        }
    }

    record Crypto(Srtp srtp, Provider srtpProvider) {}

    record Forwarding(Buffers buffers, Copies copies, Threads threads, Send send) {}

    /// A choice as written in files: lower case, words joined by hyphens.
    interface Choice {
        String name();

        default String text() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /// What is kept to answer NACKs: copies of each viewer's packets, nothing, or one history per stream.
    enum Nack implements Choice {
        PER_VIEWER(NackMode.PER_VIEWER),
        OFF(NackMode.OFF),
        SHARED(NackMode.SHARED);

        private final NackMode answers;

        Nack(NackMode answers) {
            this.answers = answers;
        }

        NackMode answers() {
            return answers;
        }
    }

    /// Whether each session resolves `.local` candidates by sockets of its own.
    enum Mdns implements Choice {
        PER_SESSION,
        OFF
    }

    /// Where memory for packets comes from.
    enum Buffers implements Choice {
        ALLOCATE,
        POOLED
    }

    /// Whether every viewer cuts and copies every frame anew, or all share packets made once.
    enum Copies implements Choice {
        PER_VIEWER,
        SHARED
    }

    /// What runs a session: a virtual or platform thread for each of its jobs, or one loop per core for all.
    enum Threads implements Choice {
        PER_ROLE,
        PLATFORM,
        SHARDED
    }

    /// How packets reach the kernel: one system call each, many in one, or a frame as one datagram that it
    /// cuts.
    enum Send implements Choice {
        SINGLE(SendKind.SINGLE),
        BATCH(SendKind.BATCH),
        GSO(SendKind.GSO);

        private final SendKind kind;

        Send(SendKind kind) {
            this.kind = kind;
        }

        SendKind kind() {
            return kind;
        }

        static Send of(SendKind kind) {
            return switch (kind) {
                case SINGLE -> SINGLE;
                case BATCH -> BATCH;
                case GSO -> GSO;
            };
        }
    }

    /// Whose ciphers are used.
    enum Provider implements Choice {
        JCE(SrtpProvider.JCE),
        OPENSSL(SrtpProvider.OPENSSL);

        private final SrtpProvider ciphers;

        Provider(SrtpProvider ciphers) {
            this.ciphers = ciphers;
        }

        SrtpProvider ciphers() {
            return ciphers;
        }
    }

    /// Which SRTP profile the relay prefers; a peer that does not offer it gets the other one.
    enum Srtp implements Choice {
        AES_CM_SHA1(SrtpProfile.AES_CM_128_HMAC_SHA1_80, SrtpProfile.AEAD_AES_128_GCM),
        AES_GCM(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES_CM_128_HMAC_SHA1_80);

        private final SrtpProfile preferred;
        private final SrtpProfile other;

        Srtp(SrtpProfile preferred, SrtpProfile other) {
            this.preferred = preferred;
            this.other = other;
        }

        /// Best first.
        List<SrtpProfile> preference() {
            return List.of(preferred, other);
        }
    }

    RelaySettings withNack(Nack nack) {
        return withFeedback(new Feedback(nack, feedback.mdns, feedback.rtcpInterval));
    }

    RelaySettings withMdns(Mdns mdns) {
        return withFeedback(new Feedback(feedback.nack, mdns, feedback.rtcpInterval));
    }

    RelaySettings withRtcpInterval(Duration interval) {
        return withFeedback(new Feedback(feedback.nack, feedback.mdns, interval));
    }

    RelaySettings withSrtp(Srtp srtp) {
        return new RelaySettings(feedback, new Crypto(srtp, crypto.srtpProvider), forwarding);
    }

    RelaySettings withSrtpProvider(Provider provider) {
        return new RelaySettings(feedback, new Crypto(crypto.srtp, provider), forwarding);
    }

    /// These, as far as this machine can do them: JCE's ciphers where those of the setting are missing.
    RelaySettings usableHere() {
        return crypto.srtpProvider.ciphers.missing() == null ? this : withSrtpProvider(Provider.JCE);
    }

    RelaySettings withBuffers(Buffers buffers) {
        return withForwarding(new Forwarding(buffers, forwarding.copies, forwarding.threads, forwarding.send));
    }

    RelaySettings withCopies(Copies copies) {
        return withForwarding(new Forwarding(forwarding.buffers, copies, forwarding.threads, forwarding.send));
    }

    RelaySettings withThreads(Threads threads) {
        return withForwarding(new Forwarding(forwarding.buffers, forwarding.copies, threads, forwarding.send));
    }

    RelaySettings withSend(Send send) {
        return withForwarding(new Forwarding(forwarding.buffers, forwarding.copies, forwarding.threads, send));
    }

    private RelaySettings withFeedback(Feedback changed) {
        return new RelaySettings(changed, crypto, forwarding);
    }

    private RelaySettings withForwarding(Forwarding changed) {
        return new RelaySettings(feedback, crypto, changed);
    }

    /// As in the READY line: `nack=off mdns=off rtcpInterval=1s ...`, every setting.
    @Override
    public String toString() {
        return String.join(
                " ",
                "nack=" + feedback.nack.text(),
                "mdns=" + feedback.mdns.text(),
                "rtcpInterval=" + feedback.rtcpInterval.toSeconds() + "s",
                "srtp=" + crypto.srtp.text(),
                "srtpProvider=" + crypto.srtpProvider.text(),
                "buffers=" + forwarding.buffers.text(),
                "copies=" + forwarding.copies.text(),
                "threads=" + forwarding.threads.text(),
                "send=" + forwarding.send.text());
    }
}
