package phasebench.scenarios;

/// What decides when the next frame leaves the publisher.
public sealed interface Drive {
    /// Each frame leaves when it is due, however the relay fares.
    record Open() implements Drive {}

    /// The next frame leaves when an earlier one has reached its viewers.
    ///
    /// @param framesInFlight frames under way at most
    record Closed(int framesInFlight) implements Drive {
        public Closed {
            if (framesInFlight < 1 || framesInFlight > 64) {
                throw new IllegalArgumentException("framesInFlight is not within 1..64: " + framesInFlight);
            }
        }
    }
}
