package org.vmmlib.studies.device;

import org.vmmlib.core.check.Require;

/** Where a device works: what its plots sweep, and the point at which it is read. */
sealed interface Bias {

    /** Voltage of the row at the read point, volts. */
    double row();

    /** Voltage of the column at the read point, volts. */
    double column();

    /** Gate voltage at the read point, volts; 0 without gates. */
    double gate();

    /**
     * Of a cell between two lines, without a gate or with all gates on.
     *
     * @param low lowest row voltage of the plots, volts
     * @param high highest, above low
     * @param row row voltage of a read, volts, within them, not 0
     * @param column voltage of the column, volts
     */
    record Lines(double low, double high, double row, double column) implements Bias {

        /** Checks the ranges. */
        public Lines {
            Require.within("row", row, low, high);
            Require.finite("column", column);
        }

        /** Symmetric about a column at 0 V. */
        static Lines symmetric(double read, double highest) {
            return new Lines(-highest, highest, read, 0);
        }

        @Override
        public double gate() {
            return 0;
        }
    }

    /**
     * Of a transistor whose gate carries the input, its source on the row at 0 V and its drain on the column.
     *
     * @param low lowest gate voltage of the plots, volts
     * @param high highest, above low
     * @param gate gate voltage of a read, volts, within them
     * @param column drain voltage of a read, volts, above 0
     * @param swing by which the drain falls while it is read, volts, 0 to the drain voltage; 0: it is held
     */
    record Gates(double low, double high, double gate, double column, double swing) implements Bias {

        /** Checks the ranges. */
        public Gates {
            Require.within("gate", gate, low, high);
            Require.positive("column", column);
            Require.within("swing", swing, 0, column);
        }

        @Override
        public double row() {
            return 0;
        }
    }
}
