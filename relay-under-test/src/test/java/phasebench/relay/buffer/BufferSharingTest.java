package phasebench.relay.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// Pooled buffers in many hands.
class BufferSharingTest {
    private final PooledBuffers pool = new PooledBuffers();

    @Test
    void whatIsGivenBackIsUsedAgain() {
        var first = pool.take(100);
        assertThat(pool.inUse()).isEqualTo(1);
        first.release();
        assertThat(pool.inUse()).isZero();
        int made = pool.bufferCount();
        for (int i = 0; i < 10 * made; i++) {
            pool.take(PooledBuffers.BUFFER_BYTES).release();
        }
        assertThat(pool.bufferCount()).isEqualTo(made);
    }

    @Test
    void aReleaseTooManyAndARetainTooLateAreRefused() {
        var buffer = pool.take(1);
        buffer.release();
        assertThatThrownBy(buffer::release).isInstanceOf(IllegalStateException.class);
        var other = pool.take(1);
        other.release();
        assertThatThrownBy(other::retain).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void buffersDoNotOverlap() {
        var buffers = new ArrayList<PacketBuffer>();
        for (int i = 0; i < 200; i++) {
            var buffer = pool.take(PooledBuffers.BUFFER_BYTES);
            assertThat(buffer.size()).isEqualTo(PooledBuffers.BUFFER_BYTES);
            Arrays.fill(buffer.heapArray(), buffer.offset(), buffer.offset() + buffer.size(), (byte) i);
            buffers.add(buffer);
        }
        for (int i = 0; i < buffers.size(); i++) {
            var buffer = buffers.get(i);
            for (int at = 0; at < buffer.size(); at++) {
                assertThat(buffer.heapArray()[buffer.offset() + at]).isEqualTo((byte) i);
            }
        }
        assertThat(pool.inUse()).isEqualTo(200);
        buffers.forEach(PacketBuffer::release);
        assertThat(pool.inUse()).isZero();
    }

    @Test
    void manyThreadsMayShareAndGiveBack() throws InterruptedException {
        var handedOver = new ConcurrentLinkedQueue<PacketBuffer>();
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            var random = new Random(i);
            threads.add(Thread.ofPlatform()
                    .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
                    .start(() -> takeAndHandOver(random, handedOver)));
        }
        for (var thread : threads) {
            thread.join();
        }
        handedOver.forEach(PacketBuffer::release);
        assertThat(failures).isEmpty();
        assertThat(pool.inUse()).isZero();
    }

    /// Holds one reference while another is with the others: whoever comes last gives back.
    private void takeAndHandOver(Random random, ConcurrentLinkedQueue<PacketBuffer> handedOver) {
        for (int i = 0; i < 20_000; i++) {
            var mine = pool.take(1);
            mine.heapArray()[mine.offset()] = (byte) i;
            handedOver.add(mine.retain());
            var other = random.nextInt(3) > 0 ? handedOver.poll() : null;
            if (other != null) {
                other.release();
            }
            if (mine.heapArray()[mine.offset()] != (byte) i) {
                throw new IllegalStateException("somebody else has it as well");
            }
            mine.release();
        }
    }
}
