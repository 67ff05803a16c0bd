package phasebench.harness.load.viewer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.SampleShare;
import phasebench.harness.load.receive.ReceiveEngine;
import phasebench.scenarios.ViewerLoad;

/// All that is random about viewers; the same for the same seed.
final class ViewerChoice {
    private final ViewerLoad load;
    private final long seed;
    private final Set<Integer> verifying;
    private final Set<Integer> sinks;
    private final Set<Integer> browsers;

    ViewerChoice(ViewerLoad load, long seed) {
        this.load = load;
        this.seed = seed;
        List<Integer> all = new ArrayList<>(load.count());
        for (int i = 0; i < load.count(); i++) {
            all.add(i);
        }
        Collections.shuffle(all, new Random(seed));
        // at least one if any is asked for; sinks are taken from the other end
        int verifyingCount =
                load.decryptedPacketShare() <= 0 ? 0 : (int) Math.ceil(load.decryptedViewerShare() * load.count());
        int sinkCount = (int) Math.round(load.sinkShare() * load.count());
        verifying = Set.copyOf(all.subList(0, verifyingCount));
        sinks = Set.copyOf(all.subList(all.size() - sinkCount, all.size()));
        List<Integer> others = new ArrayList<>(all.subList(0, all.size() - sinkCount));
        Collections.shuffle(others, new Random(seed + 1));
        int browserCount = (int) Math.round(load.behaviourShare() * load.count());
        browsers = Set.copyOf(others.subList(0, Math.min(browserCount, others.size())));
    }

    /// Who follows on a viewer's place is chosen as that one was.
    private int place(int viewer) {
        return viewer % Math.max(1, load.count());
    }

    /// What becomes of a viewer's media.
    ReceiveEngine.Media media(int viewer) {
        if (sinks.contains(place(viewer))) {
            return ReceiveEngine.Media.COUNTED;
        }
        return verifying.contains(place(viewer)) ? ReceiveEngine.Media.WHOLE : ReceiveEngine.Media.HEADERS;
    }

    /// Whether a viewer asks for what it misses, as a browser does.
    boolean isBrowser(int viewer) {
        return browsers.contains(place(viewer));
    }

    /// What a viewer's credentials, transaction ids and timers follow from.
    SplittableRandom random(int viewer) {
        return new SplittableRandom(seed * 1_000_003 + viewer);
    }

    /// The name in `.local` of a viewer's candidate; null if viewers have none.
    @Nullable
    String localName(int viewer) {
        String source = "viewer " + viewer + " of seed " + seed;
        return load.hasLocalCandidates()
                ? UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8)) + ".local"
                : null;
    }

    /// The packets of a viewer that are decrypted.
    SampleShare share(int viewer) {
        return verifying.contains(place(viewer))
                ? SampleShare.of(seed * 31 + viewer, load.decryptedPacketShare())
                : SampleShare.NONE;
    }
}
