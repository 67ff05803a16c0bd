package phasebench.harness;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import phasebench.reports.rundir.RunDirectoryException;
import phasebench.scenarios.ScenarioFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line `phasebench`.
@Command(
        name = "phasebench",
        description = "Did this optimization phase really make the server cheaper, by how much, and at what price?",
        mixinStandardHelpOptions = true,
        versionProvider = HarnessMain.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the evidence is valid, whatever it says",
            "1:gate only: a metric regressed, or a claim is refuted",
            "2:gate only: inconclusive",
            "3:invalid load, trials failed, relay never ready or dead",
            "4:machine unfit, port in use, missing tool",
            "64:usage or bad file",
            "70:our bug, or a build that failed",
            "130:interrupted"
        })
public final class HarnessMain {
    private HarnessMain() {}

    /// Runs one command and exits with its code.
    public static void main(String[] args) {
        // figures look the same on every machine
        Locale.setDefault(Locale.ROOT);
        System.exit(execute(args, Collaborators.REAL));
    }

    /// Runs one command.
    ///
    /// @return exit code
    static int execute(String[] args, Collaborators collaborators) {
        CommandLine commandLine = new CommandLine(new HarnessMain())
                .addSubcommand(new RunCommand(collaborators))
                .addSubcommand(new PlanCommand())
                .addSubcommand(new RelayCommand())
                .addSubcommand(new DoctorCommand(collaborators))
                .addSubcommand(new ReportCommand(collaborators))
                .addSubcommand(new MicroCommand(collaborators))
                .addSubcommand(new CompareCommand())
                .addSubcommand(new GateCommand(collaborators))
                .addSubcommand(new CalibrateCommand(collaborators))
                .addSubcommand(new BenchLoadCommand())
                .addSubcommand(new CommandLine.HelpCommand());
        commandLine.setParameterExceptionHandler(HarnessMain::onWrongCommandLine);
        commandLine.setExecutionExceptionHandler(HarnessMain::onFailure);
        return commandLine.execute(args.length == 0 ? new String[] {"--help"} : args);
    }

    private static int onWrongCommandLine(CommandLine.ParameterException e, String[] unusedArgs) {
        CommandLine commandLine = e.getCommandLine();
        PrintWriter err = commandLine.getErr();
        err.println(e.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
            commandLine.usage(err);
        }
        return ExitCode.USAGE;
    }

    /// The four kinds of failure; a failed trial is none of them, but a value.
    private static int onFailure(Exception e, CommandLine commandLine, CommandLine.ParseResult unusedParseResult) {
        PrintWriter err = commandLine.getErr();
        List<Class<? extends Exception>> ofUser =
                List.of(UsageException.class, ScenarioFileException.class, RunDirectoryException.class);
        if (ofUser.contains(e.getClass())) {
            err.println(e.getMessage());
            return ExitCode.USAGE;
        }
        if (e instanceof PreflightException) {
            err.println("this machine cannot run the experiment:");
            String.valueOf(e.getMessage()).lines().forEach(problem -> err.println("  " + problem));
            err.println("phasebench doctor tells more");
            return ExitCode.UNFIT;
        }
        if (e instanceof BuildFailedException) {
            err.println(e.getMessage());
            return ExitCode.BUG;
        }
        err.println("this is a bug in phasebench:");
        e.printStackTrace(err);
        return ExitCode.BUG;
    }

    /// Version and JDK, for `--version`.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"phasebench " + Site.version(), "JDK " + System.getProperty("java.runtime.version")};
        }
    }
}
