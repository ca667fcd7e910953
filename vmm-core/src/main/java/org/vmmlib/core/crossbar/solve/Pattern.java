package org.vmmlib.core.crossbar.solve;

import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.signal.Connections;

/** All of an excitation that changes the network itself. */
record Pattern(Direction direction, Connections rows, Connections columns) {

    /** Every line connected, in a direction that the lines fit. */
    static Pattern first(Lines lines) {
        return of(
                lines,
                lines.fits(Direction.ROWS_DRIVEN) ? Direction.ROWS_DRIVEN : Direction.COLUMNS_DRIVEN,
                Connections.all(lines.rows()),
                Connections.all(lines.columns()));
    }

    /** The pattern of an excitation. */
    static Pattern of(Lines lines, Excitation excitation) {
        return of(lines, excitation.direction(), excitation.rows(), excitation.columns());
    }

    private static Pattern of(Lines lines, Direction direction, Connections rows, Connections columns) {
        return new Pattern(sameBothWays(lines) ? Direction.ROWS_DRIVEN : direction, rows, columns);
    }

    private static boolean sameBothWays(Lines lines) {
        if (!lines.fits(Direction.ROWS_DRIVEN) || !lines.fits(Direction.COLUMNS_DRIVEN)) {
            return false;
        }
        for (int k = 0; k < Math.max(lines.rows(), lines.columns()); k++) {
            if (lines.sourceResistance(k) != lines.senseResistance(k)) {
                return false;
            }
        }
        return true;
    }

    /** The network of the lines in this pattern. */
    Network network(Lines lines) {
        return Network.of(lines, direction, rows, columns);
    }
}
