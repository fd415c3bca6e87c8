package io.requartz.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Processes that become nodes of one engine after the other. Not thread-safe. */
record NodeProcesses(List<NodeProcess> processes) implements AutoCloseable {

    static NodeProcesses begin(int count) {
        return new NodeProcesses(
                Stream.generate(NodeProcess::begin).limit(count).toList());
    }

    /** Connects each of them; closing what it returns lets them go on to the next engine. */
    Nodes enter(Engine engine, Place place, int threads) throws IOException {
        for (NodeProcess process : processes) {
            process.enter(engine, place, threads);
        }
        return new Entered();
    }

    @Override
    public void close() {
        processes.forEach(NodeProcess::close);
    }

    private final class Entered implements Nodes {

        @Override
        public void start() throws IOException {
            processes.forEach(process -> process.tell("start"));
            for (NodeProcess process : processes) {
                process.answer();
            }
        }

        @Override
        public long executed(Work work) throws IOException {
            long sum = 0;
            for (NodeProcess process : processes) {
                sum += Long.parseLong(process.ask("executed", work.name()));
            }
            return sum;
        }

        @Override
        public double cpuMillis() throws IOException {
            double sum = 0;
            for (NodeProcess process : processes) {
                sum += Double.parseDouble(process.ask("cpu"));
            }
            return sum;
        }

        @Override
        public List<Long> lags() throws IOException {
            List<Long> lags = new ArrayList<>();
            for (NodeProcess process : processes) {
                String line = process.ask("lags");
                for (String micros : line.isEmpty() ? new String[0] : line.split(",", -1)) {
                    lags.add(Long.valueOf(micros));
                }
            }
            return lags;
        }

        @Override
        public void close() throws IOException {
            for (NodeProcess process : processes) {
                process.ask("close");
            }
        }
    }
}
