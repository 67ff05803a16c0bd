package phasebench.relay.srtp;

import org.jspecify.annotations.Nullable;
import phasebench.relay.buffer.BufferPool;

/// Whose ciphers protect packets: the `srtpProvider` setting.
public enum SrtpProvider {
    /// The JDK's own.
    JCE,

    /// Those of OpenSSL 3's libcrypto, which need no garbage: see `LibCrypto`.
    OPENSSL;

    /// Why it cannot be used on this machine; null if it can.
    public @Nullable String missing() {
        return switch (this) {
            case JCE -> null;
            case OPENSSL -> LibCrypto.loaded() instanceof LibCrypto.Loaded.Missing(var reason) ? reason : null;
        };
    }

    /// Which library does the work, such as `libcrypto=3.0.19`; empty if that is the JDK, or if the library is missing.
    public String library() {
        return switch (this) {
            case JCE -> "";
            case OPENSSL ->
                LibCrypto.loaded() instanceof LibCrypto.Loaded.Ready ready ? "libcrypto=" + ready.version() : "";
        };
    }

    /// @param scratch for what the ciphers need besides their output
    /// @throws IllegalStateException if the provider is missing
    SrtpTransform transform(SrtpProfile profile, byte[] masterKey, byte[] masterSalt, BufferPool scratch) {
        return switch (this) {
            case JCE ->
                switch (profile) {
                    case AES_CM_128_HMAC_SHA1_80 -> new AesCmTransform(masterKey, masterSalt, scratch);
                    case AEAD_AES_128_GCM -> new AesGcmTransform(masterKey, masterSalt, scratch);
                };
            case OPENSSL ->
                switch (profile) {
                    case AES_CM_128_HMAC_SHA1_80 -> new OpenSslCmTransform(masterKey, masterSalt);
                    case AEAD_AES_128_GCM -> new OpenSslGcmTransform(masterKey, masterSalt);
                };
        };
    }
}
