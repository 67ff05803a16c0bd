package phasebench.relay.socket;

import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// Whether a socket's packets share messages (`send: gso`), and what follows when the kernel refuses such a
/// message. Shared by the senders of one socket; any thread.
final class GsoSwitch {
    private final RelayMetrics metrics;
    private volatile boolean isOn;
    private volatile boolean hasWorked;

    private GsoSwitch(RelayMetrics metrics, boolean isOn) {
        this.metrics = metrics;
        this.isOn = isOn;
    }

    static GsoSwitch on(RelayMetrics metrics) {
        return new GsoSwitch(metrics, true);
    }

    /// For `send: batch`: every packet is a message of its own.
    static GsoSwitch off(RelayMetrics metrics) {
        return new GsoSwitch(metrics, false);
    }

    boolean isOn() {
        return isOn;
    }

    /// The kernel took a message of several packets.
    void worked() {
        if (!hasWorked) {
            hasWorked = true;
        }
    }

    /// The kernel refused a message of several packets. If it never took one, it is not asked again; if it
    /// did, the reason lies in this one, such as a narrower path to that viewer.
    ///
    /// @return whether it may take the packets one by one
    boolean refused(int errno) {
        boolean isForSegments = switch (errno) {
            case LinuxSockets.EINVAL, LinuxSockets.EIO, LinuxSockets.EMSGSIZE, LinuxSockets.ENOPROTOOPT -> true;
            default -> false;
        };
        if (isForSegments && !hasWorked) {
            switchOff(errno);
        }
        return isForSegments;
    }

    private synchronized void switchOff(int errno) {
        if (isOn) {
            isOn = false;
            metrics.increment(RelayCounter.SEND_FALLBACKS);
            System.err.println("WARNING: send=gso does not work here (errno " + errno
                    + "), from now on each packet is a message of its own, as with send=batch");
        }
    }
}
