package org.vmmlib.jmh;

import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.devices.access.DegeneratedSource;
import org.vmmlib.devices.access.SelectedResistor;
import org.vmmlib.devices.access.Selector;
import org.vmmlib.devices.access.SignedPair;
import org.vmmlib.devices.access.SwitchedResistor;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.flash.GatedCurrentSource;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.SinhReram;
import org.vmmlib.devices.transistor.MosTransistor;

/** Cells at an operating point, each also by its equations with {@link Math}, one at a time, its node by bisected Newton steps. */
public enum CellKind {
    /** {@code i = (g/α) sinh(αv)}. */
    SINH(0, 0.2, 0) {
        @Override
        CellLaw law() {
            return new SinhReram(WINDOW, 3);
        }

        @Override
        void plain(double g, double second, double vRow, double vColumn, double[] scratch, double[] out) {
            double x = 3 * (vRow - vColumn);
            out[0] = g / 3 * Math.sinh(x);
            out[1] = g * Math.cosh(x);
            out[2] = -out[1];
        }
    },

    /** A resistor with a sinh selector in series, half of them on. */
    SELECTED_RESISTOR(0, 1.4, 0) {
        @Override
        CellLaw law() {
            return new SelectedResistor(WINDOW, new Selector(1e-13, 0.05, 0.3, "benchmark"), 1.4, "benchmark");
        }

        @Override
        void plain(double g, double second, double vRow, double vColumn, double[] scratch, double[] out) {
            double low = 0;
            double high = vRow - vColumn;
            double x = 0.5 * high;
            for (int k = 0; k < 100; k++) {
                double excess = 1e-13 * Math.sinh(x / 0.05) - g * (vRow - vColumn - x);
                double step = excess / (1e-13 / 0.05 * Math.cosh(x / 0.05) + g);
                low = excess > 0 ? low : x;
                high = excess > 0 ? x : high;
                if (Math.abs(step) < 1e-12) {
                    break;
                }
                double next = x - step;
                x = next > low && next < high ? next : 0.5 * (low + high);
            }
            double slope = 1e-13 / 0.05 * Math.cosh(x / 0.05);
            out[0] = 1e-13 * Math.sinh(x / 0.05);
            out[1] = slope * g / (slope + g);
            out[2] = -out[1];
        }
    },

    /** A floating-gate transistor: EKV with DIBL. */
    FLOATING_GATE(0.5, 0, 0.5) {
        @Override
        CellLaw law() {
            return gates();
        }

        @Override
        void plain(double threshold, double second, double vRow, double vColumn, double[] scratch, double[] out) {
            FLOATING.evaluate(gate() - 0.6 - threshold, vRow, vColumn, scratch);
            out[0] = -scratch[0];
            out[1] = scratch[2];
            out[2] = -scratch[1];
        }
    },

    /** The same, each with a gate efficiency of its own. */
    MISMATCHED_GATE(0.5, 0, 0.5) {
        @Override
        CellLaw law() {
            return gates().toBuilder().kappaMismatch(0.01).build();
        }

        @Override
        void plain(double threshold, double ratio, double vRow, double vColumn, double[] scratch, double[] out) {
            new PlainChannel(0.7 * ratio, 1e-6, 0.02, UT).evaluate(gate() - 0.6 - threshold, vRow, vColumn, scratch);
            out[0] = -scratch[0];
            out[1] = scratch[2];
            out[2] = -scratch[1];
        }
    },

    /** A floating gate and a select gate in series: two EKV channels and a node. */
    SPLIT_GATE(1.2, 0, 0.6) {
        @Override
        CellLaw law() {
            return GatedCurrentSource.builder(
                            gates(),
                            MosTransistor.builder()
                                    .specificCurrent(1e-7)
                                    .threshold(0.1)
                                    .dibl(0.1)
                                    .build())
                    .build()
                    .without("source.leakage");
        }

        @Override
        void plain(double threshold, double second, double vRow, double vColumn, double[] scratch, double[] out) {
            double low = vRow;
            double high = vColumn;
            double x = 0.5 * (low + high);
            double part = 0;
            for (int k = 0; k < 100; k++) {
                SELECT.evaluate(0.8 - 0.1, x, vColumn, out);
                FLOATING.evaluate(gate() - 0.6 - threshold, vRow, x, scratch);
                part = 1 / (scratch[1] + out[2]);
                double step = (out[0] - scratch[0]) * part;
                low = step > 0 ? x : low;
                high = step > 0 ? high : x;
                if (Math.abs(step) < 1e-10) {
                    break;
                }
                double next = x + step;
                x = next > low && next < high ? next : 0.5 * (low + high);
            }
            double bySource = part * out[2] * scratch[2];
            double byDrain = part * out[1] * scratch[1];
            out[0] = -part * (out[2] * scratch[0] + scratch[1] * out[0]);
            out[1] = bySource;
            out[2] = -byDrain;
        }
    },

