package phasebench.reports.noise;

import java.util.Locale;
import phasebench.scenarios.ExperimentSpec;

/// What an experiment's comparisons are made of; noise of one kind says nothing about the other.
public enum NoiseKind {
    /// Launch pairs with media.
    MEDIA,
    /// Rounds of steady trials.
    STEADY;

    public static NoiseKind of(ExperimentSpec experiment) {
        return experiment.duet() == null ? STEADY : MEDIA;
    }

    /// The word in files.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// One of which there are n, in words.
    public String unit() {
        return this == MEDIA ? "launch pair" : "round";
    }
}
