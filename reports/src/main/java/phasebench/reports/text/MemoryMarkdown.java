package phasebench.reports.text;

import java.util.stream.Collectors;
import phasebench.reports.comparison.MemoryByViewers;
import phasebench.reports.comparison.MemoryByViewers.Point;

/// Memory by viewers for a pull request.
final class MemoryMarkdown {
    private MemoryMarkdown() {}

    static String of(MemoryByViewers memory) {
        StringBuilder out = new StringBuilder("### Memory by viewers\n\n");
        for (String sentence : MemoryWording.sentences(memory)) {
            out.append("- ").append(MarkdownReport.escape(sentence)).append(".\n");
        }
        out.append("\nHeap after a full collection, and resident set, sessions alive:\n\n| viewers | ");
        out.append(memory.variants().stream()
                .map(variant -> MarkdownReport.escape(variant.variant()))
                .collect(Collectors.joining(" | ")));
        out.append(" |\n|---:|")
                .append("---:|".repeat(memory.variants().size()))
                .append('\n');
        for (int viewers : memory.viewerCounts()) {
            out.append("| ").append(viewers).append(" |");
            memory.variants()
                    .forEach(variant -> out.append(' ')
                            .append(MemoryWording.mean(variant, viewers, Point::heapBytes))
                            .append("<br>RSS ")
                            .append(MemoryWording.mean(variant, viewers, Point::rssBytes))
                            .append(" |"));
            out.append('\n');
        }
        return out.append('\n').toString();
    }
}
