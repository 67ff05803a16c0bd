package phasebench.reports.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import phasebench.reports.comparison.MemoryByViewers.Line;
import phasebench.reports.comparison.MemoryByViewers.RingCheck;
import phasebench.reports.comparison.MemoryByViewers.VariantMemory;

/// What a reader must know before trusting a line through heaps.
final class MemoryWarnings {
    private MemoryWarnings() {}

    static List<String> of(MemoryByViewers memory) {
        List<String> warnings = new ArrayList<>();
        for (VariantMemory variant : memory.variants()) {
            ofVariant(memory, variant, warnings);
        }
        for (RingCheck ring : memory.rings()) {
            if (!ring.isFull()) {
                warnings.add(("Some rings of %s may not have been full when its heap was read: their viewers got %d"
                                + " packets at least, and a ring holds %d. The derived size does not apply.")
                        .formatted(ring.with(), ring.packetsLeast(), RingSize.PACKETS));
            }
        }
        return warnings;
    }

    private static void ofVariant(MemoryByViewers memory, VariantMemory variant, List<String> warnings) {
        List<Integer> without = memory.viewerCounts().stream()
                .filter(count -> variant.at(count).isEmpty())
                .toList();
        if (!without.isEmpty()) {
            warnings.add("No trial of %s counts at %s viewers.".formatted(variant.variant(), without));
        }
        Line heap = variant.heap();
        if (heap == null) {
            warnings.add("No line for %s: it needs trials at two numbers of viewers.".formatted(variant.variant()));
        } else if (heap.perViewer() == null) {
            warnings.add("The line of %s goes through two trials, so it has no interval: need >= 3."
                    .formatted(variant.variant()));
        } else if (Boolean.FALSE.equals(heap.isStraight())) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The heap of %s is not a straight line over viewers: a mean lies %.0f kB off it. Its slope"
                            + " describes no viewer in particular.",
                    variant.variant(),
                    heap.meanApartMax() / 1000));
        }
    }
}
