package phasebench.harness.load.viewer;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.MediaAudit;
import phasebench.harness.load.audit.Patience;
import phasebench.harness.load.audit.StreamView;
import phasebench.harness.load.impair.ImpairmentProxy;
import phasebench.harness.load.media.Track;
import phasebench.harness.load.media.TrackKind;
import phasebench.harness.load.receive.ReceiveEngine;
import phasebench.harness.load.receive.ViewerPath;

/// How one viewer joins: offer and answer by WHEP, connectivity check, DTLS handshake. Blocks, so it runs on a virtual
/// thread.
final class ViewerJoin {
    private static final long CHECK_MILLIS_FIRST = 50;
    private static final long CHECK_MILLIS_MAX = 800;
    private static final long CHECK_MILLIS_TOTAL = 5_000;

    private static final int DTLS_RECEIVE_BYTES = 1_500;
    private static final int DTLS_SEND_BYTES = 1_200;

    private final WhepClient whep;
    private final DtlsIdentity identity;
    private final ViewerReceiver receiver;
    private final @Nullable ImpairmentProxy proxy;

    /// @param proxy stands between viewers and relay; null when they speak to each other directly
    ViewerJoin(WhepClient whep, DtlsIdentity identity, ViewerReceiver receiver, @Nullable ImpairmentProxy proxy) {
        this.proxy = proxy;
        this.whep = whep;
        this.identity = identity;
        this.receiver = receiver;
    }

    /// A viewer that has joined, with what it needs for leaving.
    record Joined(Viewer viewer, ViewerKeys keys, URI resource, DTLSTransport dtls) {}

    /// Joins; returns when media can come.
    ///
    /// @param choice what is random about the viewer
    /// @throws IOException naming the step that failed
    Joined join(int index, StreamView stream, ViewerChoice choice) throws IOException, InterruptedException {
        SplittableRandom random = choice.random(index);
        SdpOffer offer = SdpOffer.of(random, choice.localName(index));
        WhepClient.Session session = whep.post(stream.endpoint(), offer.toSdp(identity.fingerprint()));
        // nobody could tell what the network takes of packets that the kernel counts; the relay hears nothing of it
        boolean isVia = choice.media(index) != ReceiveEngine.Media.COUNTED;
        List<TrackKind> tracks = stream.tracks().stream().map(Track::kind).toList();
        SdpAnswer answer = answerVia(isVia ? proxy : null, index, SdpAnswer.parse(session.answer(), tracks));
        ViewerPath path = receiver.open(answer.address(), choice.media(index));
        Viewer viewer = new Viewer(index, offer, answer, path, receiver, random.split());
        receiver.add(viewer);
        try {
            return connect(viewer, session, answer, stream, choice);
        } catch (IOException | InterruptedException e) {
            viewer.close();
            receiver.remove(viewer);
            throw e;
        }
    }

    private Joined connect(
            Viewer viewer, WhepClient.Session session, SdpAnswer answer, StreamView stream, ViewerChoice choice)
            throws IOException, InterruptedException {
        int index = viewer.index();
        check(viewer);
        DtlsClient.Result dtls;
        try {
            dtls = DtlsClient.handshake(identity, answer.fingerprint(), transport(viewer));
        } catch (IOException e) {
            throw new IOException("DTLS handshake with " + viewer.relayAddress() + " failed: " + e, e);
        }
        List<MediaAudit> audits = choice.media(index) == ReceiveEngine.Media.COUNTED
                ? List.of()
                : stream.tracks().stream()
                        .map(track -> audit(index, track, choice, answer, dtls.keys()))
                        .toList();
        receiver.call(() -> {
            viewer.connected(dtls.keys(), audits, choice.isBrowser(index), System.nanoTime());
            return true;
        });
        return new Joined(viewer, dtls.keys(), session.resource(), dtls.transport());
    }

    private static SdpAnswer answerVia(@Nullable ImpairmentProxy proxy, int index, SdpAnswer answer)
            throws IOException {
        return proxy == null ? answer : answer.withAddress(proxy.route(index, answer.address(), answer.payloadTypes()));
    }

    private static MediaAudit audit(int index, Track track, ViewerChoice choice, SdpAnswer answer, ViewerKeys keys) {
        boolean isAsking = track.kind() == TrackKind.VIDEO
                && choice.isBrowser(index)
                && answer.feedback().hasNack();
        return new MediaAudit(
                track,
                answer.payloadType(track.kind()),
                keys.receive(),
                choice.share(index),
                isAsking ? Patience.OF_BROWSER : Patience.SILENT);
    }

    /// Repeats the check until it is answered (RFC 8445, section 14.3: the interval doubles).
    private static void check(Viewer viewer) throws IOException, InterruptedException {
        long waitMillis = CHECK_MILLIS_FIRST;
        for (long waited = 0; waited < CHECK_MILLIS_TOTAL; waited += waitMillis) {
            viewer.sendCheck();
            if (viewer.checked().await(waitMillis, TimeUnit.MILLISECONDS)) {
                return;
            }
            waitMillis = Math.min(2 * waitMillis, CHECK_MILLIS_MAX);
        }
        String error = viewer.stunErrorCode() == 0 ? "" : "; its last error response was " + viewer.stunErrorCode();
        throw new IOException("relay " + viewer.relayAddress() + " answered no STUN request within 5 s" + error);
    }

    private static DatagramTransport transport(Viewer viewer) {
        return new DatagramTransport() {
            @Override
            public int getReceiveLimit() {
                return DTLS_RECEIVE_BYTES;
            }

            @Override
            public int getSendLimit() {
                return DTLS_SEND_BYTES;
            }

            // -1 when nothing came in time, as the library wants it
            @Override
            public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
                try {
                    byte[] record = viewer.dtlsRecords().poll(waitMillis, TimeUnit.MILLISECONDS);
                    if (record == null) {
                        return -1;
                    }
                    int bytes = Math.min(length, record.length);
                    System.arraycopy(record, 0, buffer, offset, bytes);
                    return bytes;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            }

            @Override
            public void send(byte[] bytes, int offset, int length) throws IOException {
                viewer.send(Arrays.copyOfRange(bytes, offset, offset + length), length);
            }

            @Override
            public void close() {
                // the viewer closes its socket
            }
        };
    }
}
