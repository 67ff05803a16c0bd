package phasebench.reports.micro;

/// Two benchmarks that differ in what a phase changes.
///
/// @param what the work that both do
public record MicroPair(String what, MicroBenchmark before, MicroBenchmark after) {}
