package org.vmmlib.peripherals.neuron;

/**
 * The linear circuit of a neuron between events: its natural frequencies for one conductance at the virtual ground. See
 * {@link MultiBitNeuron} for the equations.
 */
final class Loop {

    /** Up to here the series has no error that shows. */
    private static final double SMALL = 0.03;

    /** The amplifier's ω_u, in rad/s; infinite for an ideal one. */
    final double unityGain;
    /** C_m + C_p, in farads. */
    final double total;
    /** C_m, in farads. */
    final double capacitance;
    /** Slow eigenvalue, 1/s: that of the leak; 0 without. */
    final double slow;
    /** Fast eigenvalue, 1/s: that of the amplifier's loop; negative infinity for an ideal one. */
    final double fast;
    /** C_m/τ_m, in siemens. */
    final double leak;
    /** ω_u over total and fast, by which a current drives the slow mode, in V/(A s). */
    final double drive;
    /** 1/(fast − slow), in seconds. */
    final double perSplit;
    /** ω_u/fast, a pure number: how far the output can still move, for each volt of the virtual ground's error. */
    final double reach;
    /** 1/ω_u, in seconds; 0 for an ideal amplifier. */
    final double perUnityGain;

    Loop(MultiBitNeuron neuron, double conductance) {
        capacitance = neuron.capacitance();
        leak = capacitance / neuron.membraneTime();
        unityGain = 2 * Math.PI * neuron.gainBandwidth();
        if (Double.isInfinite(unityGain)) {
            total = capacitance;
            slow = -1 / neuron.membraneTime();
            fast = Double.NEGATIVE_INFINITY;
            drive = 0;
            reach = 0;
        } else {
            total = capacitance + neuron.inputCapacitance();
            double sum = (conductance + capacitance * unityGain + leak) / total;
            double product = unityGain * leak / total;
            fast = -0.5 * (sum + Math.sqrt(sum * sum - 4 * product));
            slow = product / fast;
            drive = unityGain / (total * fast);
            reach = unityGain / fast;
        }
        perSplit = 1 / (fast - slow);
        perUnityGain = 1 / unityGain;
    }

    boolean ideal() {
        return fast == Double.NEGATIVE_INFINITY;
    }

    /** (exp(slow t) − 1)/slow, in seconds; t without leak. */
    double ramp(double time) {
        double z = slow * time;
        return z > -SMALL ? time * series(z) : (Math.exp(z) - 1) / slow;
    }

    /** exp(fast t) − 1. */
    double decay(double time) {
        double z = fast * time;
        return z > -SMALL ? z * series(z) : Math.exp(z) - 1;
    }

    /** (exp(z) − 1)/z for small z, to rounding: pairs of terms, so that few wait for others. */
    private static double series(double z) {
        double square = z * z;
        double first = 1 + z / 2 + square * (1.0 / 6 + z * (1.0 / 24));
        double last = 1.0 / 120 + z * (1.0 / 720) + square * (1.0 / 5040 + z * (1.0 / 40320));
        return first + square * square * last;
    }
}
