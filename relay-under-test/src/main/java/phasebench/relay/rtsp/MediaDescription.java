package phasebench.relay.rtsp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.TrackFormat;

/// The part of a session description from one `m=` line to the next (RFC 8866, section 5.14).
///
/// @param line what follows `m=`
/// @param attributes what follows each `a=`; grows while the description is read
record MediaDescription(String line, List<String> attributes) {
    private static final String ALLOWED = "; allowed: H264/90000, VP8/90000, opus/48000/2";

    /// The track in the first payload type of the medium that the relay carries.
    AnnouncedTrack track() throws RtspRefusal {
        String[] words = line.split(" +", -1);
        if (words.length < 4) {
            throw new RtspRefusal(RtspStatus.BAD_REQUEST, "m=" + line + " is not 'm=KIND PORT PROTOCOL FORMAT'");
        }
        if (!words[2].equals("RTP/AVP") && !words[2].equals("RTP/AVPF")) {
            throw new RtspRefusal(
                    RtspStatus.UNSUPPORTED_MEDIA_TYPE, "m=" + line + ": protocol " + words[2] + "; allowed: RTP/AVP");
        }
        for (String payloadType : Arrays.copyOfRange(words, 3, words.length)) {
            TrackFormat format = format(payloadType);
            if (format != null) {
                String control = attribute("control:");
                return new AnnouncedTrack(
                        format,
                        Integer.parseInt(payloadType),
                        control == null ? "" : control,
                        parameterSets(payloadType));
            }
        }
        String encoding = attribute("rtpmap:" + words[3] + " ");
        throw new RtspRefusal(
                RtspStatus.UNSUPPORTED_MEDIA_TYPE,
                words[0] + " is " + (encoding == null ? "payload type " + words[3] : encoding) + ALLOWED);
    }

    private @Nullable TrackFormat format(String payloadType) throws RtspRefusal {
        String encoding = attribute("rtpmap:" + payloadType + " ");
        if (encoding == null || !payloadType.matches("[0-9]{1,2}|1[01][0-9]|12[0-7]")) {
            return null;
        }
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "h264/90000" -> h264(payloadType);
            case "vp8/90000" -> new TrackFormat.Vp8();
            case "opus/48000/2" ->
                new TrackFormat.Opus("1".equals(parameters(payloadType).get("sprop-stereo")) ? 2 : 1);
            default -> null;
        };
    }

    /// Mode 0, the default, is a part of mode 1 (RFC 6184, section 6.2 and 6.3).
    private TrackFormat h264(String payloadType) throws RtspRefusal {
        Map<String, String> parameters = parameters(payloadType);
        String mode = parameters.getOrDefault("packetization-mode", "0");
        if (!mode.equals("0") && !mode.equals("1")) {
            throw new RtspRefusal(
                    RtspStatus.UNSUPPORTED_MEDIA_TYPE, "packetization-mode is " + mode + "; allowed: 0, 1");
        }
        String profile = parameters.getOrDefault("profile-level-id", profileOf(parameterSets(payloadType)));
        if (!profile.matches("[0-9A-Fa-f]{6}")) {
            throw new RtspRefusal(
                    RtspStatus.BAD_REQUEST, "profile-level-id is " + profile + "; allowed: six hexadecimal digits");
        }
        return new TrackFormat.H264(profile.toLowerCase(Locale.ROOT));
    }

    /// The three bytes behind the header of a sequence parameter set; without one the default of RFC 6184, section 8.1.
    private static String profileOf(List<byte[]> parameterSets) {
        for (byte[] set : parameterSets) {
            if ((set[0] & 0x1f) == 7 && set.length >= 4) {
                return HexFormat.of().formatHex(set, 1, 4);
            }
        }
        return "420010";
    }

    private List<byte[]> parameterSets(String payloadType) throws RtspRefusal {
        String value = parameters(payloadType).getOrDefault("sprop-parameter-sets", "");
        List<byte[]> sets = new ArrayList<>();
        for (String encoded : value.split(",", -1)) {
            try {
                byte[] set = Base64.getDecoder().decode(encoded.strip());
                if (set.length > 0) {
                    sets.add(set);
                }
            } catch (IllegalArgumentException e) {
                throw new RtspRefusal(RtspStatus.BAD_REQUEST, "sprop-parameter-sets is not base64: " + value);
            }
        }
        return sets;
    }

    /// The format parameters by name in lower case.
    private Map<String, String> parameters(String payloadType) {
        Map<String, String> parameters = new TreeMap<>();
        String line = attribute("fmtp:" + payloadType + " ");
        for (String parameter : line == null ? new String[0] : line.split(";", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        parameter.substring(equals + 1).strip());
            }
        }
        return parameters;
    }

    private @Nullable String attribute(String prefix) {
        for (String attribute : attributes) {
            if (attribute.startsWith(prefix)) {
                return attribute.substring(prefix.length()).strip();
            }
        }
        return null;
    }
}
