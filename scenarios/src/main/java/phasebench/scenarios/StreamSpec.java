package phasebench.scenarios;

import org.jspecify.annotations.Nullable;

/// One published stream.
///
/// @param name path under which it is published and played
/// @param source of its video
/// @param audio null for a stream without sound
public record StreamSpec(
        String name,
        MediaSource source,
        Transport transport,
        @Nullable AudioSpec audio) {
    public StreamSpec {
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("stream name is not 1 to 64 letters, digits, '_' or '-': " + name);
        }
    }

    /// A stream without sound.
    public StreamSpec(String name, MediaSource source, Transport transport) {
        this(name, source, transport, null);
    }

    /// Video and audio; or video alone.
    public int trackCount() {
        return audio == null ? 1 : 2;
    }

    /// Audio packets each second; 0 without sound.
    public int audioPacketsPerSecond() {
        return audio == null ? 0 : audio.packetsPerSecond();
    }
}
