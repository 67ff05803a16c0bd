package phasebench.relay.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibCryptoTest {
    @Test
    void aLibraryThatIsNotThereIsNamed() {
        assertThat(LibCrypto.load("libnone.so.3"))
                .isInstanceOfSatisfying(
                        LibCrypto.Loaded.Missing.class,
                        missing -> assertThat(missing.reason()).contains("libnone.so.3"));
    }

    @Test
    void aLibraryOfSomethingElseIsNamedWithWhatItLacks() {
        assertThat(LibCrypto.load("libc.so.6"))
                .isInstanceOfSatisfying(
                        LibCrypto.Loaded.Missing.class,
                        missing -> assertThat(missing.reason()).contains("libc.so.6", "EVP_"));
    }

    @Test
    void theLibraryInUseTellsItsVersion() {
        Srtp.assumeUsable(SrtpProvider.OPENSSL);
        assertThat(SrtpProvider.OPENSSL.library()).matches("libcrypto=3\\.\\d+\\.\\d+\\S*");
        assertThat(SrtpProvider.JCE.library()).isEmpty();
    }

    /// RFC 2202, section 3, test cases 1, 2 and 4.
    @ParameterizedTest
    @CsvSource(textBlock = """
            0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265, b617318655057264e28bc0b6fb378c8ef146be00
            4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f, effcdf6ae5eb2fa2d27416d5f184df9c259a7c79
            0102030405060708090a0b0c0d0e0f10111213141516171819, cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd, 4c9007f4026250c6bc8414f9bf50c86c2d7235da
            """)
    void itsHmacIsThatOfRfc2202(String key, String message, String digest) {
        Srtp.assumeUsable(SrtpProvider.OPENSSL);
        var hex = HexFormat.of();
        var mac = new HmacSha1(hex.parseHex(key));
        var data = MemorySegment.ofArray(hex.parseHex(message));
        for (int round = 0; round < 2; round++) {
            mac.begin();
            mac.update(data, (int) data.byteSize());
            mac.end();
            var words = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                words.append(hex.toHexDigits(mac.word(i)));
            }
            assertThat(words).hasToString(digest);
        }
    }

    @Test
    void sizesAreCheckedBeforeTheLibrarySeesThem() {
        Srtp.assumeUsable(SrtpProvider.OPENSSL);
        var mac = new HmacSha1("key".getBytes(StandardCharsets.US_ASCII));
        mac.begin();
        assertThatThrownBy(() -> mac.update(MemorySegment.ofArray(new byte[3]), 4))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new HmacSha1(new byte[65])).hasMessageContaining("65 bytes");
    }
}
