package phasebench.harness.drawing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import phasebench.reports.text.ShapeWords;
import phasebench.scenarios.Drive;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Times;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;
import phasebench.scenarios.schedule.ViewerEvent.Kind;
import phasebench.scenarios.schedule.ViewerEvent.Stage;
import phasebench.scenarios.schedule.ViewerSchedule;

/// A scenario as text: what is offered, a timeline of viewers, and what that makes in packets, bits and time.
public final class ScenarioDrawing {
    private static final int LABEL_COLUMNS = 12;

    /// What stands before the bar of a step.
    private static final int STEP_COLUMNS = 50;

    private final Scenario scenario;
    private final long seed;
    private final Canvas canvas;
    private final ViewerSchedule schedule;
    private final List<String> lines = new ArrayList<>();

    private ScenarioDrawing(Scenario scenario, long seed, Canvas canvas) {
        this.scenario = scenario;
        this.seed = seed;
        this.canvas = canvas;
        this.schedule = ViewerSchedule.of(scenario, seed);
    }

    /// Everything about a scenario that stands for itself.
    public static List<String> of(Scenario scenario, long seed, Canvas canvas) {
        ScenarioDrawing drawing = new ScenarioDrawing(scenario, seed, canvas);
        drawing.whatIsOffered();
        if (scenario.shape() instanceof LoadShape.Climb climb) {
            drawing.climb(climb);
        } else {
            drawing.timeline();
            drawing.totals();
        }
        return List.copyOf(drawing.lines);
    }

    private void whatIsOffered() {
        add("scenario", scenario.name() + ": " + scenario.description());
        for (StreamSpec stream : scenario.streams()) {
            StreamRate rate = StreamRate.of(stream);
            add(
                    "stream",
                    "%s: %s%s, by RTSP over %s; %s packets/s, %s"
                            .formatted(
                                    stream.name(),
                                    source(stream.source()),
                                    ShapeWords.audio(stream),
                                    stream.transport(),
                                    number(rate.packetsPerSecond()),
                                    bits(rate.bitsPerSecond())));
        }
        ViewerLoad viewers = scenario.viewers();
        add("viewers", viewers.count() + "; " + ShapeWords.shape(scenario.shape(), viewers.count()));
        String roles = ShapeWords.roles(viewers);
        if (!roles.isEmpty()) {
            add("", roles);
        }
        add(
                "",
                "of %s of them %s of packets are decrypted, of all packets the header is audited"
                        .formatted(
                                ShapeWords.percent(viewers.decryptedViewerShare()),
                                ShapeWords.percent(viewers.decryptedPacketShare())));
        add("network", scenario.impairments().isEmpty() ? "clean" : ShapeWords.impairments(scenario.impairments()));
        add(
                "drive",
                switch (scenario.drive()) {
                    case Drive.Open _ -> "open: each frame leaves when it is due";
                    case Drive.Closed(int framesInFlight) ->
                        "closed: %d frames in flight, as fast as the relay can".formatted(framesInFlight);
                });
        if (scenario.generators() > 1) {
            add("generators", scenario.generators() + " processes share the viewers, the first publishes");
        }
        add("seed", Long.toString(seed));
    }

    private void timeline() {
        lines.add("");
        lines.addAll(new CrowdChart(canvas, scenario, schedule).lines());
        lines.add("");
    }

