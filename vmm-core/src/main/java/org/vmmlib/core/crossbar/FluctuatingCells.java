package org.vmmlib.core.crossbar;

/** Cells that state how much their currents fluctuate from read to read: flicker and telegraph noise of the state. */
public interface FluctuatingCells extends ArrayCells {

    /**
     * Standard deviations of the currents of a row over reads, at the age that the cells are bound with.
     *
     * @param row word line
     * @param drive row voltage (source-driven) or gate voltage (gate-driven), volts
     * @param columnVoltage the voltage that the columns are held at
     * @param deviation amperes, M elements or more. Modified.
     */
    void fluctuation(int row, double drive, double columnVoltage, double[] deviation);
}
