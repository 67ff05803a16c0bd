package phasebench.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import phasebench.relay.rtp.RtcpPacket.ReportBlock;

class ReceptionStatisticsTest {
    private static final long MS = 1_000_000;

    private final ReceptionStatistics statistics = new ReceptionStatistics(7, 90_000, 65_534);

    @Test
    void lossIsCountedAcrossTheWrapAndByInterval() {
        for (int sequence : new int[] {65_534, 65_535, 1, 2}) {
            statistics.packet(sequence, 0, 0);
        }
        ReportBlock first = statistics.block(0);
        statistics.packet(3, 0, 0);
        ReportBlock second = statistics.block(0);

        assertThat(first.ssrc()).isEqualTo(7);
        assertThat(first.lostPackets()).isEqualTo(1);
        assertThat(first.lostOf256()).isEqualTo(256 / 5);
        assertThat(first.highestSequence()).isEqualTo(0x1_0002);
        assertThat(second.lostPackets()).isEqualTo(1);
        assertThat(second.lostOf256()).isZero();
    }

    @Test
    void duplicatesMakeTheLossNegative() {
        statistics.packet(65_534, 0, 0);
        statistics.packet(65_534, 0, 0);

        assertThat(statistics.block(0).lostPackets()).isEqualTo(-1);
    }

    @Test
    void jitterIsASixteenthOfTheFirstDeviation() {
        statistics.packet(65_534, 0xffff_ffffL, 0);
        statistics.packet(65_535, 2999, 33 * MS + 333_333);
        assertThat(statistics.block(0).jitter()).isLessThanOrEqualTo(1);

        statistics.packet(0, 5999, 66 * MS + 666_667 + 16 * MS);
        assertThat(statistics.block(0).jitter()).isBetween(88L, 92L);
    }

    @Test
    void theLastSenderReportComesBackWithItsAge() {
        statistics.packet(65_534, 0, 0);
        assertThat(statistics.block(5).delaySinceLastSenderReport()).isZero();

        statistics.senderReport(0x8000_0001L, 10 * MS);
        ReportBlock block = statistics.block(510 * MS);

        assertThat(block.lastSenderReport()).isEqualTo(0x8000_0001L);
        assertThat(block.delaySinceLastSenderReport()).isEqualTo(32_768);
    }
}
