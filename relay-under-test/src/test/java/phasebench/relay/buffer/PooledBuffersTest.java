package phasebench.relay.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        buffer.release();
        assertThat(pool.inUse()).isEqualTo(1);
        buffer.release();
        assertThat(pool.inUse()).isZero();
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
                .satisfies(taken -> assertThat(taken.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().contains("PooledBuffersTest")));
        leaked.release();
    }
}
