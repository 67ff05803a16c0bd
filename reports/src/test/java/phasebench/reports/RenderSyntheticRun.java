package phasebench.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import phasebench.scenarios.PhaseFile;
import phasebench.scenarios.ScenarioFileException;

/// Writes the synthetic runs and their reports into a folder, to look at: `java ... RenderSyntheticRun
/// FOLDER`.
final class RenderSyntheticRun {
    private RenderSyntheticRun() {}

    public static void main(String[] args) throws IOException, ScenarioFileException {
        Path folder = Path.of(args[0]);
        System.out.println(Report.render(SyntheticRun.standard(folder)).html());
        Path many = new SyntheticRun(folder, 12, List.of(SyntheticRun.BEFORE, SyntheticRun.BATCH)).write();
        System.out.println(Report.render(many).html());
        Path single = new SyntheticRun(folder, 1, List.of(SyntheticRun.BEFORE, SyntheticRun.BATCH)).write();
        System.out.println(Report.render(single).html());
        Path alone = new SyntheticRun(folder, 3, List.of(SyntheticRun.BEFORE)).write();
        System.out.println(Report.render(alone).html());
        Path ladder = SyntheticRun.ladder(folder, PhaseFile.read(Path.of("../scenarios/phases.yaml")));
        System.out.println(Report.render(ladder).html());
    }
}
