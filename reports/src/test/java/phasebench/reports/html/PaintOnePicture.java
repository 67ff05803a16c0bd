package phasebench.reports.html;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Prints a picture with numbers and words on its axes.
final class PaintOnePicture {
    private PaintOnePicture() {}

    public static void main(String[] args) {
        byte[] bytes = picture().getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }

    static String picture() {
        return RolesChart.markup(
                List.of("start", "batch"), Map.of("forwarder", new double[] {8000, 5300}), "a < b & \"c\"");
    }
}
