package phasebench.relay.rtsp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What ANNOUNCE describes (RFC 8866, RFC 2326 appendix C): the tracks, all of them playable.
record SessionDescription(List<AnnouncedTrack> tracks) {
    SessionDescription {
        tracks = List.copyOf(tracks);
    }

    /// @throws RtspRefusal if it is no session description, or names a medium that the relay does not carry
    static SessionDescription parse(String sdp) throws RtspRefusal {
        List<String> lines = sdp.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty() || !lines.getFirst().equals("v=0")) {
            throw new RtspRefusal(RtspStatus.BAD_REQUEST, "session description does not begin with v=0");
        }
        List<MediaDescription> media = new ArrayList<>();
        for (String line : lines) {
            if (line.length() < 2 || line.charAt(1) != '=') {
                throw new RtspRefusal(RtspStatus.BAD_REQUEST, "session description has a line that is not 'x=...'");
            }
            if (line.startsWith("m=")) {
                media.add(new MediaDescription(line.substring(2), new ArrayList<>()));
            } else if (line.startsWith("a=") && !media.isEmpty()) {
                media.getLast().attributes().add(line.substring(2));
            }
        }
        if (media.isEmpty() || media.size() > RtspLimits.TRACKS_MAX) {
            throw new RtspRefusal(
                    RtspStatus.BAD_REQUEST,
                    "session description has " + media.size() + " media; allowed: 1 to " + RtspLimits.TRACKS_MAX);
        }
        List<AnnouncedTrack> tracks = new ArrayList<>();
        for (MediaDescription medium : media) {
            tracks.add(medium.track());
        }
        return new SessionDescription(tracks);
    }

    /// The place of the track that a SETUP's URL means, or -1.
    ///
    /// A description with one track needs no control attribute: its URL is then the stream's.
    int trackOf(RtspUrl url, RtspUrl announced, @Nullable RtspUrl contentBase) {
        for (int i = 0; i < tracks.size(); i++) {
            String control = tracks.get(i).control();
            boolean isTrack = !control.isEmpty()
                    && !control.equals("*")
                    && (url.isTrackOf(announced, control)
                            || (contentBase != null && url.isTrackOf(contentBase, control)));
            if (isTrack) {
                return i;
            }
        }
        return tracks.size() == 1 && url.isSamePath(announced) ? 0 : -1;
    }
}
