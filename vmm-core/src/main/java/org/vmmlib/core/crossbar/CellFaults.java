package org.vmmlib.core.crossbar;

import java.util.BitSet;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.WhiteNoise;

/** Cells of an N×M array that do not follow the law: open ones carry no current, shorted ones are a resistor. */
public final class CellFaults {

    private final int rows;
    private final int columns;
    private final BitSet open;
    private final BitSet shorted;

    /** Of cells that were shorted without one of their own. */
    private final double shortConductance;

    /** N·M conductances of cells shorted with one of their own, 0 for the others; or empty where there are none. */
    private final double[] own;

    private CellFaults(int rows, int columns, BitSet open, BitSet shorted, double shortConductance, double[] own) {
        this.rows = rows;
        this.columns = columns;
        this.open = open;
        this.shorted = shorted;
        this.shortConductance = shortConductance;
        this.own = own;
    }

    /** No faults. */
    public static CellFaults none(int rows, int columns) {
        return new CellFaults(rows, columns, new BitSet(), new BitSet(), 1, new double[0]);
    }

    /** These faults and one open cell. */
    public CellFaults open(int row, int column) {
        BitSet more = (BitSet) open.clone();
        more.set(index(row, column));
        return new CellFaults(rows, columns, more, shorted, shortConductance, own);
    }

    /** These faults and one shorted cell. */
    public CellFaults shorted(int row, int column) {
        BitSet more = (BitSet) shorted.clone();
        more.set(index(row, column));
        return new CellFaults(rows, columns, open, more, shortConductance, own);
    }

    /**
     * These faults and more.
     *
     * @param openCells N·M flags, row-major: cells that are open. Not modified.
     * @param shortedCells N·M flags, row-major: cells that are shorted. Not modified.
     */
    public CellFaults and(boolean[] openCells, boolean[] shortedCells) {
        Require.within("openCells.length", openCells.length, rows * columns, rows * columns);
        Require.within("shortedCells.length", shortedCells.length, rows * columns, rows * columns);
        BitSet moreOpen = (BitSet) open.clone();
        BitSet moreShorted = (BitSet) shorted.clone();
        for (int k = 0; k < openCells.length; k++) {
            if (openCells[k]) {
                moreOpen.set(k);
            }
            if (shortedCells[k]) {
                moreShorted.set(k);
            }
        }
        return new CellFaults(rows, columns, moreOpen, moreShorted, shortConductance, own);
    }

    /** Word lines, N. */
    public int rows() {
        return rows;
    }

    /** Bit lines, M. */
    public int columns() {
        return columns;
    }

    /**
     * These faults and more, of which the shorted cells have a conductance of their own; a cell that had one already keeps
     * the larger.
     *
     * @param openCells N·M flags, row-major: cells that are open. Not modified.
     * @param shortedCells N·M flags, row-major: cells that are shorted. Not modified.
     * @param siemens conductance of these shorted cells, above 0
     */
    public CellFaults and(boolean[] openCells, boolean[] shortedCells, double siemens) {
        Require.positive("siemens", siemens);
        CellFaults more = and(openCells, shortedCells);
        if (more.shorted.isEmpty()) {
            return more;
        }
        double[] conductances = own.length == 0 ? new double[shortedCells.length] : own.clone();
        for (int k = 0; k < conductances.length; k++) {
            if (shortedCells[k]) {
                double before = shorted.get(k) ? ofShorted(k) : 0;
                conductances[k] = Math.max(siemens, before);
            }
        }
        return new CellFaults(rows, columns, more.open, more.shorted, shortConductance, conductances);
    }

    /** These faults, with the conductance of all shorted cells that have none of their own, in siemens (default 1 S). */
    public CellFaults shortConductance(double siemens) {
        return new CellFaults(rows, columns, open, shorted, Require.positive("shortConductance", siemens), own);
    }

    private double ofShorted(int cell) {
        return own.length > 0 && own[cell] > 0 ? own[cell] : shortConductance;
    }

    private int index(int row, int column) {
        return Require.within("row", row, 0, rows - 1) * columns + Require.within("column", column, 0, columns - 1);
    }

    /** Whether a cell is a resistor of {@link #shortConductance(int, int)}. */
    public boolean isShorted(int row, int column) {
        return shorted.get(index(row, column));
    }

    /** Whether a cell carries no current; a cell that was both opened and shorted is shorted. */
    public boolean isOpen(int row, int column) {
        return open.get(index(row, column)) && !isShorted(row, column);
    }

    /** Conductance of a cell if it is shorted, siemens. */
    public double shortConductance(int row, int column) {
        return ofShorted(index(row, column));
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return open.isEmpty() && shorted.isEmpty();
    }

