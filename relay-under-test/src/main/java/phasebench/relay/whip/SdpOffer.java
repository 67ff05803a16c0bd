package phasebench.relay.whip;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of a viewer's SDP offer (RFC 8866, RFC 8829) that the relay needs.
///
/// @param fingerprint of the viewer's certificate, `sha-256 AB:CD:...`
/// @param setup the viewer's DTLS role
/// @param media in the offer's order
/// @param localNames what its host candidates have in place of addresses, such as `<uuid>.local`; each once
record SdpOffer(String fingerprint, Setup setup, List<Media> media, List<String> localNames) {
    SdpOffer {
        media = List.copyOf(media);
        localNames = List.copyOf(localNames);
    }

    /// a=setup of RFC 4145, section 4.
    enum Setup {
        ACTIVE,
        PASSIVE,
        ACTPASS
    }

    /// One m-line with its attributes.
    ///
    /// @param kind `audio`, `video`, ...
    /// @param protocol such as `UDP/TLS/RTP/SAVPF`
    /// @param payloadTypes as written on the m-line, in the viewer's order of preference
    /// @param canReceive whether the viewer offers to receive on it
    record Media(
            String kind,
            String protocol,
            String mid,
            List<String> payloadTypes,
            boolean canReceive,
            List<PayloadFormat> formats) {
        Media {
            payloadTypes = List.copyOf(payloadTypes);
            formats = List.copyOf(formats);
        }
    }

    /// One payload type.
    ///
    /// @param encoding a=rtpmap's, such as `H264/90000`
    /// @param parameters a=fmtp's, as written; null for none
    /// @param feedback a=rtcp-fb's, such as `nack pli`
    record PayloadFormat(
            int payloadType, String encoding, @Nullable String parameters, List<String> feedback) {
        PayloadFormat {
            feedback = List.copyOf(feedback);
        }

        /// The value of a parameter, names compared without case; null if it is not there.
        @Nullable
        String parameter(String name) {
            for (var part : parameters == null ? new String[0] : parameters.split(";", -1)) {
                int equals = part.indexOf('=');
                if (equals > 0 && part.substring(0, equals).strip().equalsIgnoreCase(name)) {
                    return part.substring(equals + 1).strip();
                }
            }
            return null;
        }
    }
}
