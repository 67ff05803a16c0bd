package phasebench.harness.floor;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import phasebench.harness.machine.Libcrypto;

/// The few functions of OpenSSL 3 that protect a packet. Pointers travel as `long`. Calls per packet are `critical`:
/// each takes well below a microsecond, and nothing waits in them.
final class LibcryptoCalls {
    /// `SHA_CTX`: five words of state, two of length, a block, a count.
    static final int SHA_CONTEXT_BYTES = 96;

    static final int SHA_BYTES = 20;

    private static final int EVP_CTRL_AEAD_GET_TAG = 0x10;

    private static final Loaded LOADED = Loaded.load();

    private LibcryptoCalls() {}

    /// Throws, with the reason, when there is no OpenSSL here.
    static void require() throws IOException {
        if (LOADED instanceof Loaded.Missing(String reason)) {
            throw new IOException(reason);
        }
    }

    /// A cipher context with its key: only the counter is still missing.
    ///
    /// @param cipher function that names it, such as `EVP_aes_128_gcm`
    static long context(String cipher, MemorySegment key) throws IOException {
        require();
        try {
            MethodHandle algorithm = cipher.endsWith("gcm") ? calls().aesGcm : calls().aesCtr;
            long context = (long) calls().newContext.invokeExact();
            long type = (long) algorithm.invokeExact();
            check((int) calls().encryptInit.invokeExact(context, type, 0L, key.address(), 0L));
            return context;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void start(long context, long iv) {
        try {
            check((int) calls().encryptInit.invokeExact(context, 0L, 0L, 0L, iv));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// @param out 0 for data that is authenticated only
    /// @param outLength takes an int that nobody reads
    static void update(long context, long out, long outLength, long in, int bytes) {
        try {
            check((int) calls().encryptUpdate.invokeExact(context, out, outLength, in, bytes));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void tag(long context, long out, long outLength, int bytes) {
        try {
            check((int) calls().encryptFinal.invokeExact(context, out, outLength));
            check((int) calls().control.invokeExact(context, EVP_CTRL_AEAD_GET_TAG, bytes, out));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void shaInit(long context) {
        try {
            check((int) calls().shaInit.invokeExact(context));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void shaUpdate(long context, long data, int bytes) {
        try {
            check((int) calls().shaUpdate.invokeExact(context, data, (long) bytes));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void shaFinal(long digest, long context) {
        try {
            check((int) calls().shaFinal.invokeExact(digest, context));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static void check(int result) {
        if (result != 1) {
            throw new IllegalStateException("OpenSSL refused a call: " + result);
        }
    }

    private static Calls calls() {
        return ((Loaded.Ready) LOADED).calls();
    }

    private static IllegalStateException broken(Throwable e) {
        return e instanceof IllegalStateException refused
                ? refused
                : new IllegalStateException("a downcall does not match its declaration", e);
    }

    private record Calls(
            MethodHandle newContext,
            MethodHandle aesGcm,
            MethodHandle aesCtr,
            MethodHandle encryptInit,
            MethodHandle encryptUpdate,
            MethodHandle encryptFinal,
            MethodHandle control,
            MethodHandle shaInit,
            MethodHandle shaUpdate,
            MethodHandle shaFinal) {}

    private sealed interface Loaded {
        record Ready(Calls calls) implements Loaded {}

        record Missing(String reason) implements Loaded {}

        static Loaded load() {
            return switch (Libcrypto.load()) {
                case Libcrypto.Missing(String reason) -> new Missing(reason);
                case Libcrypto.Loaded loaded -> link(loaded);
            };
        }

        private static Loaded link(Libcrypto.Loaded library) {
            SymbolLookup c = library.symbols();
            var i = JAVA_INT;
            var l = JAVA_LONG;
            try {
                return new Ready(new Calls(
                        link(c, "EVP_CIPHER_CTX_new", FunctionDescriptor.of(l)),
                        link(c, "EVP_aes_128_gcm", FunctionDescriptor.of(l)),
                        link(c, "EVP_aes_128_ctr", FunctionDescriptor.of(l)),
                        link(c, "EVP_EncryptInit_ex", FunctionDescriptor.of(i, l, l, l, l, l)),
                        link(c, "EVP_EncryptUpdate", FunctionDescriptor.of(i, l, l, l, l, i)),
                        link(c, "EVP_EncryptFinal_ex", FunctionDescriptor.of(i, l, l, l)),
                        link(c, "EVP_CIPHER_CTX_ctrl", FunctionDescriptor.of(i, l, i, i, l)),
                        link(c, "SHA1_Init", FunctionDescriptor.of(i, l)),
                        link(c, "SHA1_Update", FunctionDescriptor.of(i, l, l, l)),
                        link(c, "SHA1_Final", FunctionDescriptor.of(i, l, l))));
            } catch (RuntimeException | LinkageError e) {
                return new Missing(library.text() + " lacks a function: " + e.getMessage());
            }
        }

        @SuppressWarnings("restricted")
        private static MethodHandle link(SymbolLookup c, String function, FunctionDescriptor type) {
            return Linker.nativeLinker().downcallHandle(c.findOrThrow(function), type, Linker.Option.critical(false));
        }
    }
}
