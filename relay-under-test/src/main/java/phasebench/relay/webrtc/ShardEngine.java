package phasebench.relay.webrtc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.metrics.ThreadStarter;
import phasebench.relay.shard.ShardLoop;
import phasebench.relay.socket.DatagramHandler;

/// `threads: sharded`: one loop per core does the work of all its sessions. All sockets have the same port
/// (SO_REUSEPORT, socket(7)): the kernel gives each viewer's datagrams to one of them, by the viewer's address, and
/// that shard takes the session. Only a handshake, which blocks, has a virtual thread of its own while it lasts.
public final class ShardEngine implements SessionEngine {
    private static final System.Logger LOG = System.getLogger(ShardEngine.class.getName());

    private final List<ShardLoop> shards;
    private final ThreadStarter threads;
    private final RelayMetrics metrics;

    /// @param shards at least one, not started
    /// @param threads for handshakes
    public ShardEngine(List<ShardLoop> shards, ThreadStarter threads, RelayMetrics metrics) {
        this.shards = List.copyOf(shards);
        this.threads = threads;
        this.metrics = metrics;
    }

    @Override
    public InetSocketAddress address() {
        return shards.getFirst().socket().address();
    }

    @Override
    public ThreadStarter threads() {
        return threads;
    }

    @Override
    public int socketCount() {
        return shards.size();
    }

    @Override
    public void start(SessionTable sessions) {
        var ice = new IceAgent(sessions, metrics);
        for (int i = 0; i < shards.size(); i++) {
            shards.get(i).start(i, demultiplexer(shards.get(i), sessions, ice));
        }
    }

    @Override
    public SessionWork open(WebrtcSession session) {
        var work = new ShardWork(session, shards.getFirst(), threads);
        work.start();
        return work;
    }

    @Override
    public void close() {
        for (var shard : shards) {
            shard.close();
            try {
                shard.socket().close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "while closing a shard's socket", e);
            }
        }
    }

    private DatagramHandler demultiplexer(ShardLoop shard, SessionTable sessions, IceAgent ice) {
        return (datagram, length, from) -> {
            var kind = DatagramKind.of(datagram, length);
            if (kind == DatagramKind.STUN) {
                ice.stun(datagram, length, from, shard.socket(), session -> adopt(session, shard));
                return;
            }
            var session = sessions.byAddress(from);
            if (session == null) {
                RoleEngine.countUnknown(kind, metrics);
                return;
            }
            switch (kind) {
                case STUN, RTP -> metrics.increment(RelayCounter.DROP_UNWANTED_RTP);
                case OTHER -> metrics.increment(RelayCounter.DROP_NOT_WEBRTC);
                case DTLS -> {
                    shard.expectMore();
                    session.datagram(datagram, length, from);
                }
                case RTCP -> session.datagram(datagram, length, from);
            }
        };
    }

    private static void adopt(WebrtcSession session, ShardLoop shard) {
        if (session.work() instanceof ShardWork work) {
            work.adopt(shard);
            if (!session.isEstablished()) {
                shard.expectMore();
            }
        }
    }
}
