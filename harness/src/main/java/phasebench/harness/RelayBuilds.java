package phasebench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.RelayBuild;
import phasebench.scenarios.Variant;

/// The relays' jars of an experiment: the project's own, jars from elsewhere, and git revisions, which are built in a
/// worktree of their own and kept under `target/builds/<commit>/`.
///
/// @param jars by build
/// @param facts for the manifest: which commit or bytes each variant ran
record RelayBuilds(Map<RelayBuild, Path> jars, Map<String, String> facts) {
    private static final String JAR = "relay.jar";
    private static final String BUILT_FOLDER = "relay-under-test/target/relay";

    RelayBuilds {
        jars = Map.copyOf(jars);
    }

    /// Finds or makes the jars of all variants.
    ///
    /// @param out is told of a build, which takes about half a minute
    /// @throws PreflightException if a jar, git or the revision is not there
    /// @throws BuildFailedException if Maven says no
    static RelayBuilds of(Installation installation, ExperimentSpec spec, PrintStream out)
            throws PreflightException, BuildFailedException, IOException, InterruptedException {
        Map<RelayBuild, Path> jars = new LinkedHashMap<>();
        Map<String, String> facts = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Variant variant : spec.variants()) {
            RelayBuild build = variant.build();
            try {
                Found found = find(installation, build, out);
                jars.put(build, found.jar());
                if (build.kind() != RelayBuild.Kind.PROJECT) {
                    facts.put(
                            "relay of " + variant.id(),
                            build.text() + found.commitInWords() + ", jar of SHA-256 "
                                    + RelayFingerprint.sha256(found.jar()));
                }
            } catch (MissingException e) {
                problems.add("variant " + variant.id() + ": " + e.getMessage());
            }
            if (variant.jdk() != null && !Files.isExecutable(Path.of(variant.jdk(), "bin", "java"))) {
                problems.add("variant " + variant.id() + ": key 'jdk': no bin/java in " + variant.jdk());
            }
        }
        if (!problems.isEmpty()) {
            throw new PreflightException(problems);
        }
        return new RelayBuilds(jars, facts);
    }

    Path jar(RelayBuild build) {
        Path jar = jars.get(build);
        if (jar == null) {
            throw new IllegalStateException("no jar was looked for: " + build.text());
        }
        return jar;
    }

    /// For a run that goes on: it must be the same relays.
    ///
    /// @param then facts of the run's manifest
    void requireSame(Map<String, String> then) throws PreflightException {
        List<String> others = facts.entrySet().stream()
                .filter(fact -> !fact.getValue().equals(then.get(fact.getKey())))
                .map(fact -> "%s: %s then, %s now".formatted(fact.getKey(), then.get(fact.getKey()), fact.getValue()))
                .toList();
        if (!others.isEmpty()) {
            throw new PreflightException(others);
        }
    }

    private static Found find(Installation installation, RelayBuild build, PrintStream out)
            throws MissingException, BuildFailedException, IOException, InterruptedException {
        return switch (build.kind()) {
            case PROJECT -> new Found(installation.relayJar(), null);
            case JAR -> new Found(jarAt(Path.of(build.where())), null);
            case REVISION -> revision(installation, build.where(), out);
        };
    }

    private static Path jarAt(Path path) throws MissingException {
        Path jar = Files.isDirectory(path) ? path.resolve(JAR) : path;
        if (!Files.isRegularFile(jar)) {
            throw new MissingException("there is no relay's jar at " + jar);
        }
        return jar.toAbsolutePath().normalize();
    }

    private static Found revision(Installation installation, String revision, PrintStream out)
            throws MissingException, BuildFailedException, IOException, InterruptedException {
        Path home = installation.home();
        String commit = git(home, "rev-parse", "--verify", "--quiet", revision + "^{commit}");
        Path kept = home.resolve("target/builds").resolve(commit);
        if (!Files.isRegularFile(kept.resolve(JAR))) {
            out.println("building the relay of revision " + revision + " (" + commit.substring(0, 12) + ")");
            build(installation, commit, kept);
        }
        return new Found(kept.resolve(JAR), commit);
    }

    /// Builds in a worktree beside the kept builds, and moves the result there whole.
    private static void build(Installation installation, String commit, Path kept)
            throws MissingException, BuildFailedException, IOException, InterruptedException {
        Path builds = Files.createDirectories(kept.resolveSibling(""));
        Path worktree = Files.createTempDirectory(builds, "worktree-").resolve("source");
        Path home = installation.home();
        try {
            git(home, "worktree", "add", "--detach", "--force", worktree.toString(), commit);
            Path log = builds.resolve(commit + ".log");
            ProcessBuilder maven = new ProcessBuilder(
                            "mvn",
                            "--batch-mode",
                            "-Dgates.skip",
                            "-DskipTests",
                            "--projects",
                            "relay-under-test",
                            "package")
                    .directory(worktree.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            maven.environment().put("JAVA_HOME", installation.javaHome().toString());
            if (exitCode(maven) != 0) {
                throw new BuildFailedException("the relay of revision " + commit + " does not build; its log ends with:"
                        + System.lineSeparator() + lastLines(log));
            }
            Path fresh = worktree.resolve(BUILT_FOLDER);
            if (!Files.isRegularFile(fresh.resolve(JAR))) {
                throw new BuildFailedException(
                        "revision " + commit + " builds, but makes no " + BUILT_FOLDER + "/" + JAR);
            }
            Path whole = builds.resolve(commit + ".new");
            deleteTree(whole);
            copyTree(fresh, whole);
            Files.move(whole, kept, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            if (Files.exists(worktree)) {
                git(home, "worktree", "remove", "--force", worktree.toString());
            }
            deleteTree(worktree.resolveSibling(""));
        }
    }

    /// What git prints.
    private static String git(Path home, String... arguments)
            throws MissingException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("phasebench-git", ".txt");
        try {
            ProcessBuilder git =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            boolean isDone = exitCode(git) == 0;
            String said = Files.readString(output).strip();
            if (!isDone) {
                throw new MissingException("git " + String.join(" ", arguments) + " failed"
                        + (said.isEmpty() ? ": no such revision in " + home : ": " + said));
            }
            return said;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static int exitCode(ProcessBuilder builder) throws MissingException, InterruptedException {
        Process process;
        try {
            process = builder.redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
        } catch (IOException e) {
            throw new MissingException("cannot start " + builder.command().getFirst()
                    + ", which a build of a revision needs: " + e.getMessage());
        }
        try {
            return process.waitFor();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private static String lastLines(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteTree(Path top) throws IOException {
        if (!Files.exists(top)) {
            return;
        }
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private record Found(Path jar, @Nullable String commit) {
        String commitInWords() {
            return commit == null ? "" : " (commit " + commit + ")";
        }
    }

    /// Something that only the user can put right.
    private static final class MissingException extends Exception {
        private static final long serialVersionUID = 1;

        MissingException(String message) {
            super(message);
        }
    }
}
