package org.vmmlib.noise;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.FluctuatingCells;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.random.NormalStream;

/**
 * Noise of the cells' states from read to read, flicker and telegraph noise, as the cells state it: see
 * {@link FluctuatingCells}. It is slow against a read, so a cell is off by the same relative amount in all phases of an
 * input vector; vectors are independent. Every cell is drawn, so the cost grows with the array and the batch; with line
 * resistance, at its operating point, and each reaches the columns by its adjoint response, which is M solves a vector and
 * phase.
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
                    + " use a cell that states one");
        }
        CellPaths.visit(read, false, paths -> {
            DMatrixRMaj sources = paths.each(cells::fluctuation);
            int count = sources.numCols;
            for (int b = 0; b < sources.numRows; b++) {
                NormalStream normals = read.draws()
                        .call(read.at().firstCall() + paths.first() + b)
                        .normals();
                for (int k = 0; k < count; k++) {
                    sources.data[b * count + k] *= normals.at(k);
                }
            }
            paths.addTo(sources, currents);
        });
    }
}
