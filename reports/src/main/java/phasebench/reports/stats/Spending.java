package phasebench.reports.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// How much of the error a look may use (Lan and DeMets 1983), for a two-sided test.
public enum Spending {
    /// Like O'Brien and Fleming (1979): next to nothing early, so that the last look loses little.
    OBRIEN_FLEMING {
        @Override
        public double spent(double alpha, double fraction) {
            NormalDistribution normal = NormalDistribution.of(0, 1);
            // each side spends its half by itself, as all published tables do
            double z = normal.inverseSurvivalProbability(alpha / 4);
            return 4 * normal.survivalProbability(z / Math.sqrt(fraction));
        }
    },
    /// Like Pocock (1977): about the same at every look, so that early ones can decide more often.
    POCOCK {
        @Override
        public double spent(double alpha, double fraction) {
            return alpha * Math.log1p((Math.E - 1) * fraction);
        }
    };

    /// What of `alpha` may be used up to and with the look at `fraction` (0-1] of the pairs; `alpha`
    /// itself at 1.
    public abstract double spent(double alpha, double fraction);
}
