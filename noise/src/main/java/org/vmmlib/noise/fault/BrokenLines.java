package org.vmmlib.noise.fault;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.random.RandomStream;

/**
 * Lines that are broken somewhere: what lies beyond the break is cut off from the terminal. A row has M + 1 segments and a
 * column N + 1, of which that beyond the last cell carries no current in an array that is driven from one end. Gate lines
 * of gate-driven cells are not among them: their rows are source lines.
 *
 * @param rows probability, 0 to 1, of a row, or of a segment of one
 * @param columns probability, 0 to 1, of a column, or of a segment of one
 * @param of what the probabilities are of
 */
public record BrokenLines(double rows, double columns, Of of) implements Effect.OnWires {

    /** What has the probability. */
    public enum Of {
        /** A line has one break with the probability, at any of its segments. */
        LINES,
        /** Each segment is broken with the probability, independently, so that long lines break more often. */
        SEGMENTS
    }

    private static final long ROWS = 0;
    private static final long COLUMNS = 1;

    /** Checks the ranges. */
    public BrokenLines {
        Require.within("rows", rows, 0, 1);
        Require.within("columns", columns, 0, 1);
    }

    @Override
    public String id() {
        return "array.broken-lines";
    }

    @Override
    public String description() {
        return "lines broken with probability " + rows + " (rows) and " + columns + " (columns) of "
                + (of == Of.LINES ? "each line" : "each segment");
    }

    @Override
    public Lines wires(Lines lines, RandomStream draws) {
        Lines.Builder broken = lines.toBuilder();
        open(rows, lines.rows(), lines.columns() + 1, draws.call(ROWS), broken::openRowSegment);
        open(columns, lines.columns(), lines.rows() + 1, draws.call(COLUMNS), broken::openColumnSegment);
        return broken.build();
    }

    /** Opens a segment of a line. */
    private interface Opening {
        void open(int line, int segment);
    }

    private void open(double probability, int count, int segments, RandomStream draws, Opening opening) {
        int drawn = of == Of.LINES ? 2 : segments;
        double[] uniform = new double[drawn];
        for (int line = 0; line < count; line++) {
            draws.uniforms((long) line * drawn, uniform, 0, drawn);
            if (of == Of.SEGMENTS) {
                for (int segment = 0; segment < segments; segment++) {
                    if (uniform[segment] < probability) {
                        opening.open(line, segment);
                    }
                }
            } else if (uniform[0] < probability) {
                opening.open(line, (int) (uniform[1] * segments));
            }
        }
    }
}
