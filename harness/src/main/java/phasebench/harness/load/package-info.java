/// The load generator: a process of its own that publishes streams to a relay, plays them with many viewers, and audits
/// every packet.
///
/// [phasebench.harness.load.LoadGenerator] is the harness's handle, [phasebench.harness.load.LoadMain] the process.
///
/// # Control protocol
///
/// The process reads a token from its standard input (one line) and prints one line, `CONTROL port=PORT pid=PID`; PORT
/// is on 127.0.0.1. The first line of a connection
/// is the token. Then each request is one line of JSON, and so is each answer; one request at a time.
///
/// | request | does | answer |
/// |---|---|---|
/// | `{"command":"prepare","scenario":{...},"targets":{"rtsp":URI,"http":URI},"seed":N}` | publishes all streams |
/// `{"isOk":true}` |
/// | `{"command":"ramp"}` | viewers join over the ramp; ends when each receives frames | same |
/// | `{"command":"window-begin"}` | ends a few ms before the first counted frame is due | same |
/// | `{"command":"packets"}` | counts what viewers have got in the open window | the same with `"packets":N` |
/// | `{"command":"window-boundary"}` | ends a few ms before the first frame behind the window is due | same |
/// | `{"command":"window-end","drainMillis":N}` | waits for the window's end and the drain | the same with
/// `"evidence":{...}` |
/// | `{"command":"pause"}`, `{"command":"resume"}` | closed drive: no further frame leaves; goes on | same |
/// | `{"command":"stop"}` | leaves: DELETE, close_notify, TEARDOWN | same; then the process ends |
///
/// A request that fails is answered by `{"isOk":false,"error":"..."}`. The process also ends when the control
/// connection does, on SIGTERM, and when the time that the scenario can possibly take is over.
@NullMarked
package phasebench.harness.load;

import org.jspecify.annotations.NullMarked;
