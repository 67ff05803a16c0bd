/// SRTP and SRTCP (RFC 3711, RFC 7714): keys, protection and its removal, one class per profile and
/// direction.
@NullMarked
package phasebench.relay.srtp;

import org.jspecify.annotations.NullMarked;
