package org.vmmlib.jmh;

/**
 * The charge-based channel of a transistor with DIBL, from its equations with {@link Math} alone, one at a time.
 *
 * @param kappa κ
 * @param specificCurrent amperes
 * @param dibl σ
 * @param thermalVoltage U_t, volts
 */
record PlainChannel(double kappa, double specificCurrent, double dibl, double thermalVoltage) {

    /** q of {@code 2q + ln q = v}, by Newton's method for ln q. */
    static double charge(double v) {
        double log = v < 0 ? v : Math.log(0.5 * v + 0.1);
        double q = Math.exp(log);
        for (int k = 0; k < 30; k++) {
            double step = (2 * q + log - v) / (2 * q + 1);
            log -= step;
            q = Math.exp(log);
            if (Math.abs(step) < 1e-12) {
                break;
            }
        }
        return q;
    }

    /** Over U_t, the pinch-off voltage. */
    private double pinchOff(double overdrive, double across) {
        double root = Math.sqrt(across * across + thermalVoltage * thermalVoltage);
        return kappa * (overdrive + dibl * (root - thermalVoltage)) / thermalVoltage;
    }

    /**
     * Current from drain to source and its derivatives.
     *
     * @param overdrive gate voltage less threshold
     * @param out current, derivative by the drain's voltage, by minus the source's. Modified.
     */
    void evaluate(double overdrive, double source, double drain, double[] out) {
        double across = drain - source;
        double v = pinchOff(overdrive, across);
        double f = charge(v - source / thermalVoltage);
        double r = charge(v - drain / thermalVoltage);
        double coupling = kappa * dibl * across / Math.sqrt(across * across + thermalVoltage * thermalVoltage);
        out[0] = specificCurrent * (f - r) * (1 + f + r);
        out[1] = specificCurrent / thermalVoltage * (r + coupling * (f - r));
        out[2] = specificCurrent / thermalVoltage * (f + coupling * (f - r));
    }
}
