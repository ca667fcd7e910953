package org.vmmlib.noise;

import org.vmmlib.core.check.Require;

/** The equivalent noise bandwidth of a read: of white noise of density S it lets through the variance S times it. */
public sealed interface NoiseBandwidth {

    /**
     * The bandwidth of a phase.
     *
     * @param duration of the phase, seconds, 0 or above
     * @return hertz, 0 or above
     */
    double of(double duration);

    /** For a person. */
    String description();

    /**
     * One that does not depend on the phase.
     *
     * @param hertz above 0
     */
    record Fixed(double hertz) implements NoiseBandwidth {

        /** Checks the range. */
        public Fixed {
            Require.positive("bandwidth", hertz);
        }

        @Override
        public double of(double duration) {
            return hertz;
        }

        @Override
        public String description() {
            return hertz / 1e6 + " MHz";
        }
    }

    /**
     * That of an integration over each phase, {@code 1/(2t)}; a vector that has no such phase, t = 0, has no noise. The charge
     * of a phase then has the variance {@code S t/2}, however the phases are cut.
     */
    record OfPhases() implements NoiseBandwidth {

        @Override
        public double of(double duration) {
            return duration > 0 ? 0.5 / duration : 0;
        }

        @Override
        public String description() {
            return "1/(2t), t the length of a phase";
        }
    }
}
