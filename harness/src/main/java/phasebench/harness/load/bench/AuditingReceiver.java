package phasebench.harness.load.bench;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import phasebench.harness.load.audit.MediaAudit;
import phasebench.harness.load.audit.ViewerTally;
import phasebench.harness.load.audit.WindowTally;
import phasebench.harness.load.media.FrameWindow;
import phasebench.harness.load.media.Track;
import phasebench.harness.load.receive.DatagramSink;
import phasebench.harness.load.receive.ReceiveEngine;
import phasebench.harness.load.receive.ViewerPath;

/// One of the load generator's engines, with the audit of every packet behind it.
final class AuditingReceiver implements BenchReceiver {
    private final String name;
    private final ReceiveEngine engine;
    private final BenchStream stream;
    private final Track track;
    private final FrameWindow window = new FrameWindow(0);
    private final WindowTally tally = new WindowTally();
    private final List<MediaAudit> audits = new ArrayList<>();

    AuditingReceiver(String name, ReceiveEngine engine, BenchStream stream, BenchDrive drive, int frames) {
        this.name = name;
        this.engine = engine;
        this.stream = stream;
        this.track = stream.track(drive);
        window.endBefore(frames);
        tally.beginAt(System.nanoTime());
    }

    /// A viewer that does nothing but audit.
    private static final class Viewer implements DatagramSink {
        private final MediaAudit audit;
        private final ViewerPath path;
        private boolean isLearned;

        Viewer(MediaAudit audit, ViewerPath path) {
            this.audit = audit;
            this.path = path;
        }

        @Override
        public boolean datagram(MemorySegment memory, long at, int length, long nowNs) {
            audit.packet(memory, at, length, nowNs);
            if (!isLearned && audit.isLearned()) {
                isLearned = true;
                path.headersSuffice();
            }
            return true;
        }

        @Override
        public long approach() {
            return audit.approach();
        }

        @Override
        public void failed(String reason) {
            throw new IllegalStateException(reason);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void open(int viewer, InetSocketAddress sender) throws IOException {
        MediaAudit audit = stream.audit(viewer, track);
        audit.begin(window, tally);
        audits.add(audit);
        ReceiveEngine.Media media =
                BenchStream.isVerifying(viewer) ? ReceiveEngine.Media.WHOLE : ReceiveEngine.Media.HEADERS;
        ViewerPath path = engine.open(sender, media);
        path.deliverTo(new Viewer(audit, path));
        path.send(new byte[1], 1);
    }

    @Override
    public int drain() {
        return engine.drain();
    }

    @Override
    public String complaint() {
        long packetsLost = 0;
        long framesIncomplete = 0;
        for (MediaAudit audit : audits) {
            ViewerTally viewer = audit.end(0, true);
            packetsLost += viewer.packetsLost();
            framesIncomplete += viewer.framesExpected() - viewer.framesComplete();
        }
        List<String> complaints = new ArrayList<>();
        if (packetsLost + framesIncomplete > 0) {
            complaints.add(packetsLost + " packets lost, " + framesIncomplete + " frames incomplete");
        }
        if (tally.packetsVerified() == 0) {
            complaints.add("no packet was decrypted");
        }
        if (tally.authenticationFailures() + tally.contentMismatches() > 0) {
            complaints.add((tally.authenticationFailures() + tally.contentMismatches()) + " packets are not as sent");
        }
        return String.join("; ", complaints);
    }

    @Override
    public void close() {
        engine.close();
    }
}
