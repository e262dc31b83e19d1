package dev.staleless.testkit.server;

import java.util.Locale;

/** The names that archives of binaries use for the operating system and the processor. */
final class Platform {
    private Platform() {}

    /** {@code linux}, {@code darwin} or the system's own name. */
    static String system() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name;
    }

    /** {@code amd64}, {@code arm64} or the processor's own name. */
    static String processor() {
        String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> name;
        };
    }
}
