package org.vmmlib.core.crossbar.solve;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

/** Random arrays and drives, and short ways to solve them. */
final class Circuits {

    private Circuits() {}

    /** Numbers that depend on the seed and on what they are for. */
    static RandomStream stream(long seed, String purpose) {
        return RandomStreams.of(seed).stream(purpose, 0);
    }

    /** Uniform in [low, high). */
    static DMatrixRMaj uniform(RandomStream stream, int rows, int columns, double low, double high) {
        DMatrixRMaj out = new DMatrixRMaj(rows, columns);
        stream.uniforms(0, out.data, 0, rows * columns);
        for (int k = 0; k < out.data.length; k++) {
            out.data[k] = low + (high - low) * out.data[k];
        }
        return out;
    }

    /** Log-uniform in [low, high). */
    static DMatrixRMaj logUniform(RandomStream stream, int rows, int columns, double low, double high) {
        DMatrixRMaj out = uniform(stream, rows, columns, Math.log(low), Math.log(high));
        for (int k = 0; k < out.data.length; k++) {
            out.data[k] = Math.exp(out.data[k]);
        }
        return out;
    }

    /** B vectors of N with the same value. */
    static DMatrixRMaj constant(int vectors, int lines, double value) {
        DMatrixRMaj out = new DMatrixRMaj(vectors, lines);
        out.fill(value);
        return out;
    }

    /** The n unit vectors. */
    static DMatrixRMaj units(int n) {
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        for (int k = 0; k < n; k++) {
            out.set(k, k, 1);
        }
        return out;
    }

    /** One row vector. */
    static DMatrixRMaj row(double... values) {
        return DMatrixRMaj.wrap(1, values.length, values);
    }

    /** Resistors of these conductances, siemens, between these lines. */
    static Crossbar resistors(DMatrixRMaj conductances, Lines lines) {
        return new Crossbar(new TestLaw.Linear(), TestLaw.state(conductances), lines);
    }

    /** Solves with the reference solver. */
    static Solution reference(Crossbar crossbar, Excitation excitation) {
        return solve(new ReferenceSolver(), crossbar, excitation);
    }

    /** Solves with all that can be asked for. */
    static Solution solve(CrossbarSolver solver, Crossbar crossbar, Excitation excitation) {
        PreparedCrossbar prepared = solver.prepare(crossbar, Conditions.ROOM);
        Solution solution = new Solution(true, true);
        prepared.solve(excitation, solution, prepared.workspace());
        return solution;
    }

    /** Largest magnitude. */
    static double largest(DMatrixRMaj matrix) {
        double most = 0;
        for (int k = 0; k < matrix.getNumElements(); k++) {
            most = Math.max(most, Math.abs(matrix.data[k]));
        }
        return most;
    }

    /** Sum of all elements. */
    static double sum(DMatrixRMaj matrix) {
        double sum = 0;
        for (int k = 0; k < matrix.getNumElements(); k++) {
            sum += matrix.data[k];
        }
        return sum;
    }

    /**
     * An array to test with.
     *
     * @param seed of the random numbers of a test
     * @param cells N×M numbers for {@link TestLaw}, with some open and shorted cells
     * @param lines its wires
     * @param faults its faults
     */
    record Circuit(long seed, DMatrixRMaj cells, Lines lines, CellFaults faults) {

        int rows() {
            return cells.numRows;
        }

        int columns() {
            return cells.numCols;
        }

        Crossbar with(CellLaw law) {
            return new Crossbar(law, TestLaw.state(cells), lines, faults);
        }

        Crossbar resistors() {
            return with(new TestLaw.Linear());
        }

        Circuit lines(Lines other) {
            return new Circuit(seed, cells, other, faults);
        }

        /** B vectors of drives in [low, high). */
        DMatrixRMaj drives(String purpose, int vectors, int lineCount, double low, double high) {
            return uniform(stream(seed, purpose), vectors, lineCount, low, high);
        }

        private String breaks() {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < rows(); i++) {
                for (int j = 0; j < columns(); j++) {
                    out.append(lines.rowSegmentOpen(i, j) ? ", row " + i + " broken at " + j : "");
                    out.append(lines.columnSegmentOpen(j, i) ? ", column " + j + " broken at " + i : "");
                }
            }
            return out.toString();
        }

        @Override
        public String toString() {
            return rows() + " x " + columns() + " seed " + seed + " row " + lines.rowResistance() + " ohm, column "
                    + lines.columnResistance() + " ohm, source " + lines.sourceResistance(0) + " ohm, sense "
                    + lines.senseResistance(0) + " ohm, rows " + lines.rowEnds() + ", columns " + lines.columnEnds()
                    + (faults.isEmpty() ? "" : ", faults") + breaks();
        }
    }

    /**
     * Arrays with cells from 10 nS to 1 mS.
     *
     * @param lowest decade of resistances
     * @param highest decade of resistances
     * @param zero whether resistances may be 0
     */
    static Arbitrary<Circuit> circuits(int lowest, int highest, boolean zero) {
        return circuits(lowest, highest, zero, 12);
    }

    /**
     * Arrays with cells from 10 nS to 1 mS.
     *
     * @param lowest decade of resistances
     * @param highest decade of resistances
     * @param zero whether resistances may be 0
     * @param most lines of a side
     */
    static Arbitrary<Circuit> circuits(int lowest, int highest, boolean zero, int most) {
        Arbitrary<Double> nonzero =
                Arbitraries.doubles().between(lowest, highest).map(exponent -> Math.pow(10, exponent));
        Arbitrary<Double> ohms = zero ? Arbitraries.oneOf(Arbitraries.just(0.0), nonzero, nonzero) : nonzero;
        Arbitrary<Integer> lines = Arbitraries.integers().between(1, most);
        Arbitrary<Ends> ends = Arbitraries.of(Ends.class);
        Arbitrary<Lines.Builder> builders = Combinators.combine(lines, lines, ohms, ohms, ohms, ohms, ends, ends)
                .as((n, m, row, column, source, sense, rowEnds, columnEnds) -> Lines.builder(n, m)
                        .rowResistance(row)
                        .columnResistance(column)
                        .sourceResistance(source)
                        .senseResistance(sense)
                        .rowEnds(rowEnds)
                        .columnEnds(columnEnds));
        return Combinators.combine(
                        builders,
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3),
                        seeds())
                .as(Circuits::circuit);
    }

    /** Seeds. */
    static Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(0, 1_000_000);
    }

    private static Circuit circuit(Lines.Builder builder, int breaks, int broken, long seed) {
        Lines whole = builder.build();
        int n = whole.rows();
        int m = whole.columns();
        RandomStream places = stream(seed, "places");
        Lines.Builder lines = whole.toBuilder();
        for (int k = 0; k < breaks - 1; k++) {
            lines.openRowSegment(places.below(n, 8L * k), places.below(m + 1, 8L * k + 1));
            lines.openColumnSegment(places.below(m, 8L * k + 2), places.below(n + 1, 8L * k + 3));
        }
        CellFaults faults = CellFaults.none(n, m);
        for (int k = 0; k < broken; k++) {
            faults = faults.open(places.below(n, 8L * k + 4), places.below(m, 8L * k + 5));
        }
        if (broken == 3) {
            faults = faults.shorted(places.below(n, 6), places.below(m, 7));
        }
        return new Circuit(seed, logUniform(stream(seed, "cells"), n, m, 1e-8, 1e-3), lines.build(), faults);
    }
}
