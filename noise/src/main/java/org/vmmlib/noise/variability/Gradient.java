package org.vmmlib.noise.variability;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.noise.EffectName;

/**
 * A gradient across the array: the deviation of a cell is {@code a s + b s²}, where s is how far the cell lies from the
 * middle along a direction. Both coordinates go from −1 to 1 over the array: x along a row (first to last column), y along
 * a column (first to last row), and {@code s = x cos θ + y sin θ}. Two effects at right angles, of one b, make a bowl.
 *
 * <p>Either given, the same on every chip; or drawn for each chip, its direction uniform and its a and b normal.
 *
 * @param name tells two such effects apart; lower-case letters, digits, hyphens
 * @param varied what the deviation changes
 * @param linear a, a fraction, a logarithm, or volts, as {@code varied} says; its standard deviation, 0 or above, if drawn
 * @param quadratic b, as a
 * @param direction θ, radians from the direction of a row to that of a column; not used if drawn
 * @param drawn whether every chip has its own
 */
public record Gradient(
        String name, VariedQuantity varied, double linear, double quadratic, double direction, boolean drawn)
        implements Effect.OnProgramming {

    /** Checks the name and the ranges. */
    public Gradient {
        EffectName.id("", name);
        Require.finite("linear", linear);
        Require.finite("quadratic", quadratic);
        Require.finite("direction", direction);
        if (drawn) {
            Require.nonNegative("linear", linear);
            Require.nonNegative("quadratic", quadratic);
        }
    }

    /** The same on every chip; arguments as of the record. */
    public static Gradient given(VariedQuantity varied, double linear, double quadratic, double direction) {
        return new Gradient("gradient", varied, linear, quadratic, direction, false);
    }

    /** Drawn for every chip: standard deviations of a and b, 0 or above. */
    public static Gradient drawn(VariedQuantity varied, double linear, double quadratic) {
        return new Gradient("gradient", varied, linear, quadratic, 0, true);
    }

    /** The same under another name. */
    public Gradient named(String other) {
        return new Gradient(other, varied, linear, quadratic, direction, drawn);
    }

    @Override
    public String id() {
        return EffectName.id("array.variability", name);
    }

    @Override
    public String description() {
        return "gradient across the array: " + linear + " and " + quadratic + varied.unit()
                + (drawn ? " (sigma, drawn for each chip)" : "");
    }

    @Override
    public CellState program(CellLaw law, CellState target, Conditions conditions, RandomStream draws) {
        double angle = drawn ? 2 * Math.PI * draws.uniform(4) : direction;
        double a = drawn ? linear * draws.gaussian(0) : linear;
        double b = drawn ? quadratic * draws.gaussian(1) : quadratic;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return varied.vary(law, target, conditions, (plane, state, out) -> {
            for (int i = 0; i < out.numRows; i++) {
                for (int j = 0; j < out.numCols; j++) {
                    double s = place(j, out.numCols) * cos + place(i, out.numRows) * sin;
                    out.data[i * out.numCols + j] = (a + b * s) * s;
                }
            }
        });
    }

    private static double place(int index, int count) {
        return count == 1 ? 0 : 2.0 * index / (count - 1) - 1;
    }
}
