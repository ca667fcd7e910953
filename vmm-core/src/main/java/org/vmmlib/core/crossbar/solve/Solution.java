package org.vmmlib.core.crossbar.solve;

import org.ejml.data.DMatrixRMaj;

/**
 * What a solve found, with its own evidence. Mutable and reused from solve to solve; one per thread.
 *
 * <p>Currents are positive out of the array into the terminal. The matrices stand for B vectors; {@link #residual},
 * {@link #kirchhoffError} and {@link #iterations} are the worst over the batch.
 */
public final class Solution {

    /** B×N currents out of the row terminals, amperes; 0 where a row floats. */
    public final DMatrixRMaj rowCurrents = new DMatrixRMaj(0, 0);

    /** B×M currents out of the column terminals, amperes; 0 where a column floats. */
    public final DMatrixRMaj columnCurrents = new DMatrixRMaj(0, 0);

    /** B×M slopes ∂I_j/∂v_j of a column current by the voltage at its own terminal, siemens; only if asked for. */
    public final DMatrixRMaj columnSlopes = new DMatrixRMaj(0, 0);

    /** B×1 power dissipated in cells and wires, watts. */
    public final DMatrixRMaj power = new DMatrixRMaj(0, 0);

    /** B×(N·M) word-line node voltages, row-major by word line, volts; only if asked for. */
    public final DMatrixRMaj wordLines = new DMatrixRMaj(0, 0);

    /** B×(N·M) bit-line node voltages, row-major by word line, volts; only if asked for. */
    public final DMatrixRMaj bitLines = new DMatrixRMaj(0, 0);

    /**
     * B×(N·M) cell currents from word line to bit line, row-major by word line, amperes; only with the node voltages.
     * They have more digits than the law would give at those: node voltages are rounded where the solvers' are not.
     */
    public final DMatrixRMaj cellCurrents = new DMatrixRMaj(0, 0);

    /** l2 norm of the nodal current residual over the l2 norm of the source currents. */
    public double residual;

    /** Largest net current at any node over the largest branch current. */
    public double kirchhoffError;

    /** Newton steps, or iterations of an iterative solver; 1 for a direct linear solve. */
    public int iterations;

    private final boolean nodeVoltages;
    private final boolean slopes;

    /** Keeps terminal currents and power only. */
    public Solution() {
        this(false, false);
    }

    /**
     * @param nodeVoltages whether to keep all node voltages and cell currents
     * @param slopes whether to find the column slopes
     */
    public Solution(boolean nodeVoltages, boolean slopes) {
        this.nodeVoltages = nodeVoltages;
        this.slopes = slopes;
    }

    /** Whether node voltages and cell currents are kept. */
    public boolean keepsNodeVoltages() {
        return nodeVoltages;
    }

    /** Whether column slopes are found. */
    public boolean findsSlopes() {
        return slopes;
    }

    /** Shapes the matrices for B vectors of an N×M array and clears the evidence; for solvers. */
    public void shape(int vectors, int rows, int columns) {
        rowCurrents.reshape(vectors, rows);
        columnCurrents.reshape(vectors, columns);
        power.reshape(vectors, 1);
        if (slopes) {
            columnSlopes.reshape(vectors, columns);
        }
        if (nodeVoltages) {
            wordLines.reshape(vectors, rows * columns);
            bitLines.reshape(vectors, rows * columns);
            cellCurrents.reshape(vectors, rows * columns);
        }
        residual = 0;
        kirchhoffError = 0;
        iterations = 0;
    }
}
