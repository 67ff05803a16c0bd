package phasebench.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowingConsumer;

/// The picture that every end-to-end test publishes: ffmpeg's moving test source with three still boxes of known
/// colour.
final class TestPattern {
    static final int WIDTH = 640;
    static final int HEIGHT = 360;
    static final int FRAMES_PER_SECOND = 30;

    /// What chroma subsampling, rounding and the codec may change in a flat area, of 255.
    private static final int TOLERANCE = 24;

    private static final int BOX_SIZE = 80;
    private static final List<Box> BOXES =
            List.of(new Box(40, 200, 30, 40), new Box(280, 20, 160, 60), new Box(520, 30, 60, 190));

    private static final int BOX_TOP = 240;

    private static final String PIXELS = """
            (() => {
              const video = document.querySelector('video');
              const canvas = document.createElement('canvas');
              canvas.width = video.videoWidth;
              canvas.height = video.videoHeight;
              const context = canvas.getContext('2d');
              context.drawImage(video, 0, 0);
              return args[0].map(([x, y]) => [...context.getImageData(x, y, 1, 1).data]);
            })()""";

    private TestPattern() {}

    /// One box: its left edge and its colour, 0 to 255 each.
    private record Box(int left, int red, int green, int blue) {
        String drawing() {
            return "drawbox=x=%d:y=%d:w=%d:h=%d:color=0x%02X%02X%02X:t=fill"
                    .formatted(left, BOX_TOP, BOX_SIZE, BOX_SIZE, red, green, blue);
        }

        List<Integer> middle() {
            return List.of(left + BOX_SIZE / 2, BOX_TOP + BOX_SIZE / 2);
        }
    }

    /// ffmpeg's description of the source, for `-f lavfi -i`.
    static String source() {
        String boxes = String.join(",", BOXES.stream().map(Box::drawing).toList());
        return "testsrc2=size=%dx%d:rate=%d,format=yuv420p,%s".formatted(WIDTH, HEIGHT, FRAMES_PER_SECOND, boxes);
    }

    /// Compares what the page's video element shows now with what was drawn.
    static void assertIsShownBy(Browser browser) {
        List<?> pixels =
                browser.evaluateList(PIXELS, BOXES.stream().map(Box::middle).toList());
        assertThat(pixels).hasSameSizeAs(BOXES);
        for (int i = 0; i < BOXES.size(); i++) {
            Box box = BOXES.get(i);
            assertThat(pixels.get(i))
                    .as("the pixel in the middle of %s", box)
                    .asInstanceOf(InstanceOfAssertFactories.list(Number.class))
                    .satisfiesExactly(isNear(box.red()), isNear(box.green()), isNear(box.blue()), _ -> {});
        }
    }

    private static ThrowingConsumer<Number> isNear(int value) {
        return channel -> assertThat(channel.intValue()).isCloseTo(value, within(TOLERANCE));
    }
}
