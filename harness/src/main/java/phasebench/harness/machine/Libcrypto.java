package phasebench.harness.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;

/// OpenSSL's library as this process finds it, loaded once and kept.
public sealed interface Libcrypto {
    /// System property that names another library, by file name or absolute path.
    String PROPERTY = "phasebench.libcrypto";

    /// What to try, in order.
    List<String> NAMES = List.of("libcrypto.so.3", "libcrypto.so");

    /// The library of the property, else the first of the names that can be loaded.
    static Libcrypto load() {
        String chosen = System.getProperty(PROPERTY);
        return loadFirst(chosen == null ? NAMES : List.of(chosen));
    }

    private static Libcrypto loadFirst(List<String> names) {
        String reason = "no libcrypto";
        for (String name : names) {
            switch (load(name)) {
                case Loaded loaded -> {
                    return loaded;
                }
                case Missing missing ->
                    reason = names.size() == 1 ? missing.reason() : "no " + String.join(", ", names);
            }
        }
        return new Missing(reason);
    }

    @SuppressWarnings("restricted")
    private static Libcrypto load(String name) {
        try {
            SymbolLookup symbols = name.startsWith("/")
                    ? SymbolLookup.libraryLookup(Path.of(name), Arena.global())
                    : SymbolLookup.libraryLookup(name, Arena.global());
            MethodHandle version = Linker.nativeLinker()
                    .downcallHandle(
                            symbols.findOrThrow("OpenSSL_version"),
                            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            MemorySegment text = (MemorySegment) version.invokeExact(0);
            return new Loaded(name, text.reinterpret(Long.MAX_VALUE).getString(0), symbols);
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return new Missing("no " + name + ": " + e.getMessage());
        } catch (Throwable e) {
            throw new IllegalStateException("OpenSSL_version does not match its declaration", e);
        }
    }

    /// @param name file name or path that was loaded
    /// @param version such as `OpenSSL 3.0.19 27 Jan 2026`
    record Loaded(String name, String version, SymbolLookup symbols) implements Libcrypto {
        /// Version and file.
        public String text() {
            return version + " (" + name + ")";
        }
    }

    /// No library, and why.
    record Missing(String reason) implements Libcrypto {}
}
