package phasebench.harness;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the project's files are.
///
/// @param home the project's top folder
/// @param javaHome the JDK that runs this process, and every process of a trial
record Installation(Path home, Path javaHome) {
    /// From the system property `phasebench.home`, else the environment variable `PHASEBENCH_HOME`, else the folder
    /// above the harness's jar that holds the relay and the scenarios.
    static Installation find() throws UsageException {
        String configured = System.getProperty("phasebench.home", System.getenv("PHASEBENCH_HOME"));
        Path javaHome = Path.of(System.getProperty("java.home"));
        if (configured != null) {
            return new Installation(Path.of(configured).toAbsolutePath().normalize(), javaHome);
        }
        for (Path folder = codeFolder(); folder != null; folder = folder.getParent()) {
            if (isHome(folder)) {
                return new Installation(folder, javaHome);
            }
        }
        throw new UsageException("cannot find the project's folder; set PHASEBENCH_HOME to the one that holds"
                + " relay-under-test/ and scenarios/");
    }

    /// The relay that ships with the project.
    Path relayJar() {
        return home.resolve("relay-under-test/target/relay/relay.jar");
    }

    /// The benchmarks of its hot paths.
    Path benchmarksJar() {
        return home.resolve("relay-under-test/target/benchmarks/relay-benchmarks.jar");
    }

    Path scenarios() {
        return home.resolve("scenarios");
    }

    Path defaultRuns() {
        return home.resolve("runs");
    }

    /// A run directory as a user names it: by its path, else by its name among the runs made here.
    Path run(Path given) {
        Path named = defaultRuns().resolve(given);
        return Files.isDirectory(given) || !Files.isDirectory(named) ? given : named;
    }

    private static boolean isHome(Path folder) {
        return Files.isDirectory(folder.resolve("relay-under-test")) && Files.isDirectory(folder.resolve("scenarios"));
    }

    private static @Nullable Path codeFolder() {
        try {
            return Path.of(Installation.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
