package phasebench.relay.forward;

/// What is kept to answer NACKs: the `nack` setting.
public enum NackMode {
    PER_VIEWER,
    OFF,
    SHARED
}
