package phasebench.harness.load.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import phasebench.harness.load.audit.SequenceAudit.Arrival;

class SequenceAuditTest {
    private final SequenceAudit audit = new SequenceAudit();

    private Arrival take(int sequence) {
        return audit.accept(audit.extend(sequence & 0xffff));
    }

    @Test
    void sequencesRunThroughTheWrap() {
        for (int i = 65_530; i < 65_550; i++) {
            assertThat(take(i)).isEqualTo(Arrival.IN_ORDER);
        }
        assertThat(audit.highest()).isEqualTo(0x1_0000 + 65_549);
        assertThat(audit.expectedCount()).isEqualTo(20);
        assertThat(audit.receivedCount()).isEqualTo(20);
    }

    @Test
    void repeatedAndLatePacketsAreToldApart() {
        take(10);
        take(12);
        assertThat(take(12)).isEqualTo(Arrival.DUPLICATE);
        assertThat(take(11)).isEqualTo(Arrival.REORDERED);
        assertThat(take(11)).isEqualTo(Arrival.DUPLICATE);
        assertThat(audit.receivedCount()).isEqualTo(3);
    }

    @Test
    void aJumpForgetsWhatItSkipped() {
        take(100);
        take(100 + 5_000);
        assertThat(take(100 + 4_000)).isEqualTo(Arrival.REORDERED);
        assertThat(take(100 + 4_000)).isEqualTo(Arrival.DUPLICATE);
    }

    @Test
    void theFractionLostIsOfTheTimeSinceTheLastReport() {
        for (int i = 100; i < 200; i++) {
            if (i % 4 != 0 || i == 100) {
                take(i);
            }
        }
        assertThat(audit.takeFractionLost()).isEqualTo((24 << 8) / 100);
        assertThat(audit.takeFractionLost()).isZero();
        for (int i = 200; i < 300; i++) {
            take(i);
        }
        assertThat(audit.takeFractionLost()).isZero();
        take(500);
        assertThat(audit.takeFractionLost()).isEqualTo((200 << 8) / 201);
    }

    @Test
    void whatComesLateIsNoNegativeLoss() {
        take(10);
        take(13);
        assertThat(audit.takeFractionLost()).isEqualTo(128);
        take(11);
        take(12);
        take(14);
        assertThat(audit.takeFractionLost()).isZero();
    }
}
