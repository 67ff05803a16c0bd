package phasebench.harness.load.receive;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A socket for each viewer, each looked at in turn: works everywhere, and costs a system call and more per datagram.
public final class ChannelEngine implements ReceiveEngine {
    private final List<ChannelPath> paths = new CopyOnWriteArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DatagramSink.DATAGRAM_BYTES_MAX);
    private final MemorySegment memory = MemorySegment.ofBuffer(buffer);

    @Override
    public ViewerPath open(InetSocketAddress relay, Media media) throws IOException {
        if (media == Media.COUNTED) {
            throw new IOException("viewers whose media the kernel counts need sockets with a filter,"
                    + " which are not to be had here towards " + relay);
        }
        paths.removeIf(path -> !path.isOpen());
        ChannelPath path = ChannelPath.open(relay);
        paths.add(path);
        return path;
    }

    @Override
    public int drain() {
        int mediaCount = 0;
        for (ChannelPath path : paths) {
            mediaCount += path.drain(buffer, memory);
        }
        return mediaCount;
    }

    @Override
    public Set<Integer> localPorts() {
        Set<Integer> ports = new HashSet<>();
        paths.stream().filter(ChannelPath::isOpen).forEach(path -> ports.add(path.localPort()));
        return ports;
    }

    @Override
    public long packetsCounted() {
        return 0;
    }

    @Override
    public long overflowDatagrams() {
        return 0;
    }

    @Override
    public String description() {
        return paths.size() + " sockets, one for each viewer, a read per datagram";
    }

    @Override
    public void close() {
        paths.forEach(ChannelPath::close);
    }
}
