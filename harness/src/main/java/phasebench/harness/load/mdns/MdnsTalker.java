package phasebench.harness.load.mdns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A neighbour that speaks multicast DNS by a script, from a socket on the port itself. Its datagrams stay on this
/// machine: it speaks on the loopback interface, or inside `scripts/enclosure`.
///
/// On Linux the kernel copies a datagram to all listeners on this machine while its sender's call lasts: what the
/// copies cost is charged to the talker and not to the relay.
public final class MdnsTalker implements AutoCloseable {
    private static final byte[] GROUP = {(byte) 224, 0, 0, (byte) 251};
    private static final int MESSAGE_BYTES_MAX = 9000;
    private static final int TIME_TO_LIVE = 255;

    /// What is further behind is left out, so that a stall is not followed by a burst.
    private static final long LATE_NS_MAX = 100_000_000;

    /// TEST-NET-1 (RFC 5737), for the names that nobody asked for.
    private static final byte[] NOWHERE = {(byte) 192, 0, 2, 1};

    private final MdnsScript script;
    private final InetSocketAddress group;
    private final DatagramChannel channel;
    private final CountDownLatch isOver = new CountDownLatch(1);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();

    private MdnsTalker(MdnsScript script, InetSocketAddress group, DatagramChannel channel) {
        this.script = script;
        this.group = group;
        this.channel = channel;
    }

    /// Speaks from now on, until it is closed or its time is over.
    ///
    /// @throws IOException if multicast could leave this machine, or is not possible here
    public static MdnsTalker start(MdnsScript script) throws IOException {
        return start(script, System.getenv("PHASEBENCH_ENCLOSURE") != null);
    }

    static MdnsTalker start(MdnsScript script, boolean isEnclosed) throws IOException {
        NetworkInterface spoken = NetworkInterface.getByInetAddress(script.interfaceAddress());
        if (spoken == null) {
            throw new IOException("the mDNS talker finds no interface with the address "
                    + script.interfaceAddress().getHostAddress());
        }
        if (!spoken.isLoopback() && !isEnclosed) {
            throw new IOException("the mDNS talker does not speak on " + spoken.getName()
                    + ", where others would hear it: it speaks on the loopback interface, or inside scripts/enclosure");
        }
        InetSocketAddress group = new InetSocketAddress(InetAddress.getByAddress(GROUP), script.port());
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, spoken);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, TIME_TO_LIVE);
            channel.bind(group);
            MdnsTalker talker = new MdnsTalker(script, group, channel);
            talker.begin(spoken);
            return talker;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void begin(NetworkInterface spoken) throws IOException {
        Duration answerDelay = script.talk().answerDelay();
        if (answerDelay != null && !script.ownNames().isEmpty()) {
            channel.join(group.getAddress(), spoken);
            Thread.ofPlatform().name("mdns listener").daemon().start(() -> listen(answerDelay));
        }
        Thread.ofPlatform().name("mdns talker").daemon().start(this::speak);
    }

    /// Queries and announcements that have been sent.
    public long sent() {
        return sent.get();
    }

    /// Questions for own names that have been answered.
    public long answered() {
        return answered.get();
    }

    /// Falls silent at once.
    @Override
    public void close() {
        isOver.countDown();
        try {
            channel.close();
        } catch (IOException _) {
            // nothing more is sent either way
        }
    }

    private void speak() {
        try {
            int perSecond = script.talk().queriesPerSecond() + script.talk().answersPerSecond();
            if (perSecond > 0) {
                speak(perSecond);
            } else {
                isOver.await(script.timeLimit().toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    private void speak(int perSecond) throws InterruptedException {
        long beginNs = System.nanoTime();
        long count = script.timeLimit().toNanos() / 1_000_000_000 * perSecond
                + script.timeLimit().toNanosPart() * (long) perSecond / 1_000_000_000;
        for (long i = 0; i < count; i++) {
            long waitNs = i * 1_000_000_000L / perSecond - (System.nanoTime() - beginNs);
            if (isOver.await(waitNs, TimeUnit.NANOSECONDS)) {
                return;
            }
            if (-waitNs < LATE_NS_MAX) {
                say(isQuery(i, script.talk().queriesPerSecond(), perSecond), i);
            }
        }
    }

    /// Spreads queries evenly among all messages.
    private static boolean isQuery(long index, int queries, int all) {
        return (index + 1) * queries / all > index * queries / all;
    }

    private void say(boolean isQuery, long index) {
        String name = "nobody-" + index + ".local";
        if (send(isQuery ? MdnsBytes.question(name) : MdnsBytes.answer(name, NOWHERE), group)) {
            sent.incrementAndGet();
        }
    }

    private boolean send(byte[] message, InetSocketAddress to) {
        try {
            return channel.send(ByteBuffer.wrap(message), to) > 0;
        } catch (IOException _) {
            // closed, or the kernel has no room now: neighbours' datagrams may get lost
            return false;
        }
    }

    private void listen(Duration answerDelay) {
        ByteBuffer received = ByteBuffer.allocate(MESSAGE_BYTES_MAX);
        try {
            while (channel.receive(received.clear()) instanceof InetSocketAddress from) {
                MdnsBytes.Question question = MdnsBytes.firstQuestion(received.array(), received.position());
                if (question != null && script.ownNames().contains(question.name())) {
                    Thread.ofVirtual().name("mdns answer").start(() -> answer(question, from, answerDelay));
                }
            }
        } catch (ClosedChannelException _) {
            // told to be silent
        } catch (IOException e) {
            System.err.println("the mDNS talker answers no more: " + e.getMessage());
        }
    }

    /// By unicast to who wants that, or asks from another port (RFC 6762, sections 5.4 and 6.7).
    private void answer(MdnsBytes.Question question, InetSocketAddress from, Duration delay) {
        try {
            if (isOver.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        boolean isUnicast = question.wantsUnicast() || from.getPort() != script.port();
        byte[] message =
                MdnsBytes.answer(question.name(), script.interfaceAddress().getAddress());
        if (send(message, isUnicast ? from : group)) {
            answered.incrementAndGet();
        }
    }
}
