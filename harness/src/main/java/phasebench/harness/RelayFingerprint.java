package phasebench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Tells builds of the relay apart: the same sources make the same jar, byte for byte.
final class RelayFingerprint {
    /// What the manifest calls it.
    static final String LABEL = "relay build";

    private static final int HEX_DIGITS = 16;

    private RelayFingerprint() {}

    /// The begin of the jar's SHA-256.
    static String of(Path jar) throws IOException {
        if (!Files.isRegularFile(jar)) {
            return "missing";
        }
        return sha256(jar).substring(0, HEX_DIGITS);
    }

    /// All of it, in hexadecimal digits.
    static String sha256(Path jar) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
