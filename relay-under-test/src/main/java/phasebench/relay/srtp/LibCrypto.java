package phasebench.relay.srtp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/// What SRTP needs of OpenSSL 3's libcrypto: ciphers by its EVP interface, and SHA-1 by the functions below that, whose
/// state is plain memory that can be copied.
///
/// The calls per packet are `critical`: they take arrays as they are and cost no change of the thread's state, but
/// hold up a safepoint while they last, about 1 us. They check sizes, since libcrypto cannot know where an array ends.
final class LibCrypto {
    /// System property: another library than `libcrypto.so.3`, by name or path.
    static final String LIBRARY_PROPERTY = "phasebench.libcrypto";

    /// SHA_CTX of openssl/sha.h: h0 to h4, two words of length, 16 of data, and how many bytes of those are in use.
    static final int SHA1_STATE_BYTES = 96;

    static final int SHA1_BLOCK_BYTES = 64;
    static final int SHA1_DIGEST_BYTES = 20;

    /// Constants of openssl/evp.h and openssl/crypto.h.
    private static final int CTRL_GET_TAG = 0x10;

    private static final int CTRL_SET_TAG = 0x11;
    private static final long INIT_NO_ATEXIT = 0x0008_0000;
    private static final int FULL_VERSION_STRING = 7;

    private static final Loaded LOADED = load(System.getProperty(LIBRARY_PROPERTY, "libcrypto.so.3"));

    enum Cipher {
        AES_128_CTR,
        AES_128_GCM
    }

    enum Mode {
        DECRYPT,
        ENCRYPT
    }

    sealed interface Loaded {
        /// @param version such as `3.0.19`
        /// @param aesCtr an EVP_CIPHER, and so is `aesGcm`; kept for good, so that no session has to look it up
        record Ready(Calls calls, String version, MemorySegment aesCtr, MemorySegment aesGcm) implements Loaded {}

        record Missing(String reason) implements Loaded {}
    }

    private record Calls(Contexts contexts, Ciphers ciphers, Sha1 sha1) {}

    private record Contexts(MethodHandle create, MethodHandle free) {}

    private record Ciphers(MethodHandle init, MethodHandle update, MethodHandle finish, MethodHandle control) {}

    private record Sha1(MethodHandle init, MethodHandle update, MethodHandle finish, MethodHandle transform) {}

    private LibCrypto() {}

    /// The library that the process uses, or why it has none.
    static Loaded loaded() {
        return LOADED;
    }

    /// Opens a library and finds all that is needed in it.
    static Loaded load(String library) {
        try {
            return Loader.load(library);
        } catch (RuntimeException | LinkageError e) {
            return new Loaded.Missing(library + ": " + e.getMessage());
        }
    }

