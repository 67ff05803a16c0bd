/// The sockets that viewers receive on, and how datagrams are taken from the kernel: few sockets for many viewers where
/// the machine allows it, one for each where not.
///
/// A viewer must be a client of its own to the relay, which tells clients apart by address and port. A socket bound to
/// no address gets what is sent to any address of 127.0.0.0/8 at its port, learns from the kernel which one that was
/// (`IP_PKTINFO`, ip(7)), and may choose the source address of each datagram it sends: so one socket is as many clients
/// as there are addresses, and one recvmmsg(2) takes the datagrams of many viewers.
@NullMarked
package phasebench.harness.load.receive;

import org.jspecify.annotations.NullMarked;
