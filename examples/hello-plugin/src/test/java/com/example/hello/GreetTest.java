package com.example.hello;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.api.ErrorCategory;
import io.requartz.testing.JobTester;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GreetTest {

    @Test
    void greetsAsOftenAsAsked() {
        JobTester.Tested tested = JobTester.of(Greet::new)
                .payload("{\"name\": \"Ada\", \"times\": 2}")
                .run();

        assertThat(tested.succeeded()).isTrue();
        assertThat(tested.run().lines()).containsExactly("Hello, Ada!", "Hello, Ada!");
        assertThat(tested.run().progress()).extracting(p -> p.percent()).containsExactly(50, 100);
        assertThat(tested.result()).contains("{\"greetings\": 2, \"attempt\": 1}");
    }

    @Test
    void failsAsATemporaryFailureUntilItHasFailedOftenEnough() {
        JobTester tester = JobTester.of(Greet::new).payload("{\"name\": \"Ada\", \"failing\": 1}");

        JobTester.Tested first = tester.run();
        JobTester.Tested second = tester.afterFailures(1).run();

        assertThat(first.failure().orElseThrow().category()).isEqualTo(ErrorCategory.TEMPORARY);
        assertThat(first.failure().orElseThrow().retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(second.result()).contains("{\"greetings\": 1, \"attempt\": 2}");
    }

    @Test
    void stopsWhenAskedTo() {
        JobTester.Tested tested = JobTester.of(Greet::new)
                .payload("{\"name\": \"Ada\", \"times\": 5}")
                .cancelRequested()
                .run();

        assertThat(tested.thrown().orElseThrow()).hasMessage("stopped after 0 of 5 greetings");
    }

    @Test
    void aPlainQuartzJobNeedsNothingOfThePlatform() {
        assertThat(JobTester.of(Hello::new).payload("{\"name\": \"Ada\"}").run().succeeded())
                .isTrue();
    }
}
