package io.requartz.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A process that is one node after the other, of whichever engine it is told. It takes a line and answers it with a line; words are
 * apart by tabs. It ends with its input.
 */
public final class NodeMain {

    private static Engine.Member member;

    private NodeMain() {}

    public static void main(String[] arguments) throws Exception {
        BenchMain.logQuietly();
        PrintStream answers = System.out;
        // what a library prints is no answer
        System.setOut(System.err);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.println(answer(List.of(line.split("\t", -1))));
            answers.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private static String answer(List<String> words) throws Exception {
        return switch (words.get(0)) {
            case "enter" -> {
                Place place = new Place(words.get(3), none(words.get(4)), none(words.get(5)), () -> {});
                member = Engines.named(words.get(1)).enter(place, Integer.parseInt(words.get(2)));
                // what the engine before has left on the heap is not this one's to clear
                System.gc();
                yield "entered";
            }
            case "start" -> {
                member.start();
                yield "started";
            }
            case "executed" -> Long.toString(Done.executed(Work.valueOf(words.get(1))));
            case "cpu" -> Double.toString(Nodes.usedHere());
            case "lags" -> Lags.take().stream().map(String::valueOf).collect(Collectors.joining(","));
            case "close" -> {
                member.close();
                yield "closed";
            }
            default -> throw new IOException("not a word for a node: " + words);
        };
    }

    private static String none(String word) {
        return word.isEmpty() ? null : word;
    }
}
