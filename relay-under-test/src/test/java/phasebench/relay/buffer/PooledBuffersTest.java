package phasebench.relay.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

<<<<<<< HEAD
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class PooledBuffersTest {
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
    void theLastReleaseGivesBack() {
        var buffer = pool.take(1);
        assertThat(buffer.retain()).isSameAs(buffer);
=======
import org.junit.jupiter.api.Test;

class PooledBuffersTest {
    @Test
    void theLastBufferGivenBackIsTakenFirst() {
        var pool = new PooledBuffers();
        var first = pool.take(100);
        var second = pool.take(PooledBuffers.BUFFER_BYTES);
        first.release();
        assertThat(pool.inUse()).isEqualTo(1);
        assertThat(pool.take(1)).isSameAs(first);
        second.release();
        assertThat(pool.take(1)).isSameAs(second);
    }

    @Test
    void aBufferComesBackWithItsLastReference() {
        var pool = new PooledBuffers();
        var buffer = pool.take(100).retain();
>>>>>>> main
        buffer.release();
        assertThat(pool.inUse()).isEqualTo(1);
        buffer.release();
        assertThat(pool.inUse()).isZero();
<<<<<<< HEAD
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
    void whatDoesNotFitIsNotOfThePool() {
        var large = pool.take(PooledBuffers.BUFFER_BYTES + 1);
        assertThat(large.size()).isGreaterThan(PooledBuffers.BUFFER_BYTES);
        assertThat(pool.inUse()).isZero();
        large.release();
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
=======
        assertThatThrownBy(buffer::release).hasMessage("released too often");
        assertThatThrownBy(buffer::retain).hasMessage("retained after its release");
    }

    @Test
    void whatDoesNotFitIsFreshAndLeftToTheCollector() {
        var pool = new PooledBuffers();
        var large = pool.take(PooledBuffers.BUFFER_BYTES + 1);
        assertThat(large.size()).isEqualTo(PooledBuffers.BUFFER_BYTES + 1);
        large.release();
        assertThat(pool.bufferCount()).isZero();
    }

    @Test
    void aCheckedPoolFindsAUseAfterRelease() {
        var buffer = PooledBuffers.checked().take(100);
        var body = buffer.body();
        buffer.release();
        assertThatThrownBy(buffer::heapArray).hasMessage("a buffer was used after its release");
        assertThatThrownBy(buffer::segment).hasMessage("a buffer was used after its release");
        assertThatThrownBy(buffer::body).hasMessage("a buffer was used after its release");
        assertThatThrownBy(() -> buffer.view(1)).hasMessage("a buffer was used after its release");
        assertThat(body.heapArray()).as("what a stale view reads is poison").containsOnly(0xdb);
    }

    @Test
    void aCheckedPoolFindsAWriteAfterRelease() {
        var pool = PooledBuffers.checked();
        var buffer = pool.take(100);
        var array = buffer.heapArray();
        buffer.release();
        array[7] = 1;
        assertThatThrownBy(() -> pool.take(100)).hasMessage("a buffer was written to after its release");
    }

    @Test
    void aCheckedPoolNamesWhoNeverGaveABufferBack() {
        var pool = PooledBuffers.checked();
        pool.take(100).release();
        assertThat(pool.leaks()).isEmpty();
        var leaked = pool.take(100);
        assertThat(pool.leaks())
                .singleElement()
                .satisfies(taken ->
                        assertThat(taken.getStackTrace()).anyMatch(frame -> frame.getClassName().contains("PooledBuffersTest")));
        leaked.release();
>>>>>>> main
    }
}
