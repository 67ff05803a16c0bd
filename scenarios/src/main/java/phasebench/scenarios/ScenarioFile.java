package phasebench.scenarios;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a file of `kind: scenario`, and the scenario that an experiment holds inline.
public final class ScenarioFile {
    static final String NAME = "[a-z0-9][a-z0-9-]{0,40}";
    static final String NAME_IN_WORDS = "1 to 41 lower-case letters, digits and '-', not beginning with '-'";

    private static final List<String> KEYS = List.of(
            "kind",
            "name",
            "description",
            "streams",
            "viewers",
            "shape",
            "impairments",
            "drive",
            "timing",
            "generators",
            "mdnsTalker");
    private static final List<String> VIEWER_KEYS =
            List.of("count", "decryptedViewerShare", "decryptedPacketShare", "localCandidates", "behaviour", "sink");
    private static final List<String> STREAM_KEYS = List.of("name", "source", "audio", "transport");
    private static final List<String> SYNTHETIC_KEYS =
            List.of("framesPerSecond", "packetsPerFrame", "bitrate", "payloadBytes", "gop");
    private static final long BITS_PER_SECOND_MIN = 10_000;
    private static final long BITS_PER_SECOND_MAX = 1_000_000_000;

    private ScenarioFile() {}

    /// Throws when the file is missing, is no scenario, or describes one that cannot be run.
    public static Scenario read(Path path) throws ScenarioFileException {
        Section section = FileKind.SCENARIO.read(path, KEYS);
        Scenario scenario = read(section);
        section.mistakes().throwIfAny();
        return scenario;
    }

    static Section inline(Section experiment) {
        return experiment.section("scenario", KEYS.subList(1, KEYS.size()));
    }

    static Scenario read(Section section) throws ScenarioFileException {
        String name = section.matching("name", NAME, NAME_IN_WORDS);
        String description = section.text("description", name);
        List<StreamSpec> streams = streams(section);
        ViewerLoad viewers = viewers(section.section("viewers", VIEWER_KEYS));
        Drive drive = drive(section);
        TrialTiming stages = TimingSection.read(section.section("timing", TimingSection.KEYS));
        MdnsTalk mdnsTalk = mdnsTalk(section);
        int mistakesBefore = section.mistakes().count();
        LoadShape shape = ShapeSection.read(section);
        if (section.mistakes().count() == mistakesBefore) {
            ShapeSection.requireFitting(section, shape, viewers.count(), drive, stages);
        }
        List<Impairment> impairments = ImpairmentSection.read(section);
        int generators = generators(section, viewers.count(), drive);
        return section.construct(() -> new Scenario(
                name, description, streams, viewers, drive, stages, mdnsTalk, shape, impairments, generators));
    }

    private static int generators(Section section, int viewers, Drive drive) throws ScenarioFileException {
        int generators = section.integer("generators", 1, Math.clamp(viewers, 1, Scenario.GENERATORS_MAX), 1);
        if (generators > 1 && drive instanceof Drive.Closed) {
            section.problem(
                    "generators",
                    "value '" + generators + "' stands beside a closed drive, whose next frame waits for the viewers of"
                            + " one process",
                    "1 with a closed drive, else with drive: open");
            return 1;
        }
        return generators;
    }

