package phasebench.relay.metrics;

/// Every counter of the relay: its Prometheus series, and what one count means. All start at zero and only rise.
public enum RelayCounter {
    RTP_PACKETS_IN("relay_rtp_packets_in_total", "", "RTP packets received from publishers"),
    RTP_BYTES_IN(
            "relay_rtp_bytes_in_total", "", "bytes of those packets, RTP header included, UDP and RTSP framing not"),
    RTP_PACKETS_OUT(
            "relay_rtp_packets_out_total",
            "",
            "distinct RTP packets the kernel took for viewers; no retransmissions, RTCP or STUN"),
    RTP_BYTES_OUT(
            "relay_rtp_bytes_out_total",
            "",
            "bytes of those packets as sent: RTP header, payload and SRTP tag, no UDP or IP header"),
    RTP_RETRANSMISSIONS_OUT(
            "relay_rtp_retransmissions_out_total",
            "",
            "RTP packets sent again for a NACK, as far as the kernel took them"),
    RTCP_RR_IN("relay_rtcp_packets_in_total", "type=\"RR\"", "receiver reports from viewers, after authentication"),
    RTCP_PLI_IN("relay_rtcp_packets_in_total", "type=\"PLI\"", "picture loss indications from viewers"),
    RTCP_FIR_IN("relay_rtcp_packets_in_total", "type=\"FIR\"", "full intra requests from viewers"),
    RTCP_NACK_IN("relay_rtcp_packets_in_total", "type=\"NACK\"", "generic NACK messages from viewers"),
    RTCP_OTHER_IN("relay_rtcp_packets_in_total", "type=\"other\"", "other RTCP packets from viewers"),
    RTCP_SR_OUT("relay_rtcp_packets_out_total", "type=\"SR\"", "sender reports to viewers, each with its SDES"),
    PUBLISHER_RTCP_IN("relay_publisher_rtcp_packets_in_total", "", "RTCP packets from publishers, parts of compounds"),
    PUBLISHER_RTCP_OUT("relay_publisher_rtcp_packets_out_total", "", "RTCP packets to publishers"),
    STUN_IN("relay_stun_packets_in_total", "", "STUN messages received, accepted or not"),
    STUN_OUT("relay_stun_packets_out_total", "", "STUN responses sent"),
    DTLS_IN("relay_dtls_packets_in_total", "", "datagrams received that look like DTLS"),
    DTLS_OUT("relay_dtls_packets_out_total", "", "DTLS datagrams sent"),
    SEND_CALLS("relay_send_calls_total", "", "system calls that sent on the WebRTC socket, whatever they carried"),
    SEND_DATAGRAMS("relay_send_datagrams_total", "", "datagrams those calls handed to the kernel"),
    SEND_PARTIAL("relay_send_partial_total", "", "batch calls that took only some of their datagrams"),
    SEND_BUSY("relay_send_busy_total", "", "send calls that found the socket's buffer full and waited"),
    SEND_FALLBACKS("relay_send_fallbacks_total", "", "times the configured way of sending did not work here"),
    GSO_MESSAGES(
            "relay_gso_messages_total",
            "",
            "messages of two or more datagrams that the kernel took and cut (UDP_SEGMENT)"),
    GSO_DATAGRAMS(
            "relay_gso_datagrams_total",
            "",
            "datagrams in those messages; the rest of relay_rtp_packets_out_total went alone"),
    GSO_FALLBACKS(
            "relay_gso_fallbacks_total",
            "",
            "datagrams sent alone because the kernel refused the message that they shared"),
    TIMERS_FIRED(
            "relay_timers_fired_total",
            "",
            "timer expiries of sessions: sender reports, consent, NACK ticks, catching up"),
    SHARD_TURNS(
            "relay_shard_turns_total",
            "",
            "turns of the shards' loops, each a wait for a datagram, a unit or a timer; 0 without shards"),
    NACKS_RECEIVED("relay_nacks_received_total", "", "packets that viewers asked for again by NACK"),
    NACKS_UNANSWERED(
            "relay_nacks_unanswered_total", "", "packets asked for that were not kept, or were sent again just before"),
    SRTP_CM_SESSIONS(
            "relay_srtp_sessions_total", "profile=\"aes-cm-sha1\"", "sessions keyed for AES-CM with HMAC-SHA1-80"),
    SRTP_GCM_SESSIONS("relay_srtp_sessions_total", "profile=\"aes-gcm\"", "sessions keyed for AES-128-GCM"),
    SRTP_FALLBACKS("relay_srtp_fallbacks_total", "", "sessions whose peer did not offer the preferred profile"),
    SRTP_PROVIDER_FALLBACKS(
            "relay_srtp_provider_fallbacks_total",
            "",
            "times the configured srtpProvider was missing, and jce took over"),
    SESSIONS_OPENED("relay_sessions_opened_total", "", "WHEP sessions created"),
    SESSIONS_EXPIRED(
            "relay_sessions_expired_total", "", "sessions closed for silence: no STUN, or no DTLS handshake in time"),
    MDNS_IN("relay_mdns_packets_in_total", "", "mDNS datagrams received, each once for every session it reached"),
    MDNS_QUERIES_OUT("relay_mdns_queries_out_total", "", "mDNS questions sent, repeated ones included"),
    MDNS_ANSWERS("relay_mdns_answers_total", "", "names of viewers' candidates that an mDNS answer resolved"),
    MDNS_UNAVAILABLE("relay_mdns_unavailable_total", "", "times a session had no multicast socket, or lost it"),
    DROP_SLOW_VIEWER(
            "relay_drops_total", "reason=\"slow-viewer\"", "access units not queued for a viewer whose queue was full"),
    DROP_SOCKET_BUSY(
            "relay_drops_total", "reason=\"socket-busy\"", "datagrams given up because the socket stayed full"),
    DROP_SEND_ERROR("relay_drops_total", "reason=\"send-error\"", "datagrams that the kernel refused"),
    DROP_MALFORMED_RTP("relay_drops_total", "reason=\"malformed-rtp\"", "publishers' packets that are not RTP"),
    DROP_MALFORMED_RTCP("relay_drops_total", "reason=\"malformed-rtcp\"", "publishers' packets that are not RTCP"),
    DROP_OVERSIZED_PACKET(
            "relay_drops_total", "reason=\"oversized-packet\"", "publishers' packets longer than the buffer"),
    DROP_FOREIGN_SOURCE(
            "relay_drops_total", "reason=\"foreign-source\"", "datagrams from elsewhere than the publisher"),
    DROP_UNKNOWN_CHANNEL("relay_drops_total", "reason=\"unknown-channel\"", "RTSP frames on a channel without a track"),
    DROP_BEFORE_RECORD("relay_drops_total", "reason=\"before-record\"", "publishers' packets before RECORD"),
    DROP_FOREIGN_PAYLOAD_TYPE(
            "relay_drops_total", "reason=\"foreign-payload-type\"", "packets of an unannounced format"),
    DROP_LATE_OR_DUPLICATE("relay_drops_total", "reason=\"late-or-duplicate\"", "packets behind those already used"),
    DROP_UNSUPPORTED_PAYLOAD(
            "relay_drops_total", "reason=\"unsupported-payload\"", "H.264 of another packetization mode"),
    DROP_MALFORMED_PAYLOAD("relay_drops_total", "reason=\"malformed-payload\"", "payloads that break their format"),
    DROP_DAMAGED_ACCESS_UNIT("relay_drops_total", "reason=\"damaged-access-unit\"", "pictures with packets missing"),
    DROP_BAD_STUN(
            "relay_drops_total", "reason=\"bad-stun\"", "STUN messages malformed, for no session, or not authentic"),
    DROP_BAD_SRTCP("relay_drops_total", "reason=\"bad-srtcp\"", "SRTCP packets not authentic, replayed or unreadable"),
    DROP_UNKNOWN_PEER(
            "relay_drops_total", "reason=\"unknown-peer\"", "datagrams from addresses that no session has proved"),
    DROP_UNWANTED_RTP("relay_drops_total", "reason=\"unwanted-rtp\"", "RTP packets from viewers, who only receive"),
    DROP_NOT_WEBRTC("relay_drops_total", "reason=\"not-webrtc\"", "datagrams that are neither STUN, DTLS nor RTP"),
    DROP_FLOOD("relay_drops_total", "reason=\"flood\"", "datagrams of a viewer who sends faster than they are read"),
    DROP_MALFORMED_MDNS("relay_drops_total", "reason=\"malformed-mdns\"", "mDNS datagrams that are not DNS messages"),
    DROP_INTERNAL_ERROR(
            "relay_drops_total", "reason=\"internal-error\"", "datagrams whose handling failed: a bug, see the log");

    private final String series;
    private final String labels;
    private final String doc;

    RelayCounter(String series, String labels, String doc) {
        this.series = series;
        this.labels = labels;
        this.doc = doc;
    }

    /// Name of the Prometheus metric; counters that differ only in a label share it.
    public String series() {
        return series;
    }

    /// Labels as written between braces; empty for none.
    public String labels() {
        return labels;
    }

    /// What one count is.
    public String doc() {
        return doc;
    }
}
