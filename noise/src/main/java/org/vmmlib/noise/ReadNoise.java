package org.vmmlib.noise;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.WhiteNoise;
import org.vmmlib.core.random.NormalStream;

/**
 * White noise of the cells during a read: each column gets the sum over its independent cells of what the cell law
 * states (thermal 4kTG, shot 2qI(1 + exp(−V_DS/U_t)), barriers 2qI coth(qV/2kT)) in a bandwidth.
 *
 * <p>Without line resistance that is one draw a column, of exactly the variance of the sum; it is taken with the columns at
 * their voltage at rest where a readout holds them at unlike ones.
 *
 * <p>With it, or where rows float:
 *
 * <ul>
 *   <li>Linear cells: by Nyquist's theorem a column's density is 4kT times the conductance of its terminal, the others held.
 *       It is that of the cells as the lines let it out and of the lines themselves, with the resistances of drivers and
 *       sense terminals, taken as resistors at the array's temperature; a readout's input resistance lets noise out and has
 *       none here, as it states its own. It does not depend on the input and is found once
 *       for an array. One draw a column: the correlation of two columns, −G_jk/sqrt(G_jj G_kk) of the terminal conductances,
 *       which comes of the rows that they share, is left out. It is about the part of the read voltage that a row and its
 *       driver drop by the current of one cell: 4 % for cells of 2 kΩ behind drivers of 100 Ω.
 *   <li>Other cells: every cell is drawn at the operating point, and reaches the columns by its adjoint response, so that
 *       their correlation is exact. That costs M adjoint solves a vector and phase, some hundred times as much as the
 *       solve of the currents at 64×64. The thermal noise of the lines themselves
 *       is added to two-terminal cells; for cells with gates it is left out, which is 4kT R (Σ∂i/∂v)² for a line of
 *       resistance R and its cells, far below the noise of saturated channels. {@link #withoutLines} spares the solves.
 * </ul>
 *
 * @param bandwidth of the read
 * @param lines whether line resistance counts for cells that are not linear; if not, their noise reaches the columns whole
 */
public record ReadNoise(NoiseBandwidth bandwidth, boolean lines) implements Effect.OnRead {

    /** Elements from here on are drawn for cells, those below for columns. */
    private static final long CELLS = 1L << 48;

    /**
     * In a bandwidth that does not depend on the phase.
     *
     * @param bandwidth equivalent noise bandwidth, hertz, above 0; of an ideal integration over a time t it is 1/(2t)
     */
    public ReadNoise(double bandwidth) {
        this(new NoiseBandwidth.Fixed(bandwidth), true);
    }

    /**
     * In the bandwidth 1/(2t) of an ideal integration over a time t.
     *
     * @param seconds t, above 0
     */
    public static ReadNoise over(double seconds) {
        return new ReadNoise(0.5 / Require.positive("seconds", seconds));
    }

    /** In the bandwidth 1/(2t) of each vector's phases, t its duration: for readouts that integrate over several phases. */
    public static ReadNoise integrating() {
        return new ReadNoise(new NoiseBandwidth.OfPhases(), true);
    }

    /** The same where the noise of nonlinear cells reaches their columns whole, as if lines had no resistance. */
    public ReadNoise withoutLines() {
        return new ReadNoise(bandwidth, false);
    }

    @Override
    public String id() {
        return "array.read-noise";
    }

    @Override
    public String description() {
        return "white noise of the cells, in " + bandwidth.description();
    }

    @Override
    public void disturb(Read read, DMatrixRMaj currents) {
        if (read.cells() instanceof LinearCells) {
            Thermal thermal = read.excitation().rows().allConnected()
                    ? read.memory().of(Thermal.class, () -> Thermal.of(read))
                    : Thermal.of(read);
            draw(read, thermal.deviations(), false, currents);
        } else if (read.ideal() || !lines) {
            DMatrixRMaj density =
                    read.memory().of(Scratch.class, Scratch::new).density().get();
            read.cells().noiseDensity(read.drives(), Columns.voltage(read), read.signal(), density);
            for (int k = 0; k < currents.getNumElements(); k++) {
                density.data[k] = Math.sqrt(density.data[k]);
            }
            draw(read, density.data, true, currents);
        } else {
            throughLines(read, currents);
        }
    }

