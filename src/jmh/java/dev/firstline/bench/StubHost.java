package dev.firstline.bench;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.Slf4jNotifier;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.firstline.stub.StubOptions;
import dev.firstline.stub.StubServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The other side of the stub's benchmarks: a stub, or a WireMock as anybody starts it, in a process of its own. Prints
 * its port and then, for each line it is sent, its figures; lives until its standard input ends.
 */
public final class StubHost {
    private static final long CLEANING_MILLIS = 300;

    private StubHost() {}

    /** {@code stub|plain ROOT JOURNAL}; for {@link StubChild} only. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path root = Path.of(args[1]);
        int journal = Integer.parseInt(args[2]);
        System.out.println(args[0].equals("stub") ? stub(root, journal) : plain(root, journal));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (orders.readLine() != null) {
            System.gc();
            // What waits for a cleaner is garbage only after it has been cleaned.
            TimeUnit.MILLISECONDS.sleep(CLEANING_MILLIS);
            System.gc();
            System.out.println(heapAfterCollection() + " " + openFiles());
        }
        System.exit(0);
    }

    private static int stub(Path root, int journal) {
        return StubServer.start(StubOptions.defaults().withRoot(root).withJournal(journal))
                .baseUrl()
                .getPort();
    }

    private static int plain(Path root, int journal) {
        WireMockConfiguration configuration = WireMockConfiguration.wireMockConfig()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .http2PlainDisabled(true)
                .stubRequestLoggingDisabled(true)
                .notifier(new Slf4jNotifier(false))
                .usingFilesUnderDirectory(root.toString());
        if (journal == 0) {
            configuration.disableRequestJournal();
        } else {
            configuration.maxRequestJournalEntries(journal);
        }
        WireMockServer server = new WireMockServer(configuration);
        server.start();
        return server.port();
    }

    private static long heapAfterCollection() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                .sum();
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : -1;
    }
}
