package org.vmmlib.core.crossbar;

/** Cells that state how much their currents fluctuate from read to read: flicker and telegraph noise of the state. */
public interface FluctuatingCells extends ArrayCells {

    /**
     * Standard deviations of the currents of a row over reads, at the age that the cells are bound with.
     *
     * @param row word line
     * @param gate gate voltage of the row, in volts (negative infinity: off); ignored by source-driven cells
     * @param vRow voltage of the row line at each cell, volts. Not modified.
     * @param vColumn voltage of the column line at each cell, volts. Not modified.
     * @param deviation amperes, M elements or more. Modified.
     */
    void fluctuation(int row, double gate, double[] vRow, double[] vColumn, double[] deviation);
}
