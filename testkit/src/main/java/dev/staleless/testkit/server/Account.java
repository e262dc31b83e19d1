package dev.staleless.testkit.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * The account that PostgreSQL runs under: the JVM's own, or {@code nobody} if that is root, which PostgreSQL refuses.
 */
sealed interface Account {
    /** The command that runs the given one under this account; it keeps its process id. */
    List<String> command(List<String> command);

    /** Creates a folder that only this account may enter. */
    void createFolder(Path path) throws IOException;

    /** The account to use in this JVM. */
    static Account current() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                    ? Nobody.find()
                    : new Own();
        } catch (IOException | UnsupportedOperationException e) {
            // No /proc: not Linux, and so no binaries that would need it.
            return new Own();
        }
    }

    /** The account of this JVM. */
    record Own() implements Account {
        @Override
        public List<String> command(List<String> command) {
            return command;
        }

        @Override
        public void createFolder(Path path) throws IOException {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** The account without rights that every Linux has, taken on by a command that does not fork. */
    record Nobody(List<String> launcher, UserPrincipal user) implements Account {
        private static final String NAME = "nobody";

        private static Nobody find() throws IOException {
            UserPrincipal user =
                    Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NAME);
            Path setpriv = Commands.find("setpriv");
            if (setpriv != null) {
                return new Nobody(
                        List.of(setpriv.toString(), "--reuid=" + NAME, "--regid=65534", "--clear-groups"), user);
            }
            Path chroot = Commands.find("chroot");
            if (chroot != null) {
                return new Nobody(
                        List.of(chroot.toString(), "--userspec=" + NAME + ":65534", "--groups=65534", "/"), user);
            }
            throw new ServerException("PostgreSQL does not run as root, and neither setpriv (util-linux) nor chroot"
                    + " (coreutils) is there to start it as " + NAME + ": install one of them, or run as another user");
        }

        @Override
        public List<String> command(List<String> command) {
            List<String> all = new ArrayList<>(launcher);
            all.addAll(command);
            return all;
        }

        @Override
        public void createFolder(Path path) throws IOException {
            for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
                if (!Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    throw new ServerException("PostgreSQL does not run as root, and its account " + NAME
                            + " cannot enter " + parent + ": set java.io.tmpdir to a folder that all users may enter");
                }
            }
            new Own().createFolder(path);
            Files.setOwner(path, user);
        }
    }
}
