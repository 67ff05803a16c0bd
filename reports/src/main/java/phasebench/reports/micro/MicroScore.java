package phasebench.reports.micro;

import org.jspecify.annotations.Nullable;

/// The result of one benchmark in one of its measures: a mean over iterations.
///
/// @param error half the width of JMH's 99.9 % interval; null where it was too short to have one
public record MicroScore(double mean, @Nullable Double error) {}