    /// An EVP_CIPHER_CTX with its key set, which lives until `freeContext`.
    static MemorySegment newContext(Cipher cipher, byte[] key) {
        var library = library();
        var type = cipher == Cipher.AES_128_CTR ? library.aesCtr() : library.aesGcm();
        try {
            var context = (MemorySegment) library.calls().contexts().create().invokeExact();
            if (context.address() == 0) {
                throw new OutOfMemoryError("no native memory for a cipher");
            }
            int done = (int) ciphers()
                    .init()
                    .invokeExact(context, type, MemorySegment.NULL, MemorySegment.ofArray(key), MemorySegment.NULL, 1);
            check(done, "EVP_CipherInit_ex");
            return context;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// Erases and frees a context.
    static void freeContext(MemorySegment context) {
        try {
            library().calls().contexts().free().invokeExact(context);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// The same memory, with something to do once nobody can reach the returned segment any more.
    @SuppressWarnings("restricted")
    static MemorySegment whenUnreachable(MemorySegment context, Runnable cleanup) {
        return context.reinterpret(Arena.ofAuto(), _ -> cleanup.run());
    }

    /// Begins a packet under its IV.
    static void begin(MemorySegment context, Mode mode, MemorySegment iv) {
        int done;
        try {
            done = (int) ciphers()
                    .init()
                    .invokeExact(
                            context,
                            MemorySegment.NULL,
                            MemorySegment.NULL,
                            MemorySegment.NULL,
                            iv,
                            mode == Mode.ENCRYPT ? 1 : 0);
        } catch (Throwable e) {
            throw broken(e);
        }
        check(done, "EVP_CipherInit_ex");
    }

    /// Authenticates the first `length` bytes and leaves them in the clear.
    ///
    /// @param written 4 bytes of scratch, as in the other calls
    static void authenticate(MemorySegment context, MemorySegment in, int length, MemorySegment written) {
        Objects.checkFromIndexSize(0, length, in.byteSize());
        update(context, MemorySegment.NULL, written, in, length);
    }

    /// Encrypts or decrypts the first `length` bytes of `in` to the begin of `out`.
    static void crypt(MemorySegment context, MemorySegment in, int length, MemorySegment out, MemorySegment written) {
        Objects.checkFromIndexSize(0, length, in.byteSize());
        Objects.checkFromIndexSize(0, length, out.byteSize());
        // without bytes there may be no address either
        if (length > 0) {
            update(context, out, written, in, length);
        }
    }

    private static void update(
            MemorySegment context, MemorySegment out, MemorySegment written, MemorySegment in, int length) {
        int done;
        try {
            done = (int) ciphers().update().invokeExact(context, out, written, in, length);
        } catch (Throwable e) {
            throw broken(e);
        }
        check(done, "EVP_CipherUpdate");
    }

    /// Ends an encrypted packet of an authenticating cipher.
    ///
    /// @param tag receives as many bytes as it has
    static void writeTag(MemorySegment context, MemorySegment tag, MemorySegment written) {
        check(finish(context, tag, written), "EVP_CipherFinal_ex");
        check(control(context, CTRL_GET_TAG, tag), "EVP_CIPHER_CTX_ctrl");
    }

    /// Ends a decrypted packet of an authenticating cipher. libcrypto compares in constant time.
    ///
    /// @return whether it has this tag
    static boolean hasTag(MemorySegment context, MemorySegment tag, MemorySegment written) {
        check(control(context, CTRL_SET_TAG, tag), "EVP_CIPHER_CTX_ctrl");
        return finish(context, tag, written) > 0;
    }

    /// Writes nothing to `out` in the modes that are used here, which have no padding.
    private static int finish(MemorySegment context, MemorySegment out, MemorySegment written) {
        try {
            return (int) ciphers().finish().invokeExact(context, out, written);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static int control(MemorySegment context, int command, MemorySegment tag) {
        try {
            return (int) ciphers().control().invokeExact(context, command, (int) tag.byteSize(), tag);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void sha1Init(MemorySegment state) {
        Objects.checkFromIndexSize(0, SHA1_STATE_BYTES, state.byteSize());
        int done;
        try {
            done = (int) sha1().init().invokeExact(state);
        } catch (Throwable e) {
            throw broken(e);
        }
        check(done, "SHA1_Init");
    }

    /// Digests the first `length` bytes.
    static void sha1Update(MemorySegment state, MemorySegment data, int length) {
        Objects.checkFromIndexSize(0, SHA1_STATE_BYTES, state.byteSize());
        Objects.checkFromIndexSize(0, length, data.byteSize());
        int done;
        try {
            done = (int) sha1().update().invokeExact(state, data, (long) length);
        } catch (Throwable e) {
            throw broken(e);
        }
        check(done, "SHA1_Update");
    }

    /// Writes the digest to the begin of `digest`.
    static void sha1Final(MemorySegment digest, MemorySegment state) {
        Objects.checkFromIndexSize(0, SHA1_DIGEST_BYTES, digest.byteSize());
        Objects.checkFromIndexSize(0, SHA1_STATE_BYTES, state.byteSize());
        int done;
        try {
            done = (int) sha1().finish().invokeExact(digest, state);
        } catch (Throwable e) {
            throw broken(e);
        }
        check(done, "SHA1_Final");
    }

    /// Digests one block into h0 to h4, without counting it.
    static void sha1Transform(MemorySegment state, MemorySegment block) {
        Objects.checkFromIndexSize(0, SHA1_STATE_BYTES, state.byteSize());
        Objects.checkFromIndexSize(0, SHA1_BLOCK_BYTES, block.byteSize());
        try {
            sha1().transform().invokeExact(state, block);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// By way of a constant, so that the compiler sees the handles and inlines the calls.
    private static Loaded.Ready library() {
        if (LOADED instanceof Loaded.Ready ready) {
            return ready;
        }
        throw new IllegalStateException("no libcrypto: " + LOADED);
    }

    private static Ciphers ciphers() {
        return library().calls().ciphers();
    }

    private static Sha1 sha1() {
        return library().calls().sha1();
    }

    private static void check(int done, String function) {
        if (done <= 0) {
            throw new IllegalStateException(function + " failed");
        }
    }

    private static IllegalStateException broken(Throwable e) {
        return new IllegalStateException("a downcall does not match its declaration", e);
    }

    /// Finds the functions by name.
    private static final class Loader {
        private static final Linker LINKER = Linker.nativeLinker();

        private final SymbolLookup symbols;

        private Loader(SymbolLookup symbols) {
            this.symbols = symbols;
        }

        @SuppressWarnings("restricted")
        static Loaded load(String library) {
            return new Loader(SymbolLookup.libraryLookup(library, Arena.global())).load();
        }

        private Loaded load() {
            var contexts = new Contexts(
                    call("EVP_CIPHER_CTX_new", FunctionDescriptor.of(ADDRESS)),
                    call("EVP_CIPHER_CTX_free", FunctionDescriptor.ofVoid(ADDRESS)));
            var ciphers = new Ciphers(
                    criticalCall("EVP_CipherInit_ex", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT),
                    criticalCall("EVP_CipherUpdate", ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT),
                    criticalCall("EVP_CipherFinal_ex", ADDRESS, ADDRESS, ADDRESS),
                    criticalCall("EVP_CIPHER_CTX_ctrl", ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
            var sha1 = new Sha1(
                    criticalCall("SHA1_Init", ADDRESS),
                    criticalCall("SHA1_Update", ADDRESS, ADDRESS, JAVA_LONG),
                    criticalCall("SHA1_Final", ADDRESS, ADDRESS),
                    critical("SHA1_Transform", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS)));
            try {
                initialize();
                return new Loaded.Ready(
                        new Calls(contexts, ciphers, sha1), version(), fetch("AES-128-CTR"), fetch("AES-128-GCM"));
            } catch (RuntimeException e) {
                throw e;
            } catch (Throwable e) {
                throw broken(e);
            }
        }

        /// The JVM may still run when exit(3) would have libcrypto free what it uses.
        private void initialize() throws Throwable {
            var init = call("OPENSSL_init_crypto", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
            check((int) init.invokeExact(INIT_NO_ATEXIT, MemorySegment.NULL), "OPENSSL_init_crypto");
        }

        @SuppressWarnings("restricted")
        private String version() throws Throwable {
            var version = call("OpenSSL_version", FunctionDescriptor.of(ADDRESS, JAVA_INT));
            var text = (MemorySegment) version.invokeExact(FULL_VERSION_STRING);
            return text.reinterpret(Long.MAX_VALUE).getString(0);
        }

        private MemorySegment fetch(String cipher) throws Throwable {
            var fetch = call("EVP_CIPHER_fetch", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS));
            try (var arena = Arena.ofConfined()) {
                var found = (MemorySegment)
                        fetch.invokeExact(MemorySegment.NULL, arena.allocateFrom(cipher), MemorySegment.NULL);
                if (found.address() == 0) {
                    throw new IllegalStateException("no cipher " + cipher);
                }
                return found;
            }
        }

        private MethodHandle criticalCall(String name, MemoryLayout... parameters) {
            return critical(name, FunctionDescriptor.of(JAVA_INT, parameters));
        }

        @SuppressWarnings("restricted")
        private MethodHandle critical(String name, FunctionDescriptor descriptor) {
            return LINKER.downcallHandle(symbols.findOrThrow(name), descriptor, Linker.Option.critical(true));
        }

        @SuppressWarnings("restricted")
        private MethodHandle call(String name, FunctionDescriptor descriptor) {
            return LINKER.downcallHandle(symbols.findOrThrow(name), descriptor);
        }
    }
}
