package phasebench.relay.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
    private static final long TICK = TimerWheel.TICK_NS;
    private static final long SLACK = TimerWheel.SLACK_TICKS * TICK;

    private final TimerWheel wheel = new TimerWheel(0);
    private final List<String> fired = new ArrayList<>();

    @Test
    void aTimerFiresAtItsTickAndNotBefore() {
        set(10 * TICK, "exact");
        assertThat(wheel.untilNextNs(0)).isEqualTo(10 * TICK);
        assertThat(advance(10 * TICK - 1)).isZero();
        assertThat(advance(10 * TICK)).isOne();
        assertThat(advance(2000 * TICK)).isZero();
        assertThat(fired).containsExactly("exact");
    }

    @Test
    void aLooseTimerLetsTheWheelWaitForItsSlack() {
        setLoosely(10 * TICK, "loose");
        assertThat(wheel.untilNextNs(0)).isEqualTo(10 * TICK + SLACK);
    }

    @Test
    void aLooseTimerFiresInAnyTurnSinceItIsDue() {
        setLoosely(10 * TICK, "loose");
        assertThat(advance(9 * TICK)).isZero();
        assertThat(advance(10 * TICK)).isOne();
        assertThat(advance(10 * TICK + SLACK)).isZero();
        assertThat(fired).containsExactly("loose");
    }

    @Test
    void aLooseTimerFiresAtTheEndOfItsSlackAtTheLatest() {
        setLoosely(10 * TICK, "loose");
        assertThat(advance(9 * TICK)).isZero();
        assertThat(advance(10 * TICK + SLACK)).isOne();
    }

    @Test
    void whatLiesInALaterTurnOfTheWheelLetsItWait() {
        set(600 * TICK, "next turn");
        set(700 * TICK, "later");
        assertThat(wheel.untilNextNs(0)).isEqualTo(512 * TICK);
        assertThat(advance(100 * TICK)).isZero();
        assertThat(wheel.untilNextNs(100 * TICK)).isEqualTo(500 * TICK);
    }

    @Test
    void aPauseLongerThanATurnLosesNothing() {
        set(10 * TICK, "exact");
        setLoosely(20 * TICK, "loose");
        setLoosely(5000 * TICK, "later");
        assertThat(advance(3000 * TICK)).isEqualTo(2);
        assertThat(fired).containsExactlyInAnyOrder("exact", "loose");
        assertThat(advance(5000 * TICK)).isOne();
    }

    @Test
    void aCancelledTimerIsNotWaitedForAndNeverFires() {
        wheel.schedule(0, 10 * TICK, () -> fired.add("cancelled")).cancel();
        assertThat(wheel.untilNextNs(0)).isEqualTo(512 * TICK);
        assertThat(advance(10 * TICK)).isZero();
        assertThat(fired).isEmpty();
    }

    private void set(long delayNs, String name) {
        var _ = wheel.schedule(0, delayNs, () -> fired.add(name));
    }

    private void setLoosely(long delayNs, String name) {
        var _ = wheel.scheduleLoosely(0, delayNs, () -> fired.add(name));
    }

    private int advance(long nowNs) {
        return wheel.advance(nowNs, Runnable::run);
    }
}
