/// The load generator: a process of its own that publishes streams to a relay, plays them with many viewers, and audits
/// every packet.
///
/// [phasebench.harness.load.LoadGenerator] is the harness's handle of one or several such processes,
/// [phasebench.harness.load.LoadMain] the process.
///
/// # Control protocol
///
/// The process reads a token from its standard input (one line) and prints one line, `CONTROL port=PORT pid=PID`; PORT
/// is on 127.0.0.1. The first line of a connection
/// is the token. Then each request is one line of JSON, and so is each answer; one request at a time.
///
/// | request | does | answer |
/// |---|---|---|
/// | `prepare` with `load`: `scenario`, `targets` (`rtsp`, `http`), `seed`, `part` (`index`, `of`), `clock` | the first
/// part publishes all streams; the others, given its clock, learn when their frames are due | `isOk`, `clock` |
/// | `ramp` | the part's viewers join over the ramp; ends when each receives frames | `isOk` |
/// | `grow` | those of the next step of a climb join | same |
/// | `window-plan` with `window`: `attempt` | asked of the first part: names the frames of a window that is about to
/// begin | `isOk`, `plan` |
/// | `window-arm` with `window`: `plan` | counts these frames from now on | `isOk`, `isArmed`: whether none of them had
/// left |
/// | `window-begin` | ends a few ms before the first of these frames is due | `isOk` |
/// | `packets` | counts what the viewers have got in the open window | `isOk`, `packets` |
/// | `window-boundary` | ends a few ms before the first frame behind the window is due | same |
/// | `window-end` with `window`: `drainMillis` | waits for the window's end and the drain | `isOk`, `share` |
/// | `pause`, `resume` | closed drive: no further frame leaves; goes on | `isOk` |
/// | `leave` | leaves: DELETE, close_notify, TEARDOWN; then `prepare` may come again | same |
/// | `stop` | leaves | same; then the process ends |
///
/// A request that fails is answered by `{"isOk":false,"error":"..."}`. The process also ends when the control
/// connection does, on SIGTERM, and when the time that the scenario can possibly take is over.
///
/// # Several processes
///
/// The viewers of a scenario may be dealt out to several processes ([phasebench.harness.load.LoadPart]). All are given
/// the whole scenario and the same seed, and all know which viewers are whose: a viewer has the same index, stream,
/// instants to join and leave, losses and decrypted packets whoever carries it. The first process publishes.
///
/// The others need to know when a frame is due. `clock` names the clock that the publisher goes by
/// ([phasebench.harness.load.LoadClock]: CLOCK_MONOTONIC of which boot, in which time namespace), what it
/// shows, and when frame 0 of each stream is due. Whoever goes by another clock refuses `prepare`: latency from
/// due time cannot be told across clocks, and is never guessed.
///
/// A window is agreed on frame by frame: the publisher plans it, all arm it, and if one came too late, with twice the
/// notice again. A `share` ([phasebench.harness.load.WindowShare]) is the process's counts, its histograms in full
/// (HdrHistogram V2, Base64) and the audit of each viewer. [phasebench.harness.load.SharedWindow] adds them up; how a
/// process fared stays apart for each. Nothing is handed over by files.
@NullMarked
package phasebench.harness.load;

import org.jspecify.annotations.NullMarked;
