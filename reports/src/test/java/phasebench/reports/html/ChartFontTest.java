package phasebench.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartFontTest {
    /// The characters that figures, axes and names of roles are made of.
    @Test
    void theSubsetHasEveryCharacterOfAnAxis() {
        assertThat(ChartFont.ofSize(12).canDisplayUpTo("0123456789.,−+% µsnmkMBiK/-abcdefghijklmnopqrstuvwxyzäéß…"))
                .isEqualTo(-1);
    }

    /// In a JVM of its own, because AWT looks for the machine's fonts only once. FONTCONFIG_FILE names an empty
    /// configuration, so that the machine has no font as far as AWT can tell.
    @Test
    void aMachineWithoutFontsPaintsTheSamePicture(@TempDir Path folder) throws IOException, InterruptedException {
        Path noFonts = folder.resolve("fonts.conf");
        Files.writeString(noFonts, "<?xml version=\"1.0\"?><fontconfig></fontconfig>");
        Path output = folder.resolve("picture.svg");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PaintOnePicture.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("FONTCONFIG_FILE", noFonts.toString());
        builder.environment().put("XDG_CACHE_HOME", folder.toString());
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output)).isEqualTo(PaintOnePicture.picture());
    }
}
