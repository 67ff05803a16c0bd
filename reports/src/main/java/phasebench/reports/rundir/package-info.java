/// The run directory on disk: what the harness writes and the reports read, versioned, raw evidence before
/// anything derived.
///
/// ```
/// runs/20261122-174501-first/
///   manifest.json                what was run, where and with what: RunManifest
///   phases.json                  of a ladder: the phases with their claims, as they were when it ran
///   trials/
///     01-start/                  one folder for each trial: TrialId.directoryName()
///       trial.json               how it ended and every raw reading: TrialRecord
///       relay.yaml, relay.log, counters.prom, load.log, ...      see Artifact
///     01-start.2/                the repeat of an invalid or failed trial
///     pair-01-start-best/        one folder for each launch pair: PairId.directoryName()
///       pair.json                how it ended, both relays and every raw reading: PairRecord
///       baseline/, candidate/    relay.yaml, relay.log, counters.prom, load.log of each relay
///     profiled-start/            trial.json, profile.jfr, flame-cpu.html, ...
///   micro.json                   benchmarks of single functions, as JMH writes them, where there are any; with
///   micro-manifest.json          MicroManifest, and micro.log; a run of `micro` alone has only these
///   comparison.json              derived by Report.render, as is the folder below
///   report/index.html, report.md, samples.csv
/// ```
///
/// Schema, version 1 (manifest and comparison 2): the JSON files are the records of this package, one property for each
/// component in the
/// order of the declaration; `Duration` as ISO-8601 (`PT8S`), instants as ISO-8601 in UTC, all other times in
/// nanoseconds, all sizes in bytes. Variants of a sealed type carry a property that names them: `status` for
/// an outcome, `kind` for a media source and a drive. Unknown properties are ignored when reading; a property
/// that is missing is an error, never a zero, so that a new one needs a new version. A file of a later
/// version is refused.
///
/// Each JSON file is written beside its place and renamed into it, so that it is whole or absent. A folder
/// without `trial.json` is a trial that was cut short. Nothing is ever deleted or overwritten but files
/// derived from the others.
@NullMarked
package phasebench.reports.rundir;

import org.jspecify.annotations.NullMarked;