    /** The cells with the faults put in; linear cells stay linear. */
    ArrayCells in(ArrayCells cells, Conditions conditions) {
        if (cells.rows() != rows || cells.columns() != columns) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "faults are of a %d x %d array: the cells are %d x %d",
                    rows,
                    columns,
                    cells.rows(),
                    cells.columns()));
        }
        if (isEmpty()) {
            return cells;
        }
        if (cells instanceof LinearCells linear) {
            return cells instanceof FluctuatingCells stated
                    ? new FluctuatingLinear(stated, linear, conditions)
                    : new FaultyLinear(linear, conditions);
        }
        Faulty faulty = new Faulty(cells, conditions.temperature());
        return cells instanceof FluctuatingCells stated ? new Fluctuating(faulty, stated) : faulty;
    }

    private static int next(BitSet set, int from, int end) {
        int k = set.nextSetBit(from);
        return k < end ? k : -1;
    }

    /** Gives the open cells of a row 0, and the shorted ones their conductance times a factor. */
    private void put(int row, double factor, double[] values) {
        int first = row * columns;
        for (int k = next(open, first, first + columns); k >= 0; k = next(open, k + 1, first + columns)) {
            values[k - first] = 0;
        }
        for (int k = next(shorted, first, first + columns); k >= 0; k = next(shorted, k + 1, first + columns)) {
            values[k - first] = factor * ofShorted(k);
        }
    }

    private final class Faulty implements ArrayCells {
        private final ArrayCells cells;
        private final double temperature;

        Faulty(ArrayCells cells, double temperature) {
            this.cells = cells;
            this.temperature = temperature;
        }

        @Override
        public Topology topology() {
            return cells.topology();
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public void evaluate(
                int row,
                double gate,
                double[] vRow,
                double[] vColumn,
                double[] current,
                double[] slopeRow,
                double[] slopeColumn) {
            cells.evaluate(row, gate, vRow, vColumn, current, slopeRow, slopeColumn);
            int first = row * columns;
            for (int k = next(open, first, first + columns); k >= 0; k = next(open, k + 1, first + columns)) {
                resistor(0, k - first, vRow, vColumn, current, slopeRow, slopeColumn);
            }
            for (int k = next(shorted, first, first + columns); k >= 0; k = next(shorted, k + 1, first + columns)) {
                resistor(ofShorted(k), k - first, vRow, vColumn, current, slopeRow, slopeColumn);
            }
        }

        private static void resistor(
                double g, int j, double[] vRow, double[] vColumn, double[] i, double[] slopeRow, double[] slopeColumn) {
            i[j] = g * (vRow[j] - vColumn[j]);
            slopeRow[j] = g;
            slopeColumn[j] = -g;
        }

        /** Open cells have none, shorted ones that of their resistor. */
        @Override
        public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
            cells.noise(row, gate, vRow, vColumn, density);
            put(row, WhiteNoise.thermal(1, temperature), density);
        }
    }

    /** Open and shorted cells do not fluctuate. */
    private final class Fluctuating implements FluctuatingCells {
        private final Faulty faulty;
        private final FluctuatingCells cells;

        Fluctuating(Faulty faulty, FluctuatingCells cells) {
            this.faulty = faulty;
            this.cells = cells;
        }

        @Override
        public Topology topology() {
            return faulty.topology();
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public void evaluate(
                int row,
                double gate,
                double[] vRow,
                double[] vColumn,
                double[] current,
                double[] slopeRow,
                double[] slopeColumn) {
            faulty.evaluate(row, gate, vRow, vColumn, current, slopeRow, slopeColumn);
        }

        @Override
        public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
            faulty.noise(row, gate, vRow, vColumn, density);
        }

        @Override
        public void fluctuation(int row, double gate, double[] vRow, double[] vColumn, double[] deviation) {
            cells.fluctuation(row, gate, vRow, vColumn, deviation);
            put(row, 0, deviation);
        }
    }

    private class FaultyLinear implements LinearCells {
        private final DMatrixRMaj conductances;
        private final double[] ofColumns;
        private final double temperature;

        FaultyLinear(LinearCells cells, Conditions conditions) {
            temperature = conditions.temperature();
            conductances = cells.conductances().copy();
            open.stream().forEach(k -> conductances.data[k] = 0);
            shorted.stream().forEach(k -> conductances.data[k] = ofShorted(k));
            ofColumns = new double[columns];
            for (int k = 0; k < conductances.getNumElements(); k++) {
                ofColumns[k % columns] += conductances.data[k];
            }
            for (int j = 0; j < columns; j++) {
                ofColumns[j] = WhiteNoise.thermal(ofColumns[j], temperature);
            }
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public DMatrixRMaj conductances() {
            return conductances;
        }

        @Override
        public void evaluate(
                int row,
                double gate,
                double[] vRow,
                double[] vColumn,
                double[] current,
                double[] slopeRow,
                double[] slopeColumn) {
            for (int j = 0; j < columns; j++) {
                Faulty.resistor(conductances.data[row * columns + j], j, vRow, vColumn, current, slopeRow, slopeColumn);
            }
        }

        @Override
        public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
            for (int j = 0; j < columns; j++) {
                density[j] = WhiteNoise.thermal(conductances.data[row * columns + j], temperature);
            }
        }

        @Override
        public void noiseDensity(
                DMatrixRMaj drives, double columnVoltage, DMatrixRMaj columnCurrents, DMatrixRMaj density) {
            density.reshape(drives.numRows, columns);
            for (int b = 0; b < drives.numRows; b++) {
                System.arraycopy(ofColumns, 0, density.data, b * columns, columns);
            }
        }
    }

    /** Open and shorted cells do not fluctuate. */
    private final class FluctuatingLinear extends FaultyLinear implements FluctuatingCells {
        private final FluctuatingCells cells;

        FluctuatingLinear(FluctuatingCells cells, LinearCells linear, Conditions conditions) {
            super(linear, conditions);
            this.cells = cells;
        }

        @Override
        public Topology topology() {
            return Topology.SOURCE_DRIVEN;
        }

        @Override
        public void fluctuation(int row, double gate, double[] vRow, double[] vColumn, double[] deviation) {
            cells.fluctuation(row, gate, vRow, vColumn, deviation);
            put(row, 0, deviation);
        }
    }
}
