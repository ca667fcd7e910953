package org.vmmlib.core.crossbar.solve;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;

/**
 * An array whose nodes have capacitances, at terminal voltages that stand still: the differential equations {@code C v̇ +
 * F(v) = 0}, F the currents that leave the nodes, as an implicit method of integration needs them. It has a state, the node
 * voltages v, and belongs to one thread.
 *
 * <p>Each node of a line has the capacitance of one segment to ground: half of the segment on either side of it. Cells have
 * a capacitance between their row and their column, all the same. Where a node is one with its terminal, since no
 * resistance lies between, its capacitance loads the terminal.
 *
 * <p>Numbers for all nodes, such as changes or rates of change of their voltages, are held in rows whose order is known to
 * the network alone; of each row the first {@link #width()} elements count. Nothing is allocated once it is made, but for
 * arrays whose lines have no resistance.
 */
public interface CapacitiveNetwork {

    /**
     * The network of an array.
     *
     * @param solver whose method is used: {@link SchurSolver}, which passes arrays without line resistance on, or
     *     {@link ReferenceSolver}
     * @param crossbar the array; the capacitances to ground are those of its {@link Lines}
     * @param conditions its conditions
     * @param excitation terminal voltages and gates. Not modified.
     * @param vector which of its vectors
     * @param cellCapacitance of each cell, farads, 0 or above
     * @throws IllegalArgumentException for another solver, no capacitance at all, or an excitation of another array
     */
    static CapacitiveNetwork of(
            CrossbarSolver solver,
            Crossbar crossbar,
            Conditions conditions,
            Excitation excitation,
            int vector,
            double cellCapacitance) {
        Inputs.require(excitation, crossbar);
        Require.within("vector", vector, 0, excitation.vectors() - 1);
        Require.nonNegative("cellCapacitance", cellCapacitance);
        Lines lines = crossbar.lines();
        if (lines.rowCapacitance() == 0 && lines.columnCapacitance() == 0 && cellCapacitance == 0) {
            throw new IllegalArgumentException(
                    "capacitance of rows, columns and cells = 0: nothing takes time to settle;"
                            + " give the lines a rowCapacitance or columnCapacitance, or the cells a cellCapacitance");
        }
        var cells = crossbar.cells(conditions);
        if (solver instanceof SchurSolver schur) {
            if (Double.isInfinite(1 / lines.rowResistance()) && Double.isInfinite(1 / lines.columnResistance())) {
                ReferenceSolver reference = new ReferenceSolver(schur.tolerance());
                return new CapacitiveReference(reference, crossbar, cells, excitation, vector, cellCapacitance);
            }
            return new CapacitiveSchur(schur, crossbar, cells, excitation, vector, cellCapacitance);
        }
        if (solver instanceof ReferenceSolver reference) {
            return new CapacitiveReference(reference, crossbar, cells, excitation, vector, cellCapacitance);
        }
        throw new IllegalArgumentException("solver = " + solver.name()
                + ": has no network with capacitances; use SchurSolver or ReferenceSolver"
                + (cells instanceof LinearCells ? ", which are exact for linear cells too" : ""));
    }

    /** Name of the method. */
    String method();

    /** New numbers for all nodes, 0. */
    double[][] zeros();

    /** Elements that count in each row of numbers. */
    int width();

    /**
     * Puts the nodes at these voltages, but nodes that are one with a terminal at that.
     *
     * @param wordLines N·M voltages, row-major by word line. Not modified.
     * @param bitLines N·M voltages. Not modified.
     * @param moved how far the latter nodes are from the voltages given; 0 for others. Modified.
     */
    void place(double[] wordLines, double[] bitLines, double[][] moved);

    /** Keeps the node voltages for {@link #restore}. */
    void keep();

    /** Takes the voltages back that were kept. */
    void restore();

    /**
     * Moves the nodes so that {@code F(v) + rate · C m = 0}, with m the given numbers plus what the nodes are moved by: one
     * implicit stage.
     *
     * @param rate per second, above 0
     * @param moved m before and after. Modified.
     * @param accuracy part of the currents at the start that may be left over, above 0; for cells that are not linear, the
     *     last step is at most its square root, as a part of the largest m
     * @return iterations, or −1 if it did not get there; then voltages and numbers are undefined
     */
    int relax(double rate, double[][] moved, double accuracy);

    /**
     * Finds the terminal currents and the power.
     *
     * @param rates how fast the node voltages change, volts per second. Not modified.
     * @param rowCurrents N currents out of the row terminals, amperes. Modified.
     * @param columnCurrents M currents out of the column terminals, amperes. Modified.
     * @return power dissipated in cells and wires, watts
     */
    double currents(double[][] rates, double[] rowCurrents, double[] columnCurrents);

    /**
     * Finds what flows out of the terminals when nodes move in no time.
     *
     * @param moved how far, volts. Not modified.
     * @param rowCharges N charges, coulombs. Modified.
     * @param columnCharges M charges, coulombs. Modified.
     */
    void charges(double[][] moved, double[] rowCharges, double[] columnCharges);

    /** Energy in all capacitances, joules. */
    double storedEnergy();

    /**
     * Energy in all capacitances at other node voltages, joules.
     *
     * @param wordLines N·M voltages, row-major by word line. Not modified.
     * @param bitLines N·M voltages. Not modified.
     */
    double storedEnergy(double[] wordLines, double[] bitLines);

    /** Upper bound of how fast a node with a capacitance can follow, per second. */
    double fastest();

    /**
     * Largest magnitude among nodes that have a capacitance, or among the differences between word and bit line of each cell
     * if only cells have one; NaN if any is not a number.
     */
    double largest(double[][] numbers);

    /**
     * Takes the stationary state that {@link #distance()} is measured from.
     *
     * @param stationary with node voltages, for the same array and excitation. Not modified; read on.
     */
    void approach(Solution stationary);

    /** Largest distance of a node that some terminal determines from the stationary state, volts. */
    double distance();
}