    /** A resistor and a transistor that is on: an EKV channel and a node. */
    SWITCHED_RESISTOR(0, 0.2, 0) {
        @Override
        CellLaw law() {
            return switched();
        }

        @Override
        void plain(double g, double second, double vRow, double vColumn, double[] scratch, double[] out) {
            node(SWITCH, 1.8 - 0.5, g, vColumn, vRow, scratch, out);
            double byRow = out[2];
            out[2] = -out[1];
            out[1] = byRow;
        }
    },

    /** A subthreshold transistor with a resistor at its source: an EKV channel and a node. */
    DEGENERATED_SOURCE(0.3, 0, 0.6) {
        @Override
        CellLaw law() {
            return DegeneratedSource.builder(ConductanceWindow.of(1e-7, 1e-5), transistor(15 * Si.uA, 0.4))
                    .build();
        }

        @Override
        void plain(double g, double second, double vRow, double vColumn, double[] scratch, double[] out) {
            node(SOURCE, gate() - 0.4, g, vRow, vColumn, scratch, out);
            out[0] = -out[0];
            out[2] = -out[2];
        }
    },

    /** Two switched resistors to rails on both sides of the column. */
    SIGNED_PAIR(1.8, 0, 0.1) {
        @Override
        CellLaw law() {
            return new SignedPair(switched(), 0, 0.2, 0.1, "benchmark");
        }

        @Override
        void plain(double g, double second, double vRow, double vColumn, double[] scratch, double[] out) {
            node(SWITCH, gate() - 0.5, g, vColumn, vRow, scratch, out);
            double current = out[0];
            double byColumn = out[1];
            double byRow = out[2];
            node(SWITCH, gate() - 0.5, second, vColumn, vRow + 0.2, scratch, out);
            out[0] += current;
            byColumn += out[1];
            out[1] = byRow + out[2];
            out[2] = -byColumn;
        }
    };

    private static final double UT = Conditions.ROOM.thermalVoltage();
    private static final ConductanceWindow WINDOW = ConductanceWindow.of(1e-6, 1e-4);
    private static final PlainChannel FLOATING = new PlainChannel(0.7, 1e-6, 0.02, UT);
    private static final PlainChannel SELECT = new PlainChannel(0.7, 1e-7, 0.1, UT);
    private static final PlainChannel SWITCH = new PlainChannel(0.7, 20e-6, 0.02, UT);
    private static final PlainChannel SOURCE = new PlainChannel(0.7, 15e-6, 0.02, UT);

    private final double gate;
    private final double row;
    private final double column;

    CellKind(double gate, double row, double column) {
        this.gate = gate;
        this.row = row;
        this.column = column;
    }

    /** Of the row, volts. */
    double gate() {
        return gate;
    }

    /** Of the row line, volts. */
    double row() {
        return row;
    }

    /** Of the column lines, volts. */
    double column() {
        return column;
    }

    /** The law under test. */
    abstract CellLaw law();

    /**
     * The same of one cell.
     *
     * @param first value of the first state plane
     * @param second of the second, if there is one
     * @param scratch three numbers. Modified.
     * @param out current from row to column, derivatives by the row's and the column's voltage. Modified.
     */
    abstract void plain(double first, double second, double vRow, double vColumn, double[] scratch, double[] out);

    private static MosTransistor transistor(double specificCurrent, double threshold) {
        return MosTransistor.builder()
                .specificCurrent(specificCurrent)
                .threshold(threshold)
                .dibl(0.02)
                .build();
    }

    private static FloatingGateCell gates() {
        return FloatingGateCell.chargeBased()
                .kappa(0.7)
                .specificCurrent(1e-6)
                .referenceThreshold(0.6)
                .dibl(0.02)
                .build();
    }

    private static SwitchedResistor switched() {
        return SwitchedResistor.builder(WINDOW, transistor(20 * Si.uA, 0.5))
                .gate(1.8)
                .build();
    }

    /** A resistor from a to an inner node, a channel from there to b: current from b to a, its slopes by a and b. */
    private static void node(
            PlainChannel channel, double overdrive, double g, double a, double b, double[] scratch, double[] out) {
        double low = Math.min(a, b);
        double high = Math.max(a, b);
        double x = 0.5 * (a + b);
        double part = 0;
        for (int k = 0; k < 100; k++) {
            channel.evaluate(overdrive, x, b, scratch);
            part = 1 / (g + scratch[2]);
            double step = (scratch[0] - g * (x - a)) * part;
            low = step > 0 ? x : low;
            high = step > 0 ? high : x;
            if (Math.abs(step) < 1e-10) {
                break;
            }
            double next = x + step;
            x = next > low && next < high ? next : 0.5 * (low + high);
        }
        out[0] = part * (scratch[2] * (g * (x - a)) + g * scratch[0]);
        out[1] = part * g * scratch[2];
        out[2] = part * g * scratch[1];
    }
}
