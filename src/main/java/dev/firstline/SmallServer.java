package dev.firstline;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's HTTP server, made so that clients who begin a request and never end it hold nobody up: by itself it keeps a
 * thread for each of them as long as they like. It reads its properties once in a process, so whoever wants such a
 * server gets it here, and nobody before.
 */
public final class SmallServer {
    /** How many requests are read and answered at once; more wait. */
    public static final int THREADS_MAX = 64;

    /** How long a request may take to come, header and body together. */
    private static final int REQUEST_SECONDS_MAX = 5;

    private static final int IDLE_SECONDS_MAX = 10;

    static {
        say("sun.net.httpserver.maxReqTime", String.valueOf(REQUEST_SECONDS_MAX));
        // It sends header and body one by one: a client that acknowledges late would wait 40 ms for each answer.
        say("sun.net.httpserver.nodelay", "true");
    }

    private SmallServer() {}

    /** Opens the port; the server is started by the caller, who gives it its threads. */
    public static HttpServer open(InetSocketAddress address) throws IOException {
        return HttpServer.create(address, 0);
    }

    /** As many threads as there are requests, up to {@link #THREADS_MAX}; idle ones end, and none keeps a process. */
    public static ExecutorService threads(String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS_MAX, THREADS_MAX, IDLE_SECONDS_MAX, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static void say(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
