package phasebench.reports.rundir;

/// How the load generator's viewers received in one window.
///
/// @param engine sockets and system calls, for a person
/// @param overflowDatagrams datagrams dropped at full sockets, as the sockets themselves told; what
/// the kernel's table of sockets said is in `receiveBufferDrops`
/// @param sinkViewers viewers whose media the kernel counted and dropped
/// @param sinkPackets RTP packets that it counted for them, all together, retransmissions included
public record ReceiveEvidence(String engine, long overflowDatagrams, int sinkViewers, long sinkPackets) {}
