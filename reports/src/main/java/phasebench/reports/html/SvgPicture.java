package phasebench.reports.html;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.intermediate.commands.Command;
import de.erichseifert.vectorgraphics2d.intermediate.commands.CreateCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.DisposeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.DrawShapeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.FillShapeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.RotateCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.ScaleCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetColorCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetStrokeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetTransformCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.ShearCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.TransformCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.TranslateCommand;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.knowm.xchart.internal.chartpart.Chart;

/// Writes what a chart paints as SVG: paths with CSS classes for colours, two decimals, no clips, no ids, no fonts
/// (XChart paints text as outlines), so that the page's style sheet can turn it dark and equal charts have equal bytes.
final class SvgPicture {
    private record State(AffineTransform transform, Color color, BasicStroke stroke) {
        State withTransform(AffineTransform next) {
            return new State(next, color, stroke);
        }

        State concatenated(AffineTransform step) {
            AffineTransform next = new AffineTransform(transform);
            next.concatenate(step);
            return withTransform(next);
        }
    }

    private final StringBuilder out = new StringBuilder();
    private final int width;
    private final int height;
    private State state = new State(new AffineTransform(), Ink.TEXT.color(), new BasicStroke());
    private final Deque<State> outer = new ArrayDeque<>();

    private SvgPicture(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /// Paints the chart; `label` says in a sentence what it shows, for those who cannot see it.
    static SvgPicture of(Chart<?, ?> chart, String label) {
        SvgPicture picture = new SvgPicture(chart.getWidth(), chart.getHeight());
        VectorGraphics2D graphics = new VectorGraphics2D();
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        picture.out
                .append("<svg viewBox=\"0 0 ")
                .append(picture.width)
                .append(' ')
                .append(picture.height)
                .append("\" role=\"img\" aria-label=\"")
                .append(Markup.escape(label))
                .append("\">\n");
        for (Command<?> command : graphics.getCommands()) {
            picture.add(command);
        }
        return picture;
    }

    /// Adds a line of real text at a place in the picture.
    SvgPicture text(double x, double y, String cssClass, String text) {
        out.append("<text x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" class=\"")
                .append(cssClass)
                .append("\">")
                .append(Markup.escape(text))
                .append("</text>\n");
        return this;
    }

    String markup() {
        return out + "</svg>";
    }

    private void add(Command<?> command) {
        switch (command) {
            case CreateCommand _ -> outer.push(state);
            case DisposeCommand _ -> state = outer.isEmpty() ? state : outer.pop();
            case SetColorCommand c -> state = new State(state.transform(), c.getValue(), state.stroke());
            case SetStrokeCommand c
            when c.getValue() instanceof BasicStroke stroke ->
                state = new State(state.transform(), state.color(), stroke);
            case SetTransformCommand c -> state = state.withTransform(c.getValue());
            case TranslateCommand c -> state = state.concatenated(c.getValue());
            case RotateCommand c -> state = state.concatenated(c.getValue());
            case ScaleCommand c -> state = state.concatenated(c.getValue());
            case ShearCommand c -> state = state.concatenated(c.getValue());
            case TransformCommand c -> state = state.concatenated(c.getValue());
            case FillShapeCommand c -> fill(c.getValue());
            case DrawShapeCommand c -> draw(c.getValue());
            // clips cut nothing, because every chart sets its own range; hints do not matter to SVG
            default -> {}
        }
    }

    private void fill(Shape shape) {
        Optional<Ink> ink = Ink.of(state.color());
        String path = path(shape);
        if (ink.isPresent() && !path.isEmpty()) {
            out.append("<path class=\"f-")
                    .append(ink.get().cssClass())
                    .append("\" d=\"")
                    .append(path)
                    .append("\"/>\n");
        }
    }

    private void draw(Shape shape) {
        Optional<Ink> ink = Ink.of(state.color());
        String path = path(shape);
        if (ink.isEmpty() || path.isEmpty()) {
            return;
        }
        out.append("<path class=\"l-").append(ink.get().cssClass()).append('"');
        float lineWidth = state.stroke().getLineWidth();
        if (lineWidth != 1) {
            out.append(" stroke-width=\"").append(number(lineWidth)).append('"');
        }
        float[] dash = state.stroke().getDashArray();
        if (dash != null) {
            out.append(" stroke-dasharray=\"");
            for (float length : dash) {
                out.append(number(length)).append(' ');
            }
            out.append('"');
        }
        out.append(" d=\"").append(path).append("\"/>\n");
    }

    private String path(Shape shape) {
        StringBuilder path = new StringBuilder();
        double[] points = new double[6];
        for (PathIterator i = shape.getPathIterator(state.transform()); !i.isDone(); i.next()) {
            switch (i.currentSegment(points)) {
                case PathIterator.SEG_MOVETO -> append(path, 'M', points, 2);
                case PathIterator.SEG_LINETO -> append(path, 'L', points, 2);
                case PathIterator.SEG_QUADTO -> append(path, 'Q', points, 4);
                case PathIterator.SEG_CUBICTO -> append(path, 'C', points, 6);
                default -> path.append('Z');
            }
        }
        return path.toString();
    }

    private static void append(StringBuilder path, char letter, double[] points, int count) {
        path.append(letter);
        for (int i = 0; i < count; i++) {
            path.append(i == 0 ? "" : " ").append(number(points[i]));
        }
    }

    private static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
