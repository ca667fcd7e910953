package org.vmmlib.noise.variability;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.noise.EffectName;

/**
 * Lines that differ from each other at random: one normal deviation for all cells of a row, or of a column, drawn once for
 * a chip, as from the lithography of a line.
 *
 * @param name tells two such effects apart; lower-case letters, digits, hyphens
 * @param varied what the deviation changes
 * @param side whose lines
 * @param sigma standard deviation, 0 or above: a fraction, a logarithm, or volts, as {@code varied} says
 */
public record LineVariability(String name, VariedQuantity varied, Side side, double sigma)
        implements Effect.OnProgramming {

    /** Which lines differ. */
    public enum Side {
        /** Word lines: all cells of a row share a draw. */
        ROWS,
        /** Bit lines: all cells of a column share a draw. */
        COLUMNS
    }

    /** Checks the name and the range. */
    public LineVariability {
        EffectName.id("", name);
        Require.nonNegative("sigma", sigma);
    }

    /** Rows that differ by a sigma in the unit of what varies. */
    public static LineVariability rows(VariedQuantity varied, double sigma) {
        return new LineVariability("rows", varied, Side.ROWS, sigma);
    }

    /** Columns that differ by a sigma in the unit of what varies. */
    public static LineVariability columns(VariedQuantity varied, double sigma) {
        return new LineVariability("columns", varied, Side.COLUMNS, sigma);
    }

    @Override
    public String id() {
        return EffectName.id("array.variability", name);
    }

    @Override
    public String description() {
        return (side == Side.ROWS ? "rows" : "columns") + " differ at random: sigma " + sigma + varied.unit();
    }

    /** {@inheritDoc} Element = index of the line. */
    @Override
    public CellState program(CellLaw law, CellState target, Conditions conditions, RandomStream draws) {
        boolean rows = side == Side.ROWS;
        double[] normal = new double[rows ? target.rows() : target.columns()];
        return varied.vary(law, target, conditions, (plane, state, out) -> {
            draws.gaussians((long) plane * normal.length, normal, 0, normal.length);
            for (int k = 0; k < out.data.length; k++) {
                out.data[k] = sigma * normal[rows ? k / out.numCols : k % out.numCols];
            }
        });
    }
}
