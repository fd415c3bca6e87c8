package io.requartz.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rates of several engines as lines, by what was varied, which stands at even distances. Without a background, and in colours that
 * can be told apart on a light page and on a dark one, also by people who see fewer of them.
 */
record Chart(String title, String subtitle, List<Series.Point> points) {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 420;
    private static final int LEFT = 80;
    private static final int RIGHT = 190;
    private static final int TOP = 70;
    private static final int BOTTOM = 60;
    private static final int LABEL = 18;

    private static final String STYLE = """
            <style>
              text { font: 14px system-ui, sans-serif; fill: #333 }
              .title { font-weight: 600; font-size: 17px }
              .quiet { fill: #666 }
              .grid { stroke: #ddd; stroke-width: 1 }
              .line { fill: none; stroke-width: 2.5; stroke-linejoin: round }
              .e0 { stroke: #0072b2 } .d0 { fill: #0072b2 }
              .e1 { stroke: #d55e00 } .d1 { fill: #d55e00 }
              .e2 { stroke: #8a6d00 } .d2 { fill: #8a6d00 }
              .e3 { stroke: #008563 } .d3 { fill: #008563 }
              @media (prefers-color-scheme: dark) {
                text { fill: #ddd }
                .quiet { fill: #aaa }
                .grid { stroke: #444 }
                .e0 { stroke: #56b4e9 } .d0 { fill: #56b4e9 }
                .e1 { stroke: #ff8c42 } .d1 { fill: #ff8c42 }
                .e2 { stroke: #f0d24a } .d2 { fill: #f0d24a }
                .e3 { stroke: #3fd0a4 } .d3 { fill: #3fd0a4 }
              }
            </style>
            """;

    String svg() {
        double top = roundTop(points.stream()
                .flatMap(point -> point.engines().values().stream())
                .mapToDouble(Compared.Rate::median)
                .max()
                .orElse(1));
        StringBuilder svg = new StringBuilder(form(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH, HEIGHT, title));
        svg.append(STYLE);
        text(svg, "title", "start", LEFT, 26, title);
        text(svg, "quiet", "start", LEFT, 46, subtitle);
        axes(svg, top);
        lines(svg, top);
        return svg.append("</svg>\n").toString();
    }

    private void axes(StringBuilder svg, double top) {
        for (int part = 0; part <= 4; part++) {
            double value = top * part / 4;
            svg.append(form(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%3$.1f\"/>%n",
                    LEFT, WIDTH - RIGHT, y(value, top)));
            text(svg, "quiet", "end", LEFT - 10, y(value, top) + 5, Columns.number(value, 0));
        }
        for (int i = 0; i < points.size(); i++) {
            text(
                    svg,
                    "quiet",
                    "middle",
                    x(i),
                    HEIGHT - BOTTOM + 26,
                    points.get(i).what());
        }
    }

    private void lines(StringBuilder svg, double top) {
        List<String> names = new ArrayList<>(points.get(0).engines().keySet());
        List<Double> taken = new ArrayList<>();
        for (int engine = 0; engine < names.size(); engine++) {
            StringBuilder path = new StringBuilder();
            StringBuilder dots = new StringBuilder();
            double last = 0;
            for (int i = 0; i < points.size(); i++) {
                Map<String, Compared.Rate> rates = points.get(i).engines();
                last = rates.get(names.get(engine)).median();
                path.append(i == 0 ? "M" : " L").append(form("%.1f %.1f", x(i), y(last, top)));
                dots.append(form(
                        "<circle class=\"d%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>%n", engine % 4, x(i), y(last, top)));
            }
            svg.append(form("<path class=\"line e%d\" d=\"%s\"/>%n%s", engine % 4, path, dots));
            double at = y(last, top) + 5;
            while (near(taken, at)) {
                at -= LABEL / 2.0;
            }
            taken.add(at);
            text(
                    svg,
                    "d" + engine % 4,
                    "start",
                    x(points.size() - 1) + 12,
                    at,
                    names.get(engine) + " " + Columns.number(last, 0));
        }
    }

    private static boolean near(List<Double> taken, double at) {
        return taken.stream().anyMatch(other -> Math.abs(other - at) < LABEL);
    }

    private double x(int point) {
        int width = WIDTH - LEFT - RIGHT;
        return points.size() == 1 ? LEFT + width / 2.0 : LEFT + 30 + (width - 30.0) * point / (points.size() - 1);
    }

    private static double y(double value, double top) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top;
    }

    /** The next number with one digit, or 1.2, 1.6, 2.4 ... of it, so that its quarters are short numbers. */
    private static double roundTop(double most) {
        double unit = Math.pow(10, Math.floor(Math.log10(Math.max(1, most))));
        for (double step : new double[] {1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10}) {
            if (unit * step >= most) {
                return unit * step;
            }
        }
        return unit * 10;
    }

    private static void text(StringBuilder svg, String style, String anchor, double x, double y, String text) {
        svg.append(form(
                "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n", style, anchor, x, y, text));
    }

    /** Numbers as SVG reads them, wherever it is written. */
    private static String form(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
