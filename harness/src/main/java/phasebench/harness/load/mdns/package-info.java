/// Neighbours that speak multicast DNS (RFC 6762), for scenarios in which the relay listens to them.
@NullMarked
package phasebench.harness.load.mdns;

import org.jspecify.annotations.NullMarked;
