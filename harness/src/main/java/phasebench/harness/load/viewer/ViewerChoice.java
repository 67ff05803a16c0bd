package phasebench.harness.load.viewer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.SampleShare;
import phasebench.scenarios.ViewerLoad;

/// All that is random about viewers; the same for the same seed.
final class ViewerChoice {
    private final ViewerLoad load;
    private final long seed;
    private final Set<Integer> verifying;

    ViewerChoice(ViewerLoad load, long seed) {
        this.load = load;
        this.seed = seed;
        this.verifying = load.decryptedPacketShare() <= 0 ? Set.of() : chosen(load, seed);
    }

    /// The viewers of whose packets a share is decrypted: at least one if any is asked for.
    private static Set<Integer> chosen(ViewerLoad load, long seed) {
        List<Integer> all = new ArrayList<>(load.count());
        for (int i = 0; i < load.count(); i++) {
            all.add(i);
        }
        Collections.shuffle(all, new Random(seed));
        return new HashSet<>(all.subList(0, (int) Math.ceil(load.decryptedViewerShare() * load.count())));
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

    /// The packets of a viewer that are decrypted. Who follows on a viewer's place is chosen as that one was.
    SampleShare share(int viewer) {
        return verifying.contains(viewer % Math.max(1, load.count()))
                ? SampleShare.of(seed * 31 + viewer, load.decryptedPacketShare())
                : SampleShare.NONE;
    }
}
