package dev.staleless.cli;

import dev.staleless.examples.demo.Demo;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code staleless demo}: runs the example application with its servers until it is interrupted. */
@Command(
        name = "demo",
        description = "Start PostgreSQL, Redis and two instances of an example application; Ctrl-C stops everything.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--store",
            defaultValue = "redis",
            paramLabel = "redis|memory",
            description = "Where results are kept: one Redis for two instances (default), or memory: one process.")
    private String store = "redis";

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "NUMBER",
            description = "Port of the first page; the second has the next one. Default 8080; 0 for free ones.")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        Demo.StoreKind kind = kind();
        if (port < 0 || port > 65534) {
            throw wrongUsage("--port=" + port + ": 0 to 65534 is allowed");
        }
        Demo demo = Demo.start(kind, port, System.out);
        CountDownLatch never = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(demo), "staleless-demo-stop"));
        System.out.println();
        demo.addresses().forEach(address -> System.out.println("Open " + address));
        System.out.println("Ctrl-C stops everything.");
        never.await();
        return 0;
    }

    private static void stop(Demo demo) {
        System.out.println("Stopping ...");
        demo.close();
        System.out.println("Stopped; nothing is left behind.");
    }

    private Demo.StoreKind kind() {
        return switch (store.toLowerCase(Locale.ROOT)) {
            case "redis" -> Demo.StoreKind.REDIS;
            case "memory" -> Demo.StoreKind.MEMORY;
            default -> throw wrongUsage("--store=" + store + ": redis or memory is allowed");
        };
    }

    private ParameterException wrongUsage(String message) {
        CommandSpec known = java.util.Objects.requireNonNull(spec);
        return new ParameterException(known.commandLine(), message);
    }
}
