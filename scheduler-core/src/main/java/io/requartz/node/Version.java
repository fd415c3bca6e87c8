package io.requartz.node;

/** Which code this is. */
public final class Version {

    /** From the jar's manifest; {@code development} where there is none. */
    public static final String CODE = ofManifest();

    private Version() {}

    private static String ofManifest() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
