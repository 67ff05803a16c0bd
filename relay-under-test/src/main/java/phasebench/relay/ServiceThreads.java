package phasebench.relay;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import phasebench.relay.metrics.CountedThreads;

/// Who runs what is not a viewer's: publishers' connections, and HTTP requests.
///
/// @param rtsp makes each thread of the RTSP server
/// @param http runs requests
record ServiceThreads(ThreadFactory rtsp, ExecutorService http) {
    /// Slow clients can hold a thread for 10 s (`RelayHttpServer`); so many of them make others wait.
    private static final int HTTP_THREADS_MAX = 64;

    private static final long HTTP_IDLE_SECONDS = 2;

    /// A virtual thread for each connection and each request, as Go has a goroutine.
    static ServiceThreads virtual(CountedThreads threads) {
        return new ServiceThreads(
                threads.factory("rtsp"), Executors.newThreadPerTaskExecutor(threads.factory("http request")));
    }

    /// Platform threads, for a relay whose viewers need no threads: a handful of virtual ones would bring the JDK's
    /// carriers and pollers, which cost a publisher more than its packets do (three switches for each frame read).
    static ServiceThreads platform() {
        // a queue: a thread of its own for each request as long as there are fewer than the most
        var http = new ThreadPoolExecutor(
                HTTP_THREADS_MAX,
                HTTP_THREADS_MAX,
                HTTP_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                peers("http-request"));
        http.allowCoreThreadTimeOut(true);
        return new ServiceThreads(peers("rtsp"), http);
    }

    /// What goes wrong with one peer must not end the service of all others.
    private static ThreadFactory peers(String name) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .uncaughtExceptionHandler((thread, e) -> {
                    System.err.print(thread.getName() + " failed: ");
                    e.printStackTrace();
                })
                .factory();
    }
}
