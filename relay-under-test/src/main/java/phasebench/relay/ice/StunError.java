package phasebench.relay.ice;

/// Why a Binding request is refused (RFC 8489, section 14.8; RFC 8445, section 7.3.1.1).
public enum StunError {
    /// USERNAME or MESSAGE-INTEGRITY is missing.
    BAD_REQUEST(400, "Bad Request"),

    /// No session has this user name, or MESSAGE-INTEGRITY was made with another password.
    UNAUTHENTICATED(401, "Unauthenticated"),

    /// An attribute that must be understood is not.
    UNKNOWN_ATTRIBUTE(420, "Unknown Attribute"),

    /// The peer says it is controlled, as an ICE-lite agent always is.
    ROLE_CONFLICT(487, "Role Conflict");

    private final int code;
    private final String reason;

    StunError(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    /// A response to a request that was not authenticated cannot be authenticated either (RFC 8489,
    /// section 9.1.3).
    public boolean isBeforeAuthentication() {
        return this == BAD_REQUEST || this == UNAUTHENTICATED;
    }
}
