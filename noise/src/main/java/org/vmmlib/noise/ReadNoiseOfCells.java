package org.vmmlib.noise;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.random.NormalStream;

/**
 * White noise of the cells during a read, drawn cell by cell: the slow reference of {@link ReadNoise}, which draws the sums.
 * Each cell is drawn at its operating point and reaches the columns by its adjoint response. Lines themselves have none.
 *
 * @param bandwidth of the read
 */
public record ReadNoiseOfCells(NoiseBandwidth bandwidth) implements Effect.OnRead {

    /**
     * In a bandwidth that does not depend on the phase.
     *
     * @param bandwidth equivalent noise bandwidth, hertz, above 0
     */
    public ReadNoiseOfCells(double bandwidth) {
        this(new NoiseBandwidth.Fixed(bandwidth));
    }

    @Override
    public String id() {
        return "array.read-noise-of-cells";
    }

    @Override
    public String description() {
        return "white noise drawn cell by cell, in " + bandwidth.description();
    }

    @Override
    public void disturb(Read read, DMatrixRMaj currents) {
        CellPaths.visit(read, false, paths -> {
            DMatrixRMaj sources = paths.each(read.cells()::noise);
            for (int b = 0; b < paths.vectors(); b++) {
                NormalStream normals = read.draws()
                        .call(read.at().firstCall() + paths.first() + b)
                        .normals();
                double hertz = bandwidth.of(read.durations()[paths.first() + b]);
                draw(normals, 0, read.at().phase(), hertz, sources, b);
            }
            paths.addTo(sources, currents);
        });
    }

    /**
     * Makes draws of the densities of a vector.
     *
     * @param from element of the first draw of phase 0
     * @param densities of which row b is modified
     */
    static void draw(NormalStream normals, long from, int phase, double hertz, DMatrixRMaj densities, int b) {
        int count = densities.numCols;
        long first = from + (long) phase * count;
        for (int k = 0; k < count; k++) {
            densities.data[b * count + k] = Math.sqrt(densities.data[b * count + k] * hertz) * normals.at(first + k);
        }
    }
}
