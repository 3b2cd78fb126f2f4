package dev.firstline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the compiler and the formatter do not see. The letters in brackets keep a rule from finding itself. */
final class TidyTest {
    private static final int JAVA_LINES_MAX = 400;
    private static final Pattern TEXT = Pattern.compile(
            ".*\\.(java|xml|ya?ml|json|ndjson|jsonl|md|txt|sh|mjs|js|properties|config|conf|html|css|peb)|(.*/)?[^.]+");
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules", ".idea");

    /**
     * A rule.
     *
     * @param where the files it is about
     * @param never what no line of them holds
     * @param bad a line that it must find
     */
    private record Rule(String name, Pattern where, Pattern never, String bad) {}

    private static final List<Rule> RULES = List.of(
            rule("a line has at most 120 columns", ".*\\.java", "^.{121,}", "x".repeat(121)),
            rule("nothing is left over", ".*", "\\b(T[O]DO|F[I]XME|X[X]X)\\b", "// " + "TO" + "DO later"),
            rule("no test is switched off", ".*\\.java", "@Dis[a]bled\\b", "@" + "Disabled(\"why\")"),
            rule(
                    "no test sleeps",
                    "(src/test|src/jmh|simulations)/.*\\.java",
                    "Thread\\.slee[p]",
                    "Thread." + "sleep(1)"),
            rule(
                    "no file names the host of a package registry",
                    ".*",
                    "://([\\w-]+\\.)*(registr(y|ies)|"
                            + "repo\\d*|repositor(y|ies)|packages?|pypi|npm(js)?|mirrors?)[\\d-]*[.:/]",
                    "https:" + "//" + "registry.example.org/x"),
            rule(
                    "no file names a place on somebody's machine",
                    ".*",
                    "(^|[\\s\"'`=(\\[,:])(file://)?/(r[o]ot|w[o]rk|h[o]me|Users)/",
                    "cd " + "/" + "home/ana/firstline"),
            rule(
                    "only the front door speaks",
                    "(?!src/jmh/|src/main/java/dev/firstline/(cli/|run/Exit)|"
                            + "src/test/java/dev/firstline/(canary/|cli/DockerCondition)).*\\.java",
                    "\\bSystem\\.(out|err)\\.",
                    "        System." + "out.println();"));

    @TestFactory
    Stream<DynamicTest> every_file_keeps_the_rules() throws Exception {
        List<Path> files = files();
        return RULES.stream()
                .map(rule -> dynamicTest(rule.name(), () -> {
                    List<String> found = new ArrayList<>();
                    for (Path file : files) {
                        found.addAll(finds(rule, file));
                    }
                    assertThat(found).isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_broken_rule_is_noticed() {
        return RULES.stream()
                .map(rule -> dynamicTest(
                        rule.name(),
                        () -> assertThat(rule.never().matcher(rule.bad()).find())
                                .isTrue()));
    }

    @Test
    void a_java_file_has_at_most_400_lines() throws Exception {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            long lines = file.toString().endsWith(".java")
                    ? Files.readString(file).lines().count()
                    : 0;
            if (lines > JAVA_LINES_MAX) {
                found.add(file + ": " + lines + " lines");
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void the_files_are_there() throws Exception {
        assertThat(files()).contains(Path.of("pom.xml"), Path.of("src/main/java/dev/firstline/Misuse.java"));
    }

    private static Rule rule(String name, String where, String never, String bad) {
        return new Rule(name, Pattern.compile(where), Pattern.compile(never), bad);
    }

    private static List<String> finds(Rule rule, Path file) throws IOException {
        if (!rule.where().matcher(slashed(file)).matches()) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        List<String> lines = new String(Files.readAllBytes(file), UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (rule.never().matcher(lines.get(i)).find()) {
                found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
            }
        }
        return found;
    }

    /** What git keeps; without git, as in an unpacked archive, whatever is there. */
    private static List<Path> files() throws IOException, InterruptedException {
        return (Files.exists(Path.of(".git")) ? tracked() : present())
                .stream()
                        .filter(file -> TEXT.matcher(slashed(file)).matches())
                        .filter(Files::isRegularFile)
                        .toList();
    }

    private static List<Path> tracked() throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "ls-files", "-z").start();
        String names = new String(git.getInputStream().readAllBytes(), UTF_8);
        assertThat(git.waitFor()).isZero();
        return Stream.of(names.split("\0")).map(Path::of).toList();
    }

    private static List<Path> present() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(""))) {
            return all.filter(file -> Stream.iterate(file, path -> path != null, Path::getParent)
                            .noneMatch(path -> NOT_OURS.contains("" + path.getFileName())))
                    .toList();
        }
    }

    private static String slashed(Path file) {
        return file.toString().replace('\\', '/');
    }
}
