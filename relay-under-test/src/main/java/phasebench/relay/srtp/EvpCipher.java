package phasebench.relay.srtp;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// One cipher of libcrypto, keyed for good. Each packet is `begin`, any of the other calls, and `end`.
///
/// One thread at a time. Frees its native memory when it is closed, or at the latest when nobody can reach it.
/// No misuse touches memory that was freed: a second thread is refused, and a close amid a packet leaves it to
/// the garbage collector.
final class EvpCipher implements AutoCloseable {
    private static final AtomicLong OPEN_COUNT = new AtomicLong();
    private static final VarHandle STATE;

    private static final int IDLE = 0;
    private static final int IN_PACKET = 1;
    private static final int CLOSED = 2;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(EvpCipher.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final byte[] iv = new byte[16];
    private final MemorySegment ivSegment = MemorySegment.ofArray(iv);
    private final MemorySegment written = MemorySegment.ofArray(new byte[Integer.BYTES]);
    private final MemorySegment context;
    private final FreeOnce memory;

    @SuppressWarnings("UnusedVariable") // by STATE
    private volatile int state = IDLE;

    EvpCipher(LibCrypto.Cipher cipher, byte[] key) {
        var raw = LibCrypto.newContext(cipher, key);
        OPEN_COUNT.incrementAndGet();
        memory = new FreeOnce(raw);
        context = LibCrypto.whenUnreachable(raw, memory::run);
    }

    /// How many of this process have native memory now.
    static long openCount() {
        return OPEN_COUNT.get();
    }

    /// What `begin` uses: 16 bytes in counter mode, the first 12 of them in Galois/counter mode.
    byte[] iv() {
        return iv;
    }

    /// @throws IllegalStateException if it is closed, or in a packet of another thread
    void begin(LibCrypto.Mode mode) {
        if (!STATE.compareAndSet(this, IDLE, IN_PACKET)) {
            throw new IllegalStateException("a cipher that is closed, or used by two threads at once");
        }
        LibCrypto.begin(context, mode, ivSegment);
    }

    void authenticate(MemorySegment data, int length) {
        LibCrypto.authenticate(context, data, length, written);
    }

    void crypt(MemorySegment in, int length, MemorySegment out) {
        LibCrypto.crypt(context, in, length, out, written);
    }

    void writeTag(MemorySegment tag) {
        LibCrypto.writeTag(context, tag, written);
    }

    boolean hasTag(MemorySegment tag) {
        return LibCrypto.hasTag(context, tag, written);
    }

    /// Ends the packet, also one that failed.
    void end() {
        STATE.setRelease(this, IDLE);
    }

    @Override
    public void close() {
        if (STATE.compareAndSet(this, IDLE, CLOSED)) {
            memory.run();
        }
    }

    /// Knows nothing of the cipher, which could never become unreachable otherwise.
    private record FreeOnce(MemorySegment context, AtomicBoolean isFreed) {
        FreeOnce(MemorySegment context) {
            this(context, new AtomicBoolean());
        }

        void run() {
            if (isFreed.compareAndSet(false, true)) {
                LibCrypto.freeContext(context);
                OPEN_COUNT.decrementAndGet();
            }
        }
    }
}
