package phasebench.relay.metrics;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/// The one factory of the relay's virtual threads; the JVM cannot tell how many live, so it counts them.
public final class CountedThreads implements ThreadStarter {
    private final AtomicLong live = new AtomicLong();

    /// Live virtual threads made here: started and not ended.
    public long live() {
        return live.get();
    }

    /// Starts a virtual thread.
    @Override
    public Thread start(String name, Runnable body) {
        live.incrementAndGet();
        return Thread.ofVirtual().name(name).start(() -> counted(body));
    }

    /// A factory whose threads are counted from their start.
    public ThreadFactory factory(String name) {
        return body -> Thread.ofVirtual().name(name).unstarted(() -> {
            live.incrementAndGet();
            counted(body);
        });
    }

    private void counted(Runnable body) {
        try {
            body.run();
        } finally {
            live.decrementAndGet();
        }
    }
}
