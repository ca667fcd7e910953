package org.vmmlib.devices.reram;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.SpiceCells;

/**
 * Cells of the cubic law as behavioural sources.
 *
 * @param conductances N×M, siemens. Not modified.
 * @param nonlinearity the law
 */
record CubicElements(DMatrixRMaj conductances, CubicNonlinearity nonlinearity) implements SpiceCells {

    @Override
    public String elements(int row, int column, Pins at) {
        double g = conductances.get(row, column);
        if (g == 0) {
            return "";
        }
        double limit = nonlinearity.limit();
        double a = nonlinearity.relativeSecond(g);
        double b = nonlinearity.relativeThird(g);
        String v = "v(" + at.row() + "," + at.column() + ")";
        String within = "max(" + SpiceCells.constant(-limit) + ",min(" + SpiceCells.constant(limit) + "," + v + "))";
        double slope = 1 + limit * (2 * a + 3 * b * limit);
        String t2 = "(" + within + "*" + within + "/"
                + SpiceCells.constant(CubicNonlinearity.ROUNDED * CubicNonlinearity.ROUNDED) + ")";
        String rounded = SpiceCells.constant(CubicNonlinearity.ROUNDED) + "*(0.375+" + t2 + "*(0.75-0.125*" + t2 + "))";
        String size = "(" + t2 + ">=1?abs(" + within + "):" + rounded + ")";
        return "Bc" + at.name() + " " + at.row() + " " + at.column() + " I=" + SpiceCells.constant(g) + "*(" + within
                + "*(1+" + SpiceCells.constant(a) + "*" + size + "+" + SpiceCells.constant(b) + "*" + within + "*"
                + within + ")+" + SpiceCells.constant(slope) + "*(" + v + "-" + within + "))\n";
    }
}
