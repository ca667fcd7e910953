package org.vmmlib.peripherals.neuron;

import org.vmmlib.core.block.Die;
import org.vmmlib.core.physics.WhiteNoise;
import org.vmmlib.core.random.NormalStream;

/**
 * The noise of the neurons of a bank in one call: a pure function of neuron, comparator and event. Immutable.
 *
 * @param thresholdSpread standard deviation of a threshold, volts; 0 without noise
 * @param thresholds draws for the comparators
 * @param restSpread standard deviation of the voltage that a reset leaves, volts; 0 without noise
 * @param rests draws for the resets
 */
record NeuronNoise(double thresholdSpread, NormalStream thresholds, double restSpread, NormalStream rests) {

    /** That of one call of the neurons on a die. */
    static NeuronNoise of(MultiBitNeuron neuron, Die die, long call) {
        return new NeuronNoise(
                neuron.noise(),
                die.stream(MultiBitNeuron.NOISE).call(call).normals(),
                neuron.resetTemperature() == 0
                        ? 0
                        : WhiteNoise.sampled(neuron.capacitance(), neuron.resetTemperature()),
                die.stream(MultiBitNeuron.RESET_NOISE).call(call).normals());
    }

    /**
     * What is added to a threshold, volts.
     *
     * @param comparator index in the bank
     * @param arming how often it has been armed before
     */
    double threshold(int comparator, int arming) {
        return thresholdSpread == 0 ? 0 : thresholdSpread * thresholds.at(element(comparator, arming));
    }

    /**
     * The voltage above rest at which a reset leaves the membrane, volts.
     *
     * @param neuron index in the bank
     * @param reset how often it has been reset before; 0 for the one that it starts with
     */
    double rest(int neuron, int reset) {
        return restSpread == 0 ? 0 : restSpread * rests.at(element(neuron, reset));
    }

    private static long element(int part, int event) {
        return ((long) part << Integer.SIZE) + event;
    }
}
