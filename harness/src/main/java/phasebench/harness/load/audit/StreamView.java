package phasebench.harness.load.audit;

import java.net.URI;
import java.util.List;
import phasebench.harness.load.media.Track;

/// What viewers know of the stream they watch.
///
/// @param endpoint where WHEP offers go
/// @param tracks the video first
public record StreamView(String name, URI endpoint, List<Track> tracks) {
    public StreamView {
        tracks = List.copyOf(tracks);
    }

    public Track video() {
        return tracks.getFirst();
    }
}
