package org.vmmlib.devices.custom;

import java.util.Optional;
import org.vmmlib.core.physics.Conditions;

/**
 * The current of a two-terminal device, for a row of cells at once: all that {@link TwoTerminalLaw} needs of a device.
 * Implementations are immutable and allocate nothing here.
 */
@FunctionalInterface
public interface TwoTerminalCurrent {

    /**
     * Currents and slopes of a row. Each current is 0 at 0 V, never falls with the voltage, and rises or falls with the
     * state throughout. Arrays may be longer than count.
     *
     * @param count cells of the row: elements 0 … count − 1 are used
     * @param voltages from row to column, volts, within the voltages that the law is made for. Not modified.
     * @param states what the cells store. Not modified.
     * @param conditions temperature and age of the cells
     * @param currents amperes, positive from row to column. Modified.
     * @param slopes di/dv, siemens. Modified.
     */
    void evaluate(
            int count, double[] voltages, double[] states, Conditions conditions, double[] currents, double[] slopes);

    /**
     * The current of a cell as an expression of a behavioural source of ngspice, if there is one.
     *
     * @param state what the cell stores
     * @param conditions temperature and age of the cell
     * @param voltage expression of the voltage from row to column
     */
    default Optional<String> spice(double state, Conditions conditions, String voltage) {
        return Optional.empty();
    }
}
