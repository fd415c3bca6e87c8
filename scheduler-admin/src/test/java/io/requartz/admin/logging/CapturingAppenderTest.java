package io.requartz.admin.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import io.requartz.quartz.LogBuffer;
import io.requartz.quartz.LogCapture;
import io.requartz.run.LogLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped {@code conf/logback.xml}, and what it keeps of a job's log. */
class CapturingAppenderTest {

    private static final Path SHIPPED = Path.of("..", "conf", "logback.xml");

    @TempDir
    Path data;

    private final LoggerContext logging = new LoggerContext();

    @BeforeEach
    void configure() throws JoranException {
        logging.setMDCAdapter(new LogbackMDCAdapter());
        logging.putProperty("requartz.log.file", data.resolve("requartz.log").toString());
        logging.putProperty("requartz.log.console", "OFF");
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(logging);
        configurator.doConfigure(SHIPPED.toFile());
    }

    @AfterEach
    void stop() {
        LogCapture.end();
        logging.stop();
    }

    @Test
    void theShippedFileHasNoMistake() {
        assertThat(logging.getStatusManager().getCopyOfStatusList())
                .filteredOn(status -> status.getEffectiveLevel() >= Status.WARN)
                .isEmpty();
    }

    @Test
    void whatARunningAttemptLogsIsKeptWithIt() {
        Logger log = logging.getLogger("shop.Sync");
        LogBuffer buffer = new LogBuffer();

        log.info("before");
        LogCapture.begin(buffer);
        log.info("menu {} sent", 7);
        log.warn("slow", new IllegalStateException("queue"));
        log.debug("too fine");
        LogCapture.end();
        log.info("after");

        List<LogLine> lines = buffer.toAttemptLog(1).lines();
        assertThat(lines).extracting(LogLine::level).containsExactly("INFO", "WARN");
        assertThat(lines)
                .extracting(LogLine::message)
                .containsExactly("menu 7 sent", "slow (java.lang.IllegalStateException: queue)");
        assertThat(lines.get(0).logger()).isEqualTo("shop.Sync");
    }

    @Test
    void anEventIsOneLineOfTheFileWhateverItsMessage() throws IOException {
        logging.getLogger("shop.Sync").info("first\nERROR forged");

        assertThat(Files.readAllLines(data.resolve("requartz.log")))
                .singleElement()
                .asString()
                .contains("INFO ")
                .endsWith("shop.Sync - first | ERROR forged");
    }
}
