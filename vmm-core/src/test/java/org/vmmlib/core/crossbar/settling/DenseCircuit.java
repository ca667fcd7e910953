package org.vmmlib.core.crossbar.settling;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.apache.commons.math3.ode.nonstiff.DormandPrince853Integrator;
import org.vmmlib.core.crossbar.Lines;

/**
 * An array with capacitances as a textbook writes it, {@code C v̇ = s − K v − i(v)}: dense matrices, rows driven at the left
 * through segment and source resistance, columns sensed at the bottom at 0 V. Needs every resistance and capacitance to
 * ground above 0.
 */
final class DenseCircuit {

    private final int n;
    private final int m;
    private final int size;
    private final double[][] states;
    private final DoubleUnaryOperator law;
    private final double atSense;
    private final RealMatrix wires;
    private final RealMatrix capacitance;
    private final RealVector sources;

    /**
     * @param states N×M factors of the cells' law
     * @param law current of a cell of factor 1
     */
    DenseCircuit(double[][] states, DoubleUnaryOperator law, Lines lines, double cellCapacitance, double[] drives) {
        n = states.length;
        m = states[0].length;
        size = 2 * n * m;
        this.states = states;
        this.law = law;
        wires = new Array2DRowRealMatrix(size, size);
        capacitance = new Array2DRowRealMatrix(size, size);
        sources = new ArrayRealVector(size);
        double atSource = 1 / (lines.rowResistance() + lines.sourceResistance(0));
        atSense = 1 / (lines.columnResistance() + lines.senseResistance(0));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                int word = i * m + j;
                int bit = n * m + word;
                if (j > 0) {
                    join(wires, word - 1, word, 1 / lines.rowResistance());
                }
                if (i > 0) {
                    join(wires, bit - m, bit, 1 / lines.columnResistance());
                }
                capacitance.addToEntry(word, word, lines.rowCapacitance());
                capacitance.addToEntry(bit, bit, lines.columnCapacitance());
                join(capacitance, word, bit, cellCapacitance);
            }
            wires.addToEntry(i * m, i * m, atSource);
            sources.setEntry(i * m, atSource * drives[i]);
        }
        for (int j = 0; j < m; j++) {
            int last = size - m + j;
            wires.addToEntry(last, last, atSense);
        }
    }

    private static void join(RealMatrix matrix, int a, int b, double value) {
        matrix.addToEntry(a, a, value);
        matrix.addToEntry(b, b, value);
        matrix.addToEntry(a, b, -value);
        matrix.addToEntry(b, a, -value);
    }

    /** Currents of the columns at node voltages. */
    double[] columnCurrents(double[] v) {
        double[] out = new double[m];
        for (int j = 0; j < m; j++) {
            out[j] = atSense * v[size - m + j];
        }
        return out;
    }

    /** Node voltages of linear cells from rest, by the eigenvectors of {@code L⁻¹ (K + G) L⁻ᵀ} where {@code C = L Lᵀ}. */
    double[] exponential(double time) {
        RealMatrix all = wires.copy();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                join(all, i * m + j, n * m + i * m + j, states[i][j] * law.applyAsDouble(1));
            }
        }
        CholeskyDecomposition root = new CholeskyDecomposition(capacitance, 1e-15, 1e-30);
        RealMatrix inverse = MatrixUtils.inverse(root.getL());
        RealMatrix symmetric = inverse.multiply(all).multiply(inverse.transpose());
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < a; b++) {
                double mean = 0.5 * (symmetric.getEntry(a, b) + symmetric.getEntry(b, a));
                symmetric.setEntry(a, b, mean);
                symmetric.setEntry(b, a, mean);
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(symmetric);
        RealVector stationary = new LUDecomposition(all).getSolver().solve(sources);
        RealVector start = root.getLT().operate(stationary);
        RealVector modes = eigen.getVT().operate(start);
        for (int k = 0; k < size; k++) {
            modes.setEntry(k, modes.getEntry(k) * Math.exp(-eigen.getRealEigenvalue(k) * time));
        }
        return stationary
                .subtract(inverse.transpose().operate(eigen.getV().operate(modes)))
                .toArray();
    }

    /** Node voltages of cells of any law from a state, by an explicit method of order 8 that counts picoseconds. */
    double[] integrate(double[] from, double until, double tolerance) {
        RealMatrix inverse = MatrixUtils.inverse(capacitance);
        double[] v = from.clone();
        new DormandPrince853Integrator(1e-9, 1e12 * until, tolerance, tolerance)
                .integrate(
                        new FirstOrderDifferentialEquations() {
                            @Override
                            public int getDimension() {
                                return size;
                            }

                            @Override
                            public void computeDerivatives(double t, double[] y, double[] out) {
                                RealVector into = sources.subtract(wires.operate(new ArrayRealVector(y, false)));
                                for (int i = 0; i < n; i++) {
                                    for (int j = 0; j < m; j++) {
                                        int word = i * m + j;
                                        double amperes = states[i][j] * law.applyAsDouble(y[word] - y[n * m + word]);
                                        into.addToEntry(word, -amperes);
                                        into.addToEntry(n * m + word, amperes);
                                    }
                                }
                                RealVector rates = inverse.operate(into);
                                for (int k = 0; k < size; k++) {
                                    out[k] = 1e-12 * rates.getEntry(k);
                                }
                            }
                        },
                        0,
                        v,
                        1e12 * until,
                        v);
        return v;
    }
}
