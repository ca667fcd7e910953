package org.vmmlib.core.macro;

import java.util.Optional;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Signal;

/**
 * Senses, integrates and rescales what the columns give. A readout pulls: in each phase it asks the array for its
 * currents at the column voltages it imposes. So a virtual ground (asks once), a sense amplifier with input resistance, a
 * capacitor on the line whose voltage moves (asks at every time step) and a neuron that resets are the same case.
 */
public interface Readout extends Block {

    /** The column voltage at rest, volts: 0 for a virtual ground, the drain bias for a gate-driven array. */
    double columnVoltage();

    /**
     * Linear input resistance, ohms, which the macro puts into the crossbar's network in front of the sense terminal,
     * where it is solved exactly; 0 for a virtual ground, and for readouts that move the column voltage themselves.
     */
    double inputResistance();

    /** Whether the direction of its input current is that of an array of this topology. */
    default boolean fits(Topology topology) {
        return true;
    }

    /** Whether it makes the product of phases that stand for that; of all whose charges simply add up unless it says. */
    default boolean fits(Coding coding) {
        return coding instanceof Coding.Amplitude || coding instanceof Coding.Time;
    }

    /**
     * Whether nothing but the charge of each column counts: columns held at fixed voltages, and nothing that depends on
     * when the charge comes. Then the phases of a linear array may be collapsed into one.
     */
    default boolean superposes() {
        return false;
    }

    /** What its words stand for, where it converts in every phase; empty for readouts of levels, edges and counts. */
    default Optional<Words> words() {
        return Optional.empty();
    }

    /** Seconds from the end of the last phase to its output, where it converts so many columns; 0 for the others. */
    default double latency(int columns) {
        return 0;
    }

    /**
     * The readout of one array, with its mismatch drawn.
     *
     * @param columns number of columns, 1 or above
     * @param conditions at which the array is read
     */
    Columns on(Die die, int columns, Conditions conditions);

    /** Energy over an activity, time that it needs to settle, which a phase must last, and area. */
    Cost cost(Activity activity);

    @Override
    Readout without(String imperfection);

    /**
     * What the words of a readout stand for that converts in every phase.
     *
     * @param unrounded the same readout without its converters: it gives the weighted sums of the levels that they take
     * @param step level that one step of its words is, in their unit, above 0
     */
    record Words(Readout unrounded, double step) {}

    /** The readout of one array. Safe to share. */
    interface Columns {

        /**
         * Resets the readout for a batch.
         *
         * @param firstCall global index of the first vector, which keys its noise
         */
        Session begin(int vectors, long firstCall);
    }

    /** One batch on its way through the readout; for one thread. */
    interface Session {

        /**
         * Spends a phase.
         *
         * @param durations seconds, one per vector. Not modified.
         * @param array the array in this phase
         */
        void phase(double[] durations, ColumnPort array);

        /**
         * What came of it: levels, or codes where the readout converts in every phase, or edges. The signal belongs to
         * the caller.
         *
         * @param saturation counts what did not fit. Modified.
         */
        Signal finish(Saturation saturation);
    }
}
