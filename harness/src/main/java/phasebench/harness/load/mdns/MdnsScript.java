package phasebench.harness.load.mdns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import phasebench.scenarios.MdnsTalk;

/// What a talker says, and for how long.
///
/// @param talk rates, and when own names are answered
/// @param ownNames such as `<uuid>.local`, in lower case; answered only if `talk` has a delay for that
/// @param interfaceAddress an IPv4 address of the interface; also what the own names resolve to
/// @param port 5353, except in tests
/// @param timeLimit after which it falls silent by itself
public record MdnsScript(
        MdnsTalk talk, Set<String> ownNames, InetAddress interfaceAddress, int port, Duration timeLimit) {
    /// RFC 6762, section 3.
    public static final int PORT = 5353;

    public MdnsScript {
        ownNames = Set.copyOf(ownNames);
    }
}
