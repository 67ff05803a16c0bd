package phasebench.relay.socket;

/// Whether other sockets of ours may be bound to the same address and port.
public enum PortSharing {
    ALONE,
    /// SO_REUSEPORT of socket(7): the kernel gives each peer's datagrams to one of the sockets, chosen by a
    /// hash of the addresses, as long as no socket comes or goes.
    SHARED
}
