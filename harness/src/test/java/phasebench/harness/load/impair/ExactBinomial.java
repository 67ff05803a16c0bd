package phasebench.harness.load.impair;

/// The range that a binomial count stays in with a given probability, summed up exactly.
public record ExactBinomial(long low, long high) {
    /// @param outside probability of a count outside, shared by both tails
    public static ExactBinomial range(long trials, double share, double outside) {
        double[] logFactorial = new double[(int) trials + 1];
        for (int i = 1; i <= trials; i++) {
            logFactorial[i] = logFactorial[i - 1] + Math.log(i);
        }
        double below = 0;
        long low = -1;
        long high = trials;
        for (int k = 0; k <= trials; k++) {
            double log = logFactorial[(int) trials] - logFactorial[k] - logFactorial[(int) trials - k];
            below += Math.exp(log + k * Math.log(share) + (trials - k) * Math.log1p(-share));
            if (low < 0 && below > outside / 2) {
                low = k;
            }
            if (below >= 1 - outside / 2) {
                high = k;
                break;
            }
        }
        return new ExactBinomial(low, high);
    }
}
