package org.vmmlib.noise;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.FluctuatingCells;
import org.vmmlib.core.macro.Effect;

/**
 * Noise of the cells' states from read to read, flicker and telegraph noise, as the cells state it: see
 * {@link FluctuatingCells}. It is slow against a read, so a cell is off by the same relative amount in all phases of an
 * input vector; vectors are independent. Every cell is drawn, so the cost grows with the array and the batch. Line
 * resistance is taken not to attenuate it.
 */
public record Fluctuation() implements Effect.OnRead {

    @Override
    public String id() {
        return "array.fluctuation";
    }

    @Override
    public String description() {
        return "fluctuation of the cells from read to read";
    }

    /** {@inheritDoc} Refuses cells that state none. */
    @Override
    public void disturb(Read read, DMatrixRMaj currents) {
        if (!(read.cells() instanceof FluctuatingCells cells)) {
            throw new IllegalArgumentException("cells state no fluctuation from read to read: leave this effect out, or"
                    + " use a cell that states one, without faults");
        }
        int rows = read.drives().numCols;
        int columns = currents.numCols;
        double[] deviation = new double[columns];
        double[] normal = new double[columns];
        for (int b = 0; b < currents.numRows; b++) {
            for (int i = 0; i < rows; i++) {
                cells.fluctuation(i, read.drives().data[b * rows + i], read.columnVoltage(), deviation);
                read.draws().call(read.at().firstCall() + b).gaussians((long) i * columns, normal, 0, columns);
                for (int j = 0; j < columns; j++) {
                    currents.data[b * columns + j] += deviation[j] * normal[j];
                }
            }
        }
    }
}
