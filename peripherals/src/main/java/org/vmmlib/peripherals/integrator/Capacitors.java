package org.vmmlib.peripherals.integrator;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.WhiteNoise;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.sensing.InputNoise;

/**
 * The integrators of one array, with their mismatch drawn. Immutable.
 *
 * @param name of the readout, for messages
 * @param rest column voltages with empty capacitors, volts
 * @param motion column voltage over capacitor voltage
 * @param capacitance of each column, farads
 * @param leak parallel conductance, siemens
 * @param injected voltage that the reset switch leaves, volts
 * @param temperature of the reset noise, kelvin; 0 for none
 * @param draws the stream of the reset noise
 * @param noise of the amplifiers that hold the columns
 * @param highest largest magnitude of a capacitor voltage, volts
 * @param spare buffers of the last batch that is done
 */
record Capacitors(
        String name,
        double[] rest,
        double motion,
        double[] capacitance,
        double leak,
        double injected,
        double temperature,
        RandomStream draws,
        InputNoise noise,
        double highest,
        AtomicReference<ChargeNode.@Nullable Buffers> spare) {

    static Capacitors of(Integrator integrator, String name, Die die, int columns) {
        double[] rest = die.mismatch(Integrator.OFFSET, integrator.offsetSpread(), columns);
        double[] capacitance = die.mismatch(Integrator.CAPACITOR, integrator.capacitorSpread(), columns);
        for (int j = 0; j < columns; j++) {
            rest[j] += integrator.columnVoltage();
            capacitance[j] = integrator.capacitance() * (1 + capacitance[j]);
        }
        return new Capacitors(
                name,
                rest,
                integrator.motion(),
                capacitance,
                integrator.leakage(),
                integrator.injectedCharge() / integrator.capacitance(),
                integrator.noiseTemperature(),
                die.stream(Integrator.RESET_NOISE),
                InputNoise.of(die, Integrator.NOISE, integrator.noiseDensity()),
                integrator.highest(),
                new AtomicReference<>());
    }

    int columns() {
        return rest.length;
    }

    /** The capacitors of a batch, just reset. */
    ChargeNode reset(int vectors, long firstCall) {
        ChargeNode node = new ChargeNode(rest, motion, capacitance, leak, vectors, spare.getAndSet(null));
        double[] v = node.charge();
        if (injected != 0) {
            Arrays.fill(v, injected);
        }
        if (temperature > 0) {
            double[] normal = new double[columns()];
            for (int b = 0; b < vectors; b++) {
                draws.call(firstCall + b).gaussians(0, normal, 0, normal.length);
                for (int j = 0; j < normal.length; j++) {
                    v[b * normal.length + j] += WhiteNoise.sampled(capacitance[j], temperature) * normal[j];
                }
            }
        }
        return node;
    }

    /**
     * Holds the columns at the amplifiers' noise in the next phase, where they have any.
     *
     * @param firstCall global index of the first vector
     * @param phase index of the phase
     * @param durations of the phase, seconds, one for each vector. Not modified.
     */
    void disturb(ChargeNode node, long firstCall, int phase, double[] durations) {
        if (noise.present()) {
            DMatrixRMaj voltages = new DMatrixRMaj(durations.length, columns());
            noise.mean(voltages, firstCall, phase, durations);
            node.disturb(voltages);
        }
    }

    /** The capacitor voltages of a batch times a factor, as levels; its capacitors are not to be used any more. */
    Levels levels(ChargeNode node, double factor) {
        spare.set(node.buffers());
        return node.levels(factor);
    }

    /** Holds voltages within the swing, and marks those that were not. */
    void clip(double[] v, boolean[] clipped) {
        if (Double.isInfinite(highest)) {
            return;
        }
        for (int k = 0; k < v.length; k++) {
            if (Math.abs(v[k]) > highest) {
                v[k] = Math.copySign(highest, v[k]);
                clipped[k] = true;
            }
        }
    }

    /** Marks for {@link #clip}; none where the swing is infinite. */
    boolean[] marks(int vectors) {
        return new boolean[Double.isInfinite(highest) ? 0 : vectors * columns()];
    }

    static void count(boolean[] clipped, Saturation saturation) {
        long sum = 0;
        for (boolean one : clipped) {
            sum += one ? 1 : 0;
        }
        saturation.add("integrator.swing", sum);
    }

    /** Refuses another array than the batch was begun with. */
    void require(ColumnPort array, double[] durations, int vectors) {
        if (array.vectors() != vectors || array.columns() != columns() || durations.length != vectors) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "array gives %d vectors of %d columns with %d durations: must be %d of %d, as %s was begun with",
                    array.vectors(),
                    array.columns(),
                    durations.length,
                    vectors,
                    columns(),
                    name));
        }
    }
}