    /// A climb has no timeline of its own: it ends where the relay does. Each step is drawn as a line.
    private void climb(LoadShape.Climb climb) {
        TrialTiming timing = scenario.timing();
        int viewers = scenario.viewers().count();
        int steps = climb.windows(viewers);
        lines.add("");
        int barColumns = canvas.columns() - STEP_COLUMNS;
        for (int step = 0; step < steps; step++) {
            int count = climb.viewersOf(step, viewers);
            double packets = 0;
            double bits = 0;
            for (int i = 0; i < scenario.streams().size(); i++) {
                StreamRate rate = StreamRate.of(scenario.streams().get(i));
                int watching = (count - i + scenario.streams().size() - 1)
                        / scenario.streams().size();
                packets += rate.packetsPerSecond() * watching;
                bits += rate.bitsPerSecond() * watching;
            }
            String bar = (canvas.characters() == Canvas.Characters.BLOCKS ? "\u2588" : "#")
                    .repeat((int) (Math.max(0L, barColumns) * count / viewers));
            String figures = barColumns > 0
                    ? String.format(
                            Locale.ROOT, "%6d viewers %,9.0f packets/s %7.0f Mbit/s ", count, packets, bits / 1e6)
                    : String.format(Locale.ROOT, "%6d viewers %,12.0f packets/s", count, packets);
            lines.add((figures + bar).stripTrailing());
        }
        lines.add("");
        add(
                "each step",
                "ramp %s, warm-up %s, window %s, drain %s; the climb ends with the first that is not carried"
                        .formatted(
                                Times.format(timing.ramp()),
                                Times.format(timing.warmUp()),
                                Times.format(timing.window()),
                                Times.format(timing.drain())));
        add("a trial", "at most " + minutes(timing.total().multipliedBy(steps)) + ", if all steps are carried");
    }

    private void totals() {
        TrialTiming timing = scenario.timing();
        Duration window = timing.window();
        int joins = schedule.count(Stage.WINDOW, Kind.JOIN);
        int leaves = schedule.count(Stage.WINDOW, Kind.LEAVE);
        add(
                "in window",
                joins + leaves == 0
                        ? "%d viewers, nobody comes or goes: no handshake is measured"
                                .formatted(schedule.presentAfter())
                        : "%d viewers at its begin, %d join, %d leave, %d at its end"
                                .formatted(schedule.presentBefore(), joins, leaves, schedule.presentAfter()));
        if (scenario.drive() instanceof Drive.Open) {
            openTotals(window);
        } else {
            add("packets", "as many as the relay forwards");
        }
        add("a trial", minutes(timing.total()) + ", and what starting and stopping the processes takes");
    }

    private void openTotals(Duration window) {
        double seconds = window.toNanos() / 1e9;
        double packetsIn = 0;
        double packets = 0;
        double bits = 0;
        int streams = scenario.streams().size();
        for (int i = 0; i < streams; i++) {
            int stream = i;
            StreamRate rate = StreamRate.of(scenario.streams().get(i));
            double viewerSeconds =
                    schedule.viewerSeconds(window, viewer -> viewer % schedule.places() % streams == stream);
            packetsIn += rate.packetsPerSecond();
            packets += rate.packetsPerSecond() * viewerSeconds;
            bits += rate.bitsPerSecond() * viewerSeconds;
        }
        add(
                "packets",
                "%s in the window; %s/s in, %s/s out on average"
                        .formatted(number(packets), number(packetsIn), number(packets / seconds)));
        add("bits", bits(bits / seconds) + " out on average, as RTP");
    }

    private void add(String label, String text) {
        lines.addAll(canvas.labelled(label, LABEL_COLUMNS, text));
    }

    private static String source(MediaSource source) {
        return switch (source) {
            case MediaSource.Clip(String name, int framesPerSecond) ->
                "clip %s, %d frames/s".formatted(name, framesPerSecond);
            case MediaSource.Synthetic(int framesPerSecond, int packetsPerFrame, int payloadBytes, int groupFrames) ->
                "synthetic, %d frames/s of %d packets with %d bytes, IDR every %d frames"
                        .formatted(framesPerSecond, packetsPerFrame, payloadBytes, groupFrames);
        };
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String bits(double perSecond) {
        return perSecond < 1e6
                ? String.format(Locale.ROOT, "%.0f kbit/s", perSecond / 1e3)
                : String.format(Locale.ROOT, "%,.2f Mbit/s", perSecond / 1e6);
    }

    private static String minutes(Duration duration) {
        double minutes = duration.toMillis() / 60_000.0;
        return minutes < 1
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3)
                : String.format(Locale.ROOT, "%.1f minutes", minutes);
    }
}