    /**
     * @param deviations in a bandwidth of 1 Hz, of each column, or of each vector's columns
     */
    private void draw(Read read, double[] deviations, boolean ofVectors, DMatrixRMaj currents) {
        int columns = currents.numCols;
        long first = (long) read.at().phase() * columns;
        for (int b = 0; b < currents.numRows; b++) {
            NormalStream normals = read.draws().call(read.at().firstCall() + b).normals();
            double root = Math.sqrt(bandwidth.of(read.durations()[b]));
            add(normals, first, root, deviations, ofVectors ? b * columns : 0, currents.data, b * columns, columns);
        }
    }

    private static void add(
            NormalStream normals,
            long first,
            double root,
            double[] deviations,
            int from,
            double[] out,
            int outFrom,
            int count) {
        for (int j = 0; j < count; j++) {
            out[outFrom + j] += root * deviations[from + j] * normals.at(first + j);
        }
    }

    private void throughLines(Read read, DMatrixRMaj currents) {
        boolean reciprocal = read.array().crossbar().law().twoTerminal();
        double kelvin = read.conditions().temperature();
        CellPaths.visit(read, reciprocal, paths -> {
            DMatrixRMaj sources = paths.each(read.cells()::noise);
            DMatrixRMaj wires = reciprocal
                    ? paths.wireConductances(read.inputResistance())
                    : new DMatrixRMaj(paths.vectors(), currents.numCols);
            for (int b = 0; b < paths.vectors(); b++) {
                NormalStream normals = read.draws()
                        .call(read.at().firstCall() + paths.first() + b)
                        .normals();
                double hertz = bandwidth.of(read.durations()[paths.first() + b]);
                ReadNoiseOfCells.draw(normals, CELLS, read.at().phase(), hertz, sources, b);
                for (int j = 0; j < currents.numCols; j++) {
                    wires.data[b * currents.numCols + j] =
                            WhiteNoise.thermal(wires.data[b * currents.numCols + j], kelvin);
                }
                ReadNoiseOfCells.draw(normals, 0, read.at().phase(), hertz, wires, b);
                for (int j = 0; j < currents.numCols; j++) {
                    currents.data[(paths.first() + b) * currents.numCols + j] += wires.data[b * currents.numCols + j];
                }
            }
            paths.addTo(sources, currents);
        });
    }

    /** Densities of the columns, kept from read to read to be written over. */
    private record Scratch(ThreadLocal<DMatrixRMaj> density) {
        Scratch() {
            this(ThreadLocal.withInitial(() -> new DMatrixRMaj(0, 0)));
        }
    }

    /** Thermal noise of the columns of a linear array, in a bandwidth of 1 Hz. */
    private record Thermal(double[] deviations) {

        static Thermal of(Read read) {
            int rows = read.array().crossbar().rows();
            int columns = read.array().crossbar().columns();
            DMatrixRMaj density = new DMatrixRMaj(1, columns);
            if (read.ideal()) {
                read.cells().noiseDensity(new DMatrixRMaj(1, rows), 0, new DMatrixRMaj(1, columns), density);
            } else {
                Excitation rest = Excitation.rows(new DMatrixRMaj(1, rows), new DMatrixRMaj(1, columns))
                        .withRows(read.excitation().rows());
                Solution solution = new Solution(false, true);
                read.array().solve(rest, solution, read.array().workspace());
                for (int j = 0; j < columns; j++) {
                    density.data[j] = WhiteNoise.thermal(
                            Math.max(0, CellPaths.ofArray(-solution.columnSlopes.data[j], read.inputResistance())),
                            read.conditions().temperature());
                }
            }
            double[] out = density.data.clone();
            for (int j = 0; j < columns; j++) {
                out[j] = Math.sqrt(out[j]);
            }
            return new Thermal(out);
        }
    }
}
