package io.requartz.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may know what; see docs/architecture.md. */
class ArchitectureTest {

    private static JavaClasses core;

    @BeforeAll
    static void read() {
        core = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.requartz");
    }

    @Test
    void jobAuthorsSeeNothingOfThePlatform() {
        classes()
                .that()
                .resideInAPackage("io.requartz.api")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.requartz.api", "java..", "org.quartz..")
                .check(core);
    }

    @Test
    void policiesArePure() {
        noClasses()
                .that()
                .resideInAPackage("io.requartz.retry")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..", "javax.sql..", "org.quartz..", "org.eclipse.jetty..", "io.requartz.jdbc")
                .check(core);
        noClasses()
                .that()
                .resideInAPackage("io.requartz.failure")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.sql..", "org.quartz..", "org.eclipse.jetty..", "io.requartz.jdbc")
                .because("it reads SQLSTATEs from exceptions, and nothing else of JDBC")
                .check(core);
    }

    @Test
    void onlyTheJdbcPackageAndTheStoreKnowJdbc() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.requartz.run",
                        "io.requartz.deadletter",
                        "io.requartz.bulk",
                        "io.requartz.audit",
                        "io.requartz.guard",
                        "io.requartz.schedule",
                        "io.requartz.plugin",
                        "io.requartz.policy",
                        "io.requartz.quartz",
                        "io.requartz.tx",
                        "io.requartz.problem",
                        "io.requartz.config")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "io.requartz.jdbc")
                .check(core);
    }

    @Test
    void workersDoNotTouchTheDatabase() {
        noClasses()
                .that()
                .resideInAPackage("io.requartz.quartz")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.requartz.tx", "io.requartz.jdbc", "io.requartz.jobstore")
                .check(core);
    }

    @Test
    void timeComesInThroughTheConstructor() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callConstructor(Date.class)
                .check(core);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.requartz.time")
                .should()
                .callMethod(System.class, "nanoTime")
                .check(core);
    }

    @Test
    void nothingSleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(core);
    }
}
