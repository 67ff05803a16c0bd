package phasebench.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The schema for editors, held against the shipped files and against what the reader knows.
class ScenarioSchemaTest {
    @TempDir
    private Path folder;

    private static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("."))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedFileIsRightByTheSchemaAndNamesIt(Path file) throws IOException, ScenarioFileException {
        assertThat(SchemaFile.complaints(file)).isEmpty();
        assertThat(Files.readAllLines(file).getFirst())
                .isEqualTo("# yaml-language-server: $schema=schema/phasebench.schema.json");
    }

    /// The reader names all keys that it knows when it meets one that it does not.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scenario    | kind: scenario\\nzz: 1                                    | zz
            viewers     | kind: scenario\\nviewers: {zz: 1}                         | viewers.zz
            timing      | kind: scenario\\ntiming: {zz: 1}                          | timing.zz
            mdnsTalker  | kind: scenario\\nmdnsTalker: {zz: 1}                      | mdnsTalker.zz
            stream      | kind: scenario\\nstreams: [{zz: 1}]                       | streams[0].zz
            stream/properties/audio | kind: scenario\\nstreams: [{audio: {zz: 1}}]  | streams[0].audio.zz
            source      | kind: scenario\\nstreams: [{source: {zz: 1}}]             | streams[0].source.zz
            source/properties/synthetic | kind: scenario\\nstreams: [{source: {synthetic: {zz: 1}}}] | streams[0].source.synthetic.zz
            source/properties/clip | kind: scenario\\nstreams: [{source: {clip: {zz: 1}}}] | streams[0].source.clip.zz
            shape/oneOf/1 | kind: scenario\\nshape: {zz: 1}                         | shape.zz
            shape/oneOf/1/properties/ramp | kind: scenario\\nshape: {ramp: {zz: 1}} | shape.ramp.zz
            shape/oneOf/1/properties/steps | kind: scenario\\nshape: {steps: {zz: 1}} | shape.steps.zz
            shape/oneOf/1/properties/joinBurst | kind: scenario\\nshape: {joinBurst: {zz: 1}} | shape.joinBurst.zz
            shape/oneOf/1/properties/churn | kind: scenario\\nshape: {churn: {zz: 1}} | shape.churn.zz
            shape/oneOf/1/properties/climb | kind: scenario\\nshape: {climb: {zz: 1}} | shape.climb.zz
            impairment  | kind: scenario\\nimpairments: [{zz: 1}]                   | impairments[0].zz
            drive/oneOf/1 | kind: scenario\\ndrive: {zz: 1}                         | drive.zz
            drive/oneOf/1/properties/closed | kind: scenario\\ndrive: {closed: {zz: 1}} | drive.closed.zz
            experiment  | kind: experiment\\nzz: 1                                  | zz
            experiment/properties/duet | kind: experiment\\nduet: {zz: 1}           | duet.zz
            experiment/properties/ladder/anyOf/1 | kind: experiment\\nladder: {zz: 1} | ladder.zz
            inlineScenario | kind: experiment\\nscenario: {zz: 1}                   | scenario.zz
            variant     | kind: experiment\\nvariants: [{zz: 1}]                    | variants[0].zz
            settings    | kind: experiment\\nvariants: [{settings: {zz: 1}}]        | variants[0].settings.zz
            phases      | kind: phases\\nzz: 1                                      | zz
            phase       | kind: phases\\nphases: [{zz: 1}]                          | phases[0].zz
            row         | kind: phases\\nphases: [{zz: 1}]\\nrows: [{zz: 1}]        | rows[0].zz
            figures     | kind: phases\\nbases: {initial: {zz: 1}}                  | bases.initial.zz
            gate        | kind: gate\\nzz: 1                                        | zz
            rule        | kind: gate\\nrules: [{zz: 1}]                             | rules[0].zz
            claim       | kind: phases\\nphases: [{claims: [{zz: 1}]}]              | phases[0].claims[0].zz
            """)
    void theSchemaKnowsTheKeysThatTheReaderKnows(String place, String text, String key) throws IOException {
        Path file = folder.resolve("keys.yaml");
        Files.writeString(file, text.replace("\\n", "\n") + "\n");
        String complaint = mistakes(file).stream()
                .filter(mistake -> key.equals(mistake.key()))
                .findFirst()
                .orElseThrow()
                .message();
        String allowed = complaint.substring(complaint.indexOf("allowed: ") + "allowed: ".length());
        assertThat(SchemaFile.keys("/$defs/" + place)).isEqualTo(new TreeSet<>(List.of(allowed.split(", "))));
    }

    private static List<ScenarioFileException.Mistake> mistakes(Path file) throws IOException {
        try {
            switch (FileKind.of(file).orElseThrow()) {
                case SCENARIO -> ScenarioFile.read(file);
                case EXPERIMENT, CALIBRATION -> ExperimentFile.read(file);
                case PHASES -> PhaseFile.read(file);
                case GATE -> GatePolicyFile.read(file);
            }
            return List.of();
        } catch (ScenarioFileException e) {
            return e.mistakes();
        }
    }
}
