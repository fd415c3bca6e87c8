package io.requartz.quartz;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.run.LogLine;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogCaptureTest {

    private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

    private final LogBuffer buffer = new LogBuffer();

    @AfterEach
    void unbind() {
        LogCapture.end();
    }

    private static void log(String message) {
        LogCapture.append(AT, "INFO", "test", message);
    }

    private static List<String> messages(LogBuffer buffer) {
        return buffer.toAttemptLog(1).lines().stream().map(LogLine::message).toList();
    }

    @Test
    void onlyWhatIsLoggedBetweenBeginAndEndIsCaptured() {
        log("before");
        LogCapture.begin(buffer);
        log("during");
        LogCapture.end();
        log("after");

        assertThat(messages(buffer)).containsExactly("during");
    }

    @Test
    void endingTwiceOrWithoutABeginningIsHarmless() {
        LogCapture.end();
        LogCapture.begin(buffer);
        LogCapture.end();
        LogCapture.end();

        assertThat(messages(buffer)).isEmpty();
    }

    @Test
    void threadsThatTheJobStartsAreCapturedToo() throws InterruptedException {
        LogCapture.begin(buffer);
        Thread child = new Thread(() -> {
            log("child");
            Thread grandchild = new Thread(() -> log("grandchild"));
            grandchild.start();
            join(grandchild);
        });
        child.start();
        child.join();
        LogCapture.end();

        assertThat(messages(buffer)).containsExactly("child", "grandchild");
    }

    @Test
    void aThreadThatOutlivesItsAttemptCapturesNothingMore() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        LogCapture.begin(buffer);
        Thread leaked = new Thread(() -> {
            await(ended);
            log("too late");
        });
        leaked.start();
        LogCapture.end();
        LogBuffer next = new LogBuffer();
        LogCapture.begin(next);
        ended.countDown();
        leaked.join();

        assertThat(messages(buffer)).isEmpty();
        assertThat(messages(next)).isEmpty();
    }

    @Test
    void otherThreadsAreNotCaptured() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            other.submit(() -> log("warm up")).get();
            LogCapture.begin(buffer);
            other.submit(() -> log("not ours")).get();
        } finally {
            other.shutdown();
        }

        assertThat(messages(buffer)).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
