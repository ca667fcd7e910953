package org.vmmlib.devices.memory;

import java.util.function.DoubleUnaryOperator;

/**
 * Drift by a power law, {@code G(t) = G ((t + t0)/t0)^−ν}, with {@code ν = |mean + deviation · z|} of each device.
 *
 * @param highest unit of conductance, siemens
 * @param first t0, when the first read was, seconds
 * @param mean of ν as a function of G/highest
 * @param deviation of ν as a function of G/highest
 */
record PowerLawDrift(double highest, double first, DoubleUnaryOperator mean, DoubleUnaryOperator deviation)
        implements ConductanceDrift {

    @Override
    public double at(double programmed, double age, double normal) {
        double g = PhaseChangeMemory.part(programmed, highest);
        double nu = Math.abs(mean.applyAsDouble(g) + deviation.applyAsDouble(g) * normal);
        return programmed * Math.pow((age + first) / first, -nu);
    }

    /** Infinite: a power law has no end. */
    @Override
    public double longest() {
        return Double.POSITIVE_INFINITY;
    }
}
