package phasebench.relay.ice;

import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Binding request as ICE sends it (RFC 8445, section 7.1), and the answers to it.
///
/// `localUfrag` finds the session; `check` says whether the request is to be believed; only then may
/// the other accessors be acted on.
public final class StunRequest {
    private final byte[] message;
    private final String username;
    private final long priority;
    private final boolean useCandidate;
    private final IceRole role;
    private final int integrityOffset;
    private final List<Integer> unknownAttributes;

    StunRequest(byte[] message, StunAttributes attributes) {
        this.message = message;
        this.username = attributes.username;
        this.priority = attributes.priority;
        this.useCandidate = attributes.useCandidate;
        this.role = attributes.role;
        this.integrityOffset = attributes.integrityOffset;
        this.unknownAttributes = List.copyOf(attributes.unknown);
    }

    /// The role that the peer claims; ICE-CONTROLLING is missing from the checks of ffmpeg 8.0.
    public enum IceRole {
        CONTROLLING,
        CONTROLLED,
        UNSAID
    }

    /// Reads a datagram; null unless it is a Binding request in good form that ends in a correct
    /// FINGERPRINT. Such a datagram is to be dropped without an answer (RFC 8489, section 6.3).
    public static @Nullable StunRequest parse(byte[] datagram, int length) {
        StunAttributes attributes = StunAttributes.read(datagram, length);
        return attributes == null ? null : new StunRequest(Arrays.copyOf(datagram, length), attributes);
    }

    /// Says what to answer: null for success, otherwise an error.
    ///
    /// @param localPassword our ice-pwd of the session that `localUfrag` names, or null if there is
    ///     none
    public @Nullable StunError check(@Nullable String localPassword) {
        if (username.isEmpty() || integrityOffset < 0) {
            return StunError.BAD_REQUEST;
        }
        if (localPassword == null || !isMadeWith(localPassword)) {
            return StunError.UNAUTHENTICATED;
        }
        if (!unknownAttributes.isEmpty()) {
            return StunError.UNKNOWN_ATTRIBUTE;
        }
        return role == IceRole.CONTROLLED ? StunError.ROLE_CONFLICT : null;
    }

    /// The success response for a request that came from `source`.
    public byte[] success(InetSocketAddress source, String localPassword) {
        return new StunResponse(StunFormat.BINDING_SUCCESS, message)
                .xorMappedAddress(source)
                .integrity(localPassword)
                .fingerprint();
    }

    /// The response to a request that `check` refused.
    ///
    /// @param localPassword as given to `check`; may be null for the errors that come before
    ///     authentication
    public byte[] error(StunError error, @Nullable String localPassword) {
        StunResponse response = new StunResponse(StunFormat.BINDING_ERROR, message).errorCode(error);
        if (error == StunError.UNKNOWN_ATTRIBUTE) {
            response.unknownAttributes(unknownAttributes);
        }
        if (localPassword != null && !error.isBeforeAuthentication()) {
            response.integrity(localPassword);
        }
        return response.fingerprint();
    }

    /// A copy of the 96-bit transaction id.
    public byte[] transactionId() {
        return Arrays.copyOfRange(message, 8, StunFormat.HEADER_BYTES);
    }

    /// The first half of USERNAME, which is ours (RFC 8445, section 7.2.2); empty if there is none.
    public String localUfrag() {
        int colon = username.indexOf(':');
        return colon < 0 ? username : username.substring(0, colon);
    }

    /// The second half of USERNAME, the peer's; empty if there is none.
    public String remoteUfrag() {
        int colon = username.indexOf(':');
        return colon < 0 ? "" : username.substring(colon + 1);
    }

    /// Whether the peer nominates this pair of addresses.
    public boolean useCandidate() {
        return useCandidate;
    }

    /// Unsigned 32 bits, or -1 if the peer said none.
    public long priority() {
        return priority;
    }

    public IceRole role() {
        return role;
    }

    private boolean isMadeWith(String password) {
        int valueOffset = integrityOffset + StunFormat.ATTRIBUTE_HEADER_BYTES;
        byte[] sent = Arrays.copyOfRange(message, valueOffset, valueOffset + StunFormat.INTEGRITY_BYTES);
        return MessageDigest.isEqual(sent, StunDigest.integrity(message, integrityOffset, password));
    }
}
