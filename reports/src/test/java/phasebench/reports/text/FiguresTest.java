package phasebench.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.reports.evidence.Unit;

class FiguresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NANOSECONDS | 9801.234 | 9,801 ns",
                "NANOSECONDS | 370912 | 370.9 µs",
                "NANOSECONDS | 2212345 | 2.212 ms",
                "BYTES | 412.34 | 412.3 B",
                "BYTES | 62914560 | 60 MiB",
                "SHARE | 0.00012346 | 0.01235 %",
                "PERCENT | 16.324 | 16.32 %",
                "PER_SECOND | 24000 | 24,000 /s",
                "COUNT | 304 | 304",
                "COUNT | 3.1300 | 3.13",
                "COUNT | -2 | −2",
                "COUNT | 0 | 0",
                "COUNT | 1234567.8 | 1,234,568",
                "COUNT | 0.99999 | 1.000"
            })
    void aNumberIsShownInAUnitOfItsSize(Unit unit, double value, String expected) {
        assertThat(Figures.of(unit, value).full(value).replace('\u00a0', ' ')).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-0.1234 | −12.3 %",
                "0.0061 | +0.61 %",
                "0 | 0.00 %",
                "-0.00000001 | 0.00 %",
                "1.5 | +150 %",
                "-0.00995 | −1.0 %",
                "12.344 | +1,234 %"
            })
    void aChangeHasASign(double fraction, String expected) {
        assertThat(Figures.percent(fraction).replace('\u00a0', ' ')).isEqualTo(expected);
    }
}
