package phasebench.relay.mdns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.ThreadStarter;

/// The multicast DNS of one session, as pion/ice opens one in every session in its default mode `QueryOnly`: a
/// multicast and a query socket, a reader thread with a buffer of 9000 bytes for each, and, if the viewer offered
/// candidates in `.local`, a resolver that asks for them every second. Every reader parses every datagram to the
/// group, the questions of all other sessions among them: the work grows with the square of the sessions.
///
/// An answer is recorded, and that is all: this relay is an ICE-lite agent, which sends no checks of its own to a
/// candidate (RFC 8445, section 2.5), so it has no use for the address. Pion would add it to its check list.
///
/// Beside pion: one resolver for all names instead of one for each; one interface, IPv4 only. Any thread may close it.
public final class MdnsAgent implements AutoCloseable {
    /// RFC 6762, section 17: no message is longer.
    private static final int MESSAGE_BYTES_MAX = 9000;

    /// Pion's, which is constant. RFC 6762, section 5.2, wants intervals that double from there.
    private static final long QUERY_INTERVAL_S = 1;

    private final MdnsAgents all;
    private final @Nullable MdnsSockets sockets;
    private final Map<String, byte[]> unanswered = new ConcurrentHashMap<>();
    private final Map<String, InetAddress> resolved = new ConcurrentHashMap<>();
    private final CountDownLatch hasNothingToAsk = new CountDownLatch(1);
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private MdnsAgent(MdnsAgents all, @Nullable MdnsSockets sockets, List<String> localNames) {
        this.all = all;
        this.sockets = sockets;
        localNames.forEach(name -> unanswered.put(name, DnsQuery.forAddressOf(name)));
    }

    static MdnsAgent using(MdnsAgents all, MdnsSockets sockets, List<String> localNames) {
        return new MdnsAgent(all, sockets, localNames);
    }

    static MdnsAgent without(MdnsAgents all) {
        return new MdnsAgent(all, null, List.of());
    }

    void start(ThreadStarter threads) {
        var open = sockets;
        if (open == null) {
            return;
        }
        threads.start("mdns multicast reader", () -> read(open.multicast()));
        threads.start("mdns query reader", () -> read(open.query()));
        if (!unanswered.isEmpty()) {
            threads.start("mdns resolver", () -> resolve(open.query()));
        }
    }

    /// Names of the viewer's candidates, as it wrote them, with what was answered.
    public Map<String, InetAddress> resolved() {
        return Map.copyOf(resolved);
    }

    /// Frees the sockets; the threads end at once.
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            hasNothingToAsk.countDown();
            if (sockets != null) {
                all.closed(sockets);
            }
        }
    }

    private void resolve(DatagramChannel query) {
        try {
            do {
                for (var question : unanswered.values()) {
                    ask(query, question);
                }
            } while (!hasNothingToAsk.await(QUERY_INTERVAL_S, TimeUnit.SECONDS));
        } catch (ClosedChannelException _) {
            // the session has ended
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(DatagramChannel query, byte[] question) throws ClosedChannelException {
        try {
            query.send(ByteBuffer.wrap(question), all.plan().group());
            all.metrics().increment(RelayCounter.MDNS_QUERIES_OUT);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException _) {
            all.metrics().increment(RelayCounter.DROP_SEND_ERROR);
        }
    }

    private void read(DatagramChannel channel) {
        var received = ByteBuffer.allocate(MESSAGE_BYTES_MAX);
        try {
            while (channel.receive(received.clear()) instanceof InetSocketAddress from) {
                all.metrics().increment(RelayCounter.MDNS_IN);
                var message = DnsMessage.parse(received.array(), received.position());
                message.ifPresentOrElse(
                        parsed -> take(parsed, from), () -> all.metrics().increment(RelayCounter.DROP_MALFORMED_MDNS));
            }
        } catch (ClosedChannelException _) {
            // the session has ended
        } catch (IOException e) {
            all.unavailable(e);
        }
    }

    /// Questions are others' business. A response must come from the port (RFC 6762, section 6).
    private void take(DnsMessage message, InetSocketAddress from) {
        if (message.isResponse() && from.getPort() == all.plan().port()) {
            message.addresses().forEach(this::take);
        }
    }

    private void take(DnsMessage.Address address) {
        // names are compared without case (RFC 6762, section 16)
        List<String> answered = unanswered.keySet().stream()
                .filter(name -> name.equalsIgnoreCase(address.name()))
                .toList();
        answered.forEach(name -> {
            // both readers may come with the same answer
            if (unanswered.remove(name) != null) {
                resolved.put(name, inetAddress(address.ipv4()));
                all.metrics().increment(RelayCounter.MDNS_ANSWERS);
            }
        });
        if (unanswered.isEmpty()) {
            hasNothingToAsk.countDown();
        }
    }

    private static InetAddress inetAddress(int ipv4) {
        try {
            return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(ipv4).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }
}
