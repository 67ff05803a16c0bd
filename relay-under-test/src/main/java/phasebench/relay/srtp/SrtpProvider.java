package phasebench.relay.srtp;

import phasebench.relay.buffer.BufferPool;

/// Whose ciphers protect packets: the `srtpProvider` setting.
public enum SrtpProvider {
    /// The JDK's own.
    JCE;

    /// @param scratch for what the ciphers need besides their output
    SrtpTransform transform(SrtpProfile profile, byte[] masterKey, byte[] masterSalt, BufferPool scratch) {
        return switch (this) {
            case JCE ->
                switch (profile) {
                    case AES_CM_128_HMAC_SHA1_80 -> new AesCmTransform(masterKey, masterSalt, scratch);
                    case AEAD_AES_128_GCM -> new AesGcmTransform(masterKey, masterSalt, scratch);
                };
        };
    }
}
