package phasebench.relay.metrics;

/// Starts threads, each named after its role.
@FunctionalInterface
public interface ThreadStarter {
    /// @param role such as `viewer writer`
    Thread start(String role, Runnable body);

    /// Platform threads, which do not keep the JVM alive.
    static ThreadStarter platform() {
        return (role, body) -> Thread.ofPlatform().name(role).daemon().start(body);
    }
}
