package phasebench.reports.rundir;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import phasebench.scenarios.Drive;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.MdnsTalk;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.RelayBuild;
import phasebench.scenarios.TrialTiming;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes the JSON files of a run directory: versioned, whole or absent, the same bytes for the same value.
public final class JsonFile {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.ALWAYS))
            .defaultPrettyPrinter(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")))
            .addMixIn(MediaSource.class, MediaSourceNames.class)
            .addMixIn(Drive.class, DriveNames.class)
            .addMixIn(LoadShape.class, LoadShapeNames.class)
            .build();

    private static final Set<StandardOpenOption> TEMPORARY =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

    private JsonFile() {}

    /// Writes beside the file and renames, so that no reader ever sees half of it.
    public static void write(Path file, Object value) throws IOException {
        writeText(file, text(value));
    }

    /// What [#write] puts into a file.
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value) + "\n";
    }

    /// A value as it stands in a file, for what completes an older one.
    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /// Like [#write], for text of any kind.
    public static void writeText(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, TEMPORARY)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                // the name must not reach the disk before the content (rename(2) alone does not promise that)
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// Reads a file whose `schemaVersion` must be from 1 to `versionMax`.
    public static <T> T read(Path file, Class<T> type, int versionMax) throws RunDirectoryException {
        return read(file, type, versionMax, _ -> {});
    }

    /// The same, for a file whose older versions lack something.
    ///
    /// @param upgrade adds to the file's tree what its version did not have yet
    static <T> T read(Path file, Class<T> type, int versionMax, Consumer<ObjectNode> upgrade)
            throws RunDirectoryException {
        try {
            JsonNode tree = MAPPER.readTree(Files.readString(file));
            requireVersion(file, tree, versionMax);
            completeOlder(tree);
            completeLoads(tree);
            completeOlderDuet(tree);
            if (tree instanceof ObjectNode object) {
                upgrade.accept(object);
            }
            return MAPPER.treeToValue(tree, type);
        } catch (NoSuchFileException e) {
            throw new RunDirectoryException(file, "no such file; is this a run directory?", e);
        } catch (RunDirectoryException e) {
            throw e;
        } catch (IOException e) {
            throw new RunDirectoryException(file, "cannot be read: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new RunDirectoryException(
                    file, placeOf(e) + "not a whole or valid file: " + e.getOriginalMessage(), e);
        }
    }

    /// Reads a file that another program wrote, which has a schema of its own.
    public static JsonNode readForeign(Path file) throws RunDirectoryException {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new RunDirectoryException(file, "cannot be read: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new RunDirectoryException(
                    file, placeOf(e) + "not a whole or valid file: " + e.getOriginalMessage(), e);
        }
    }

    /// Gives a manifest from before scenarios told of mDNS, and variants of builds, what was true then: there was no
    /// mDNS, and one build.
    /// Gives a manifest from before scenarios told of mDNS, and variants of plants, what was true then: there were
    /// none.
    private static void completeOlder(JsonNode tree) {
        for (JsonNode variant : tree.at("/experiment/variants")) {
            if (variant instanceof ObjectNode older && !older.has("build")) {
                older.set("build", MAPPER.valueToTree(RelayBuild.PROJECT));
                older.putNull("jdk");
            }
            if (variant instanceof ObjectNode older && !older.has("plant")) {
                older.putObject("plant");
            }
        }
        if (tree.at("/experiment/scenario") instanceof ObjectNode scenario && !scenario.has("mdnsTalk")) {
            scenario.set("mdnsTalk", MAPPER.valueToTree(MdnsTalk.NONE));
            if (scenario.get("viewers") instanceof ObjectNode viewers) {
                viewers.put("hasLocalCandidates", false);
            }
        }
        completeExperiment(tree);
        OlderScenario.complete(tree);
    }

    /// The same for warm-ups by a criterion, and for several numbers of viewers.
    private static void completeExperiment(JsonNode tree) {
        if (tree.at("/experiment/scenario/timing") instanceof ObjectNode timing && !timing.has("warmUpMax")) {
            timing.set("warmUpMax", timing.path("warmUp"));
            timing.put("jitShareMax", TrialTiming.JIT_SHARE_MAX);
        }
        if (tree.path("experiment") instanceof ObjectNode experiment && !experiment.has("viewerCounts")) {
            experiment.putArray("viewerCounts");
        }
    }

    /// Gives loads from before more was checked than packets an empty place for it.
    private static void completeLoads(JsonNode tree) {
        for (JsonNode load : tree.findParents("framesOffered")) {
            if (load instanceof ObjectNode object) {
                for (String added : List.of("checks", "joins", "recovery", "receive")) {
                    if (!object.has(added)) {
                        object.putNull(added);
                    }
                }
                if (object.get("checks") instanceof ObjectNode checks && !checks.has("generators")) {
                    checks.putArray("generators");
                }
            }
        }
    }

    /// Gives launch pairs from before there were idle ones and controls what was true then: there were none.
    private static void completeOlderDuet(JsonNode tree) {
        if (tree.at("/experiment/duet") instanceof ObjectNode duet && !duet.has("idle")) {
            duet.set("idle", MAPPER.valueToTree(DuetSpec.Idle.NONE));
            duet.set("controls", MAPPER.valueToTree(DuetSpec.Controls.NONE));
            duet.set("against", MAPPER.valueToTree(List.of(DuetSpec.Against.START)));
        }
    }

    private static void requireVersion(Path file, JsonNode tree, int versionMax) throws RunDirectoryException {
        JsonNode version = tree.path("schemaVersion");
        if (!version.isInt() || version.intValue() < 1) {
            throw new RunDirectoryException(file, "has no schemaVersion");
        }
        if (version.intValue() > versionMax) {
            throw new RunDirectoryException(
                    file,
                    "has schema version %d, and this phasebench reads up to %d: use the phasebench that wrote it, or a newer one"
                            .formatted(version.intValue(), versionMax));
        }
    }

    private static String placeOf(JacksonException e) {
        String path = e.getPathReference();
        boolean hasLine = e.getLocation() != null && e.getLocation().getLineNr() > 0;
        return (hasLine ? "line " + e.getLocation().getLineNr() + ": " : "")
                + (path == null || path.isEmpty() || path.startsWith("UNKNOWN") ? "" : path + ": ");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = MediaSource.Clip.class, name = "clip"),
        @JsonSubTypes.Type(value = MediaSource.Synthetic.class, name = "synthetic")
    })
    private interface MediaSourceNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Drive.Open.class, name = "open"),
        @JsonSubTypes.Type(value = Drive.Closed.class, name = "closed")
    })
    private interface DriveNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = LoadShape.Steady.class, name = "steady"),
        @JsonSubTypes.Type(value = LoadShape.Ramp.class, name = "ramp"),
        @JsonSubTypes.Type(value = LoadShape.Steps.class, name = "steps"),
        @JsonSubTypes.Type(value = LoadShape.JoinBurst.class, name = "joinBurst"),
        @JsonSubTypes.Type(value = LoadShape.Churn.class, name = "churn"),
        @JsonSubTypes.Type(value = LoadShape.Climb.class, name = "climb")
    })
    private interface LoadShapeNames {}
}
