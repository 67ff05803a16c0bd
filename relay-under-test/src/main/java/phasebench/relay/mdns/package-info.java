/// What pion did in every session at the end of 2025: names in `.local` resolved by multicast DNS (RFC 6762), with
/// sockets and readers of the session's own. Switched off by `mdns: off`.
@NullMarked
package phasebench.relay.mdns;

import org.jspecify.annotations.NullMarked;
