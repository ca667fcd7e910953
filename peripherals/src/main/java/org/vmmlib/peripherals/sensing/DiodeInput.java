package org.vmmlib.peripherals.sensing;

import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.solve.ConvergenceException;
import org.vmmlib.core.macro.ColumnPort;

/**
 * A diode-connected subthreshold transistor at the end of each column: its voltage follows the log law
 * {@code v = v_rest ± n U_t ln(1 + i / I_s)}, + where it takes the current and − where it gives it. Below
 * {@code −I_s (1 − 1e-6)} the transistor is off and the voltage stays where it is there.
 *
 * <p>Found by Newton's method on {@code F(v) = v − v_diode(i(v))}, all columns at once, each with the slope by its own
 * voltage, and each step halved as long as it does not bring its |F| down (at most ten times: where word lines couple the
 * columns, |F| also changes with the others). F rises with v at a slope of at least 1, since more voltage on a column
 * never helps its current. What is left of F is below 1e-9 n U_t, a relative error of the current below 1e-9.
 */
final class DiodeInput {

    private static final double OFF = 1e-6;
    private static final double TOLERANCE = 1e-9;
    private static final int MOST_PULLS = 200;
    private static final int MOST_HALVINGS = 10;

    private final Polarity polarity;
    private final double rest;
    private final double slopeVoltage;
    private final double specificCurrent;

    DiodeInput(Polarity polarity, double rest, double slopeVoltage, double specificCurrent) {
        this.polarity = polarity;
        this.rest = rest;
        this.slopeVoltage = slopeVoltage;
        this.specificCurrent = specificCurrent;
    }

    /** Voltage of a column at a signal current. */
    double voltage(double current) {
        return rest + polarity.rise() * slopeVoltage * Math.log(Math.max(1 + current / specificCurrent, OFF));
    }

    private double slope(double current) {
        double relative = 1 + current / specificCurrent;
        return relative <= OFF ? 0 : polarity.rise() * slopeVoltage / (specificCurrent * relative);
    }

    /** The column currents at which the array and the diodes agree; a new matrix. */
    DMatrixRMaj settle(ColumnPort array) {
        int rows = array.vectors();
        int columns = array.columns();
        int count = rows * columns;
        DMatrixRMaj v = new DMatrixRMaj(rows, columns);
        DMatrixRMaj i = new DMatrixRMaj(rows, columns);
        DMatrixRMaj g = new DMatrixRMaj(rows, columns);
        double[] base = new double[count];
        double[] baseError = new double[count];
        double[] step = new double[count];
        int[] halvings = new int[count];
        Arrays.fill(v.data, 0, count, rest);
        Arrays.fill(baseError, Double.POSITIVE_INFINITY);
        double[] history = new double[MOST_PULLS];
        for (int pull = 0; pull < MOST_PULLS; pull++) {
            array.currents(v, i, g);
            double worst = 0;
            for (int k = 0; k < count; k++) {
                double error = v.data[k] - voltage(i.data[k]);
                double size = Math.abs(error);
                worst = Math.max(worst, size);
                boolean wasSettled = baseError[k] <= TOLERANCE * slopeVoltage;
                if (wasSettled || size < baseError[k] || halvings[k] == MOST_HALVINGS) {
                    base[k] = v.data[k];
                    baseError[k] = size;
                    halvings[k] = 0;
                    step[k] = -error / (1 - slope(i.data[k]) * g.data[k]);
                } else {
                    step[k] *= 0.5;
                    halvings[k]++;
                }
            }
            history[pull] = worst / slopeVoltage;
            if (worst <= TOLERANCE * slopeVoltage) {
                return i;
            }
            for (int k = 0; k < count; k++) {
                v.data[k] = base[k] + step[k];
            }
        }
        throw new ConvergenceException(
                String.format(
                        Locale.ROOT,
                        "the diode inputs of %d columns did not settle to %s of n U_t in %d solves; the worst is %s off: "
                                + "use a larger specific current, or a constant input resistance",
                        columns,
                        TOLERANCE,
                        MOST_PULLS,
                        history[MOST_PULLS - 1]),
                history);
    }
}
