package org.vmmlib.devices.nand;

import java.util.Arrays;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Ekv;

/**
 * The transistors of all strings of an array, structure of arrays. Those in series with the selected cell stand in the
 * order in which a current from the source line, or from the bit-select transistor, passes them.
 *
 * <p>Pass cells of one gate voltage and one threshold in series are one transistor of as many times the length: on the
 * charge-based law that is exact, {@code Σ (i_k − i_(k+1)) = i_first − i_last}. Those of different thresholds are kept
 * apart cell by cell, or merged into the one transistor that has the same voltage at the same current x up to x². A
 * cell at the channel potential y has the resistance {@code R = r/q}, {@code q = q(p − y)}, and, as {@code dq/dp =
 * q/(2q + 1)}, the derivative {@code dR/dy = R/(2q + 1)}, over U_t. The cells passed before raise its potential, so the
 * voltage over U_t is {@code x ΣR_k + x² Σ (R_1 + … + R_(k−1) + R_k/2) R_k/(2q_k + 1)}; that of one transistor is
 * {@code x R + x² R²/(2(2q + 1))}, which gives its q, and its ratio R q.
 */
final class Series {

    final int rows;
    final int columns;

    /** p of the selected cells, rows × columns. */
    final double[] selected;

    /**
     * Of string c, those from {@code first[2c]} lead from the source line to the cell, those from {@code first[2c + 1]}
     * to {@code first[2c + 2]} from the bit-select transistor down to the cell.
     */
    final int[] first;

    final double[] pinch;
    final double[] ratio;

    /** Of string c, at 2c the resistance from the source line to the cell, at 2c + 1 that above it, r/q. */
    final double[] resistance;

    private Series(
            int rows,
            int columns,
            double[] selected,
            int[] first,
            double[] pinch,
            double[] ratio,
            double[] resistance) {
        this.rows = rows;
        this.columns = columns;
        this.selected = selected;
        this.first = first;
        this.pinch = pinch;
        this.ratio = ratio;
        this.resistance = resistance;
    }

    /** The strings of a state. */
    static Series of(StringBias bias, CellState state, int layer) {
        int layers = state.planes().size();
        double[][] thresholds = new double[layers][];
        for (int k = 0; k < layers; k++) {
            thresholds[k] = state.plane(NandString.plane(k)).data;
        }
        int strings = state.rows() * state.columns();
        double[] selected = new double[strings];
        int[] first = new int[2 * strings + 1];
        Collector out = new Collector();
        for (int c = 0; c < strings; c++) {
            selected[c] = bias.selectedPinch(thresholds[layer][c]);
            first[2 * c] = out.count;
            if (bias.series()) {
                out.add(bias.sourceSelectPinch(), bias.selectRatio());
                out.chain(bias, thresholds, c, 0, layer, 1, 0);
            }
            first[2 * c + 1] = out.count;
            if (bias.series()) {
                out.chain(bias, thresholds, c, layers - 1, layer, -1, bias.upperPotential());
            }
            first[2 * c + 2] = out.count;
        }
        double[] resistance = new double[2 * strings];
        for (int c = 0; c < 2 * strings; c++) {
            double potential = c % 2 == 0 ? 0 : bias.upperPotential();
            for (int s = first[c]; s < first[c + 1]; s++) {
                resistance[c] += out.ratio[s] / Ekv.charge(out.pinch[s] - potential);
            }
        }
        return new Series(
                state.rows(),
                state.columns(),
                selected,
                first,
                Arrays.copyOf(out.pinch, out.count),
                Arrays.copyOf(out.ratio, out.count),
                resistance);
    }

    /** Grows the arrays. */
    private static final class Collector {
        private double[] pinch = new double[256];
        private double[] ratio = new double[256];
        private int count;

        void add(double p, double r) {
            if (count == pinch.length) {
                pinch = Arrays.copyOf(pinch, 2 * count);
                ratio = Arrays.copyOf(ratio, 2 * count);
            }
            pinch[count] = p;
            ratio[count++] = r;
        }

        /** The pass cells of a string from one layer to before another. */
        void chain(StringBias bias, double[][] thresholds, int string, int from, int to, int step, double potential) {
            int start = count;
            for (int k = from; k != to; k += step) {
                double p = bias.passPinch(thresholds[k][string]);
                if (count > start && pinch[count - 1] == p) {
                    ratio[count - 1] += 1;
                } else {
                    add(p, 1);
                }
            }
            if (count - start > 1 && !bias.cellByCell()) {
                merge(start, potential);
            }
        }

        private void merge(int start, double potential) {
            double resistance = 0;
            double curvature = 0;
            for (int k = start; k < count; k++) {
                double q = Ekv.charge(pinch[k] - potential);
                double own = ratio[k] / q;
                curvature += (resistance + own / 2) * own / (2 * q + 1);
                resistance += own;
            }
            double inversion = resistance * resistance / (2 * curvature);
            // 2q + 1 of pass cells that are on is far above 2.
            double q = (Math.max(2, inversion) - 1) / 2;
            pinch[start] = potential + 2 * q + Math.log(q);
            ratio[start] = resistance * q;
            count = start + 1;
        }
    }
}
