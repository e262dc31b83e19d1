package dev.staleless.testkit.server;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for a system command on the PATH, and where Linux keeps those for the administrator. */
final class Commands {
    private static final List<String> ADMINISTRATOR = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private Commands() {}

    /** The command's file, or null. */
    static @Nullable Path find(String name) {
        String path = System.getenv("PATH");
        String everywhere =
                (path == null ? "" : path + File.pathSeparator) + String.join(File.pathSeparator, ADMINISTRATOR);
        for (String folder : everywhere.split(File.pathSeparator)) {
            Path candidate = Path.of(folder, name);
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
