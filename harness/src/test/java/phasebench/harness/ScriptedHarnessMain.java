package phasebench.harness;

/// The real command line with a scripted load and without a report.
public final class ScriptedHarnessMain {
    private ScriptedHarnessMain() {}

    public static void main(String[] args) {
        Collaborators scripted = new Collaborators(ScriptedLoad::start, (_, out) -> out.println("rendered"));
        System.exit(HarnessMain.execute(args, scripted));
    }
}
