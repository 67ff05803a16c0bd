package phasebench.scenarios;

/// One published stream.
///
/// @param name path under which it is published and played
public record StreamSpec(String name, MediaSource source, Transport transport) {
    public StreamSpec {
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("stream name is not 1 to 64 letters, digits, '_' or '-': " + name);
        }
    }
}
