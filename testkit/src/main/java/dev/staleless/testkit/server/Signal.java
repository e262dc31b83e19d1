package dev.staleless.testkit.server;

import java.io.IOException;

/** A POSIX signal. */
enum Signal {
    INT,
    QUIT,
    KILL,
    TERM,
    STOP,
    CONT;

    /** Sends this signal to a process; a process that is already gone is no error. */
    void send(long pid) {
        // The shell's own kill: the command of that name is missing from small systems.
        ProcessBuilder kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name() + " " + pid)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            kill.start().waitFor();
        } catch (IOException e) {
            throw new ServerException("Signal " + name() + " could not be sent to process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
