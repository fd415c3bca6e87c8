package io.requartz.admin.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "Requartz " + (version == null ? "(not packed)" : version), "Java " + System.getProperty("java.version")
        };
    }
}
