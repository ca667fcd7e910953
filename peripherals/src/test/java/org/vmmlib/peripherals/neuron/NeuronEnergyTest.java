package org.vmmlib.peripherals.neuron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.peripherals.sensing.Polarity;

/** Where neurons give the current, their array dissipates {@code V Q} at the column voltage V, and they the rest of {@code V_DD Q}. */
class NeuronEnergyTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.7, 1.2})
    void arrayAndNeuronsTogetherDissipateWhatTheSupplyGives(double column) {
        MultiBitNeuron neuron = MultiBitNeuron.opamp65();
        double charge = 3e-12;
        double time = 2e-6;
        double array = column * charge;
        // 10 uA at 1.2 V each.
        double bias = 4 * 12e-6 * time;
        double supply = 1.2 * charge;
        NeuronReadout giving = NeuronReadout.spikes(neuron, Polarity.SOURCE, column);
        assertEquals(
                supply + bias,
                array + giving.cost(new Activity(5, 4, time, charge)).energy(),
                1e-12 * supply);
        // A current that comes from the rows is theirs down to the virtual ground; the amplifier drives it on.
        NeuronReadout taking = NeuronReadout.spikes(neuron, Polarity.SINK, column);
        assertEquals(
                supply + bias, taking.cost(new Activity(5, 4, time, charge)).energy(), 1e-12 * supply);
    }
}
