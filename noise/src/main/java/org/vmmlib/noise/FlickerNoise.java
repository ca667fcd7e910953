package org.vmmlib.noise;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.kernel.Product;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.FlickerSpectrum;

/**
 * Flicker noise of the cells in time, {@code S_I/I² = K/f} between two corner frequencies, of all cells alike and
 * independent. A cell's relative variance is {@code K ln(f_2/f_1)}, a column's variance that times {@code Σ_i h_ij² I_ij²}, h
 * the cells' response through the lines (1 without line resistance). What is faster than a read averages out in it, so the
 * highest corner is best that of the read, 1/(2t).
 *
 * <p>Phases of a vector, and vectors that follow each other with a {@link #every period}, see one process in time. Of each
 * column one is drawn, exact in variance, and in time for reads of like inputs. Between reads of unlike inputs a and b its
 * correlation is too high: it is that of one cell, where that of a column is lower by
 * {@code Σ_i I_i(a) I_i(b)/sqrt(Σ_i I_i(a)² Σ_i I_i(b)²)}. {@link #ofEachCell} draws the process of every cell, which is exact
 * in all, for N times the time, and holds four numbers for each cell and decade.
 *
 * <p>Squared currents of linear cells without line resistance are one product more; other cells are evaluated; with line
 * resistance M adjoint solves are added for each vector and phase (in all of a phase for linear cells).
 */
public final class FlickerNoise implements Effect.OnRead {

    private final FlickerSpectrum spectrum;
    private final double period;
    private final boolean eachCell;

    private FlickerNoise(FlickerSpectrum spectrum, double period, boolean eachCell) {
        this.spectrum = spectrum;
        this.period = period;
        this.eachCell = eachCell;
    }

    /** Vectors so far apart that they are independent; one process a column. */
    public static FlickerNoise of(FlickerSpectrum spectrum) {
        return new FlickerNoise(spectrum, Double.POSITIVE_INFINITY, false);
    }

    /**
     * Vectors that follow each other.
     *
     * @param seconds from the start of a vector to that of the next, above 0
     */
    public FlickerNoise every(double seconds) {
        return new FlickerNoise(spectrum, Require.positive("seconds", seconds), eachCell);
    }

    /** One process for each cell. */
    public FlickerNoise ofEachCell() {
        return new FlickerNoise(spectrum, period, true);
    }

    /** Of each cell. */
    public FlickerSpectrum spectrum() {
        return spectrum;
    }

    @Override
    public String id() {
        return "array.flicker-noise";
    }

    @Override
    public String description() {
        return "flicker noise of the cells, " + spectrum.coefficient() + "/f from " + spectrum.lowest() + " to "
                + spectrum.highest() + " Hz";
    }

    @Override
    public void disturb(Read read, DMatrixRMaj currents) {
        int columns = currents.numCols;
        int count = eachCell ? read.cells().rows() * columns : columns;
        FlickerProcess process = new FlickerProcess(read.draws(), count, spectrum.lowest(), spectrum.highest());
        double[] values = new double[count];
        if (!eachCell && read.ideal() && read.cells() instanceof LinearCells linear) {
            DMatrixRMaj squares = new DMatrixRMaj(currents.numRows, columns);
            squaresOf(linear, read, squares);
            draw(read, process, values, 0, squares, currents);
            return;
        }
        CellPaths.visit(read, false, paths -> {
            DMatrixRMaj cells = paths.currents();
            if (eachCell) {
                double deviation = Math.sqrt(spectrum.relativeVariance());
                for (int b = 0; b < paths.vectors(); b++) {
                    at(read, paths.first() + b, process, values);
                    for (int k = 0; k < count; k++) {
                        cells.data[b * count + k] *= deviation * values[k];
                    }
                }
                paths.addTo(cells, currents);
                return;
            }
            for (int k = 0; k < cells.getNumElements(); k++) {
                cells.data[k] *= cells.data[k];
            }
            DMatrixRMaj squares = new DMatrixRMaj(paths.first() + paths.vectors(), columns);
            paths.addVariances(cells, squares);
            draw(read, process, values, paths.first(), squares, currents);
        });
    }

    private void at(Read read, int b, FlickerProcess process, double[] values) {
        long vector = read.at().firstCall() + b;
        double start = read.at().starts()[b];
        if (period == Double.POSITIVE_INFINITY) {
            process.at(vector, start, values);
        } else {
            process.at(0, vector * period + start, values);
        }
    }

    private void draw(
            Read read, FlickerProcess process, double[] values, int first, DMatrixRMaj squares, DMatrixRMaj currents) {
        double variance = spectrum.relativeVariance();
        for (int b = first; b < squares.numRows; b++) {
            at(read, b, process, values);
            for (int j = 0; j < currents.numCols; j++) {
                int k = b * currents.numCols + j;
                currents.data[k] += Math.sqrt(variance * squares.data[k]) * values[j];
            }
        }
    }

    /** Sums of squared currents, without line resistance. */
    private static void squaresOf(LinearCells cells, Read read, DMatrixRMaj out) {
        int rows = cells.rows();
        DMatrixRMaj voltages = read.excitation().columnVoltages();
        double[] held = Arrays.copyOf(voltages.data, voltages.getNumElements());
        for (double volts : held) {
            if (volts != held[0]) {
                evaluate(cells, read, out);
                return;
            }
        }
        Squared squared = read.memory().of(Squared.class, () -> Squared.of(cells));
        double[] drives = new double[out.numRows * rows];
        for (int k = 0; k < drives.length; k++) {
            double across = read.excitation().rowVoltages().data[k] - held[0];
            drives[k] = across * across;
        }
        squared.product()
                .multiply(drives, 0, out.numRows, out.data, 0, squared.product().scratch());
    }

    private static void evaluate(LinearCells cells, Read read, DMatrixRMaj out) {
        double[] g = cells.conductances().data;
        int rows = cells.rows();
        int columns = cells.columns();
        for (int at = 0; at < out.numRows * rows; at++) {
            int b = at / rows;
            double volts = read.excitation().rowVoltages().data[at];
            for (int j = 0; j < columns; j++) {
                double current =
                        g[at % rows * columns + j] * (volts - read.excitation().columnVoltages().data[b * columns + j]);
                out.data[b * columns + j] += current * current;
            }
        }
    }

    /** Squared conductances of an array. */
    private record Squared(Product product) {

        static Squared of(LinearCells cells) {
            double[] squares = Arrays.copyOf(cells.conductances().data, cells.rows() * cells.columns());
            for (int k = 0; k < squares.length; k++) {
                squares[k] *= squares[k];
            }
            return new Squared(Product.of(squares, cells.rows(), cells.columns()));
        }
    }
}
