package phasebench.reports.html;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The font that comes with the reports (a subset of DejaVu Sans), for pictures that look the same everywhere.
final class ChartFont {
    private static final String RESOURCE = "DejaVuSans-subset.ttf";

    /// Without fontconfig on the machine AWT refuses every font, even one from a file. This file, which
    /// `sun.awt.fontconfig` names, gives it a logical font that is never used.
    private static final String CONFIGURATION = """
            version=1
            allfonts.latin-1=-*-*-*-*-*-*-*-*-*-*-*-*-*-*
            sequence.allfonts=latin-1
            """;

    private static final String CONFIGURATION_PROPERTY = "sun.awt.fontconfig";
    private static final Font FONT = load();

    private ChartFont() {}

    static Font ofSize(float points) {
        return FONT.deriveFont(points);
    }

    private static Font load() {
        System.setProperty("java.awt.headless", "true");
        boolean isConfigured = System.getProperty(CONFIGURATION_PROPERTY) != null;
        try (InputStream file = ChartFont.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            return isConfigured ? Font.createFont(Font.TRUETYPE_FONT, file) : loadWithoutFontconfig(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FontFormatException e) {
            throw new IllegalStateException("the JDK cannot read " + RESOURCE, e);
        }
    }

    /// AWT reads the configuration once, when the first font is made.
    private static Font loadWithoutFontconfig(InputStream file) throws IOException, FontFormatException {
        Path configuration = Files.createTempFile("phasebench-fonts", ".properties");
        try {
            Files.writeString(configuration, CONFIGURATION);
            System.setProperty(CONFIGURATION_PROPERTY, configuration.toString());
            return Font.createFont(Font.TRUETYPE_FONT, file);
        } finally {
            System.clearProperty(CONFIGURATION_PROPERTY);
            Files.delete(configuration);
        }
    }
}
