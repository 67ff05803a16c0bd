package phasebench.relay.mdns;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.metrics.ThreadStarter;

/// Opens the mDNS agents of a relay's sessions. Any thread.
public final class MdnsAgents {
    private final MdnsPlan plan;
    private final RelayMetrics metrics;
    private final AtomicLong openSockets;
    private final AtomicBoolean isComplaintMade = new AtomicBoolean();

    /// @param openSockets the relay's count of open sockets, kept up to date
    public MdnsAgents(MdnsPlan plan, RelayMetrics metrics, AtomicLong openSockets) {
        this.plan = plan;
        this.metrics = metrics;
        this.openSockets = openSockets;
    }

    /// Opens the agent of one session. Where there is no multicast, the agent does nothing and the session lives on:
    /// that is counted, and said once.
    ///
    /// @param localNames what the viewer's candidates have in place of addresses, such as `<uuid>.local`
    public MdnsAgent open(List<String> localNames, ThreadStarter threads) {
        try {
            var sockets = MdnsSockets.open(plan);
            openSockets.addAndGet(MdnsSockets.COUNT);
            var agent = MdnsAgent.using(this, sockets, localNames);
            agent.start(threads);
            return agent;
        } catch (IOException e) {
            unavailable(e);
            return MdnsAgent.without(this);
        }
    }

    MdnsPlan plan() {
        return plan;
    }

    RelayMetrics metrics() {
        return metrics;
    }

    void closed(MdnsSockets sockets) {
        sockets.close();
        openSockets.addAndGet(-MdnsSockets.COUNT);
    }

    void unavailable(IOException why) {
        metrics.increment(RelayCounter.MDNS_UNAVAILABLE);
        if (isComplaintMade.compareAndSet(false, true)) {
            System.err.println("mdns: not available to sessions (said once): " + why.getMessage());
        }
    }
}