    private static List<StreamSpec> streams(Section section) throws ScenarioFileException {
        List<StreamSpec> streams = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section stream : section.sections("streams", "stream", STREAM_KEYS)) {
            String name = stream.matching("name", "[A-Za-z0-9_-]{1,64}", "1 to 64 letters, digits, '_' or '-'");
            if (!names.add(name)) {
                stream.problem("name", "value '" + name + "' is the name of an earlier stream", "a name of its own");
            }
            MediaSource source = source(stream);
            AudioSpec audio = audio(stream);
            Transport transport =
                    stream.choice("transport", List.of("tcp", "udp")).equals("tcp") ? Transport.TCP : Transport.UDP;
            streams.add(stream.construct(() -> new StreamSpec(name, source, transport, audio)));
        }
        return streams;
    }

    private static @Nullable AudioSpec audio(Section stream) throws ScenarioFileException {
        if (!stream.has("audio")) {
            return null;
        }
        Section audio = stream.section("audio", List.of("packetsPerSecond", "payloadBytes"));
        int packetsPerSecond = audio.has("packetsPerSecond")
                ? audio.choice("packetsPerSecond", AudioSpec.PACKETS_PER_SECOND, String::valueOf)
                : AudioSpec.DEFAULT.packetsPerSecond();
        int payloadBytes = audio.integer(
                "payloadBytes",
                AudioSpec.PAYLOAD_BYTES_MIN,
                AudioSpec.PAYLOAD_BYTES_MAX,
                AudioSpec.DEFAULT.payloadBytes());
        return audio.construct(() -> new AudioSpec(packetsPerSecond, payloadBytes));
    }

    private static MediaSource source(Section stream) throws ScenarioFileException {
        Section source = stream.section("source", List.of("clip", "synthetic"));
        if (source.has("clip") == source.has("synthetic")) {
            stream.problem("source", "names both or neither of its kinds", "either clip or synthetic");
            return new MediaSource.Clip(MediaSource.Clip.NAMES.getFirst(), MediaSource.Clip.FRAMES_PER_SECOND);
        }
        return source.has("clip") ? clip(source) : synthetic(source);
    }

    private static MediaSource clip(Section source) throws ScenarioFileException {
        Section clip = source.section("clip", List.of("name", "framesPerSecond"));
        String name = clip.choice("name", MediaSource.Clip.NAMES);
        int framesPerSecond = clip.integer("framesPerSecond", 1, 240, MediaSource.Clip.FRAMES_PER_SECOND);
        return clip.construct(() -> new MediaSource.Clip(name, framesPerSecond));
    }

    private static MediaSource synthetic(Section source) throws ScenarioFileException {
        Section synthetic = source.section("synthetic", SYNTHETIC_KEYS);
        int framesPerSecond = (int) synthetic.integer("framesPerSecond", 1, 240);
        int payloadBytes = (int) synthetic.integer(
                "payloadBytes", MediaSource.Synthetic.PAYLOAD_BYTES_MIN, MediaSource.Synthetic.PAYLOAD_BYTES_MAX);
        int groupFrames =
                synthetic.integer("gop", 1, MediaSource.Synthetic.GROUP_FRAMES_MAX, MediaSource.Synthetic.GROUP_FRAMES);
        if (!synthetic.has("bitrate")) {
            int packetsPerFrame =
                    (int) synthetic.integer("packetsPerFrame", 1, MediaSource.Synthetic.PACKETS_PER_FRAME_MAX);
            return synthetic.construct(
                    () -> new MediaSource.Synthetic(framesPerSecond, packetsPerFrame, payloadBytes, groupFrames));
        }
        if (synthetic.has("packetsPerFrame")) {
            synthetic.problem("bitrate", "stands beside packetsPerFrame", "either of the two");
        }
        long bitsPerSecond = synthetic.bitrate("bitrate", BITS_PER_SECOND_MIN, BITS_PER_SECOND_MAX);
        try {
            return MediaSource.Synthetic.ofBitrate(framesPerSecond, bitsPerSecond, payloadBytes, groupFrames);
        } catch (IllegalArgumentException e) {
            synthetic.problem(
                    "bitrate",
                    Section.valueOf(synthetic.text("bitrate")) + " " + e.getMessage(),
                    "a bitrate that fits the frame rate");
            return new MediaSource.Synthetic(framesPerSecond, 1, payloadBytes, groupFrames);
        }
    }

    private static ViewerLoad viewers(Section viewers) throws ScenarioFileException {
        int count = (int) viewers.integer("count", 1, 100_000);
        double viewerShare = viewers.share("decryptedViewerShare", ViewerLoad.DECRYPTED_VIEWER_SHARE);
        double packetShare = viewers.share("decryptedPacketShare", ViewerLoad.DECRYPTED_PACKET_SHARE);
        boolean hasLocalCandidates = viewers.flag("localCandidates", false);
        double behaviour = viewers.share("behaviour", 0);
        double sink = viewers.share("sink", 0);
        if (behaviour + sink > 1) {
            viewers.problem(
                    "sink",
                    "is, with behaviour, more than all viewers: a sink sees no loss that it could ask for again",
                    "at most 100% less behaviour");
            return new ViewerLoad(count, viewerShare, packetShare, hasLocalCandidates);
        }
        return viewers.construct(
                () -> new ViewerLoad(count, viewerShare, packetShare, hasLocalCandidates, behaviour, sink));
    }

    private static MdnsTalk mdnsTalk(Section section) throws ScenarioFileException {
        if (!section.has("mdnsTalker")) {
            return MdnsTalk.NONE;
        }
        Section talker = section.section("mdnsTalker", List.of("queriesPerSecond", "answersPerSecond", "answerDelay"));
        int queriesPerSecond = talker.integer("queriesPerSecond", 0, MdnsTalk.PER_SECOND_MAX, 0);
        int answersPerSecond = talker.integer("answersPerSecond", 0, MdnsTalk.PER_SECOND_MAX, 0);
        Duration answerDelay = talker.has("answerDelay") ? TimingSection.stage(talker, "answerDelay") : null;
        return talker.construct(() -> new MdnsTalk(queriesPerSecond, answersPerSecond, answerDelay));
    }

    private static Drive drive(Section section) throws ScenarioFileException {
        if (!section.has("drive")) {
            return new Drive.Open();
        }
        if (!section.isMapping("drive")) {
            section.choice("drive", List.of("open"));
            return new Drive.Open();
        }
        Section closed = section.section("drive", List.of("closed")).section("closed", List.of("framesInFlight"));
        int framesInFlight = (int) closed.integer("framesInFlight", 1, 64);
        return closed.construct(() -> new Drive.Closed(framesInFlight));
    }
}
