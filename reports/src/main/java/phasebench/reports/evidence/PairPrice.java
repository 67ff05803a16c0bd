package phasebench.reports.evidence;

import phasebench.reports.evidence.PairWindow.Use;
import phasebench.reports.rundir.PairId;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;

/// What a launch pair is paid in: CPU time by packets while media flows, by seconds of viewers while none does.
public sealed interface PairPrice {
    /// CPU time that counts, in a window of one relay.
    double cpuNs(Use use);

    /// What it is divided by.
    double units(Use use);

    /// Share (0-1) of a relay's CPU that its JIT may use in a window that counts.
    double jitShareMax();

    /// Whether a compiler was quiet enough for the window to count.
    default boolean isQuiet(Use use) {
        return use.jitShare() <= jitShareMax();
    }

    /// Work per packet. What compilers still use is taken off: it is of the JVM's start, not of a packet.
    ///
    /// @param jitShareMax share (0-1) of a relay's CPU that its JIT may use in a window that counts
    record PerPacket(double jitShareMax) implements PairPrice {
        @Override
        public double cpuNs(Use use) {
            return use.cpuNs() * (1 - use.jitShare());
        }

        @Override
        public double units(Use use) {
            return use.packets();
        }
    }

    /// Work per viewer-second. An idle relay uses so little that whatever its JIT still does is a large share of it:
    /// that is taken off, and only a window in which the JIT did most of the work does not count.
    record PerViewerSecond(int viewers) implements PairPrice {
        /// A JIT that works more than the relay itself does not leave the relay's own work as it is.
        static final double JIT_SHARE_MAX = 0.5;

        @Override
        public double cpuNs(Use use) {
            return use.cpuNs() * (1 - use.jitShare());
        }

        @Override
        public double units(Use use) {
            return viewers * (use.elapsedNs() / 1e9);
        }

        @Override
        public double jitShareMax() {
            return JIT_SHARE_MAX;
        }
    }

    /// The price of a launch pair of an experiment.
    static PairPrice of(PairId id, ExperimentSpec spec) {
        DuetSpec duet = spec.duet();
        return switch (id.kind()) {
            case MEDIA -> new PerPacket(duet == null ? DuetSpec.JIT_SHARE_MAX : duet.jitShareMax());
            case IDLE -> new PerViewerSecond(spec.scenario().viewers().count());
        };
    }

    /// CPU time per unit.
    default double of(Use use) {
        return cpuNs(use) / units(use);
    }
}
