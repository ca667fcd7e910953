package org.vmmlib.devices.reram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.CellLawContract;

class CubicReramTest extends CellLawContract {

    @Override
    protected CubicReram law() {
        return new CubicReram(ConductanceWindow.of(20e-6, 225e-6), CubicNonlinearity.milo(), 0.2);
    }

    @Override
    protected double[] voltages() {
        return new double[] {-0.7, -0.3, -1e-3, 0, 1e-9, 0.1, 0.24, 1};
    }

    @Override
    protected double[] gates() {
        return new double[] {0};
    }

    @Override
    protected Point read() {
        return new Point(0, 0.2, 0);
    }

    private Row at(double g, double voltage) {
        Row row = new Row(1);
        row.at(law().bind(law().state(new DMatrixRMaj(1, 1, true, new double[] {g})), Conditions.ROOM), 0, voltage, 0);
        return row;
    }

    /** The deviation from Ohm's law at the ends of the fit; its coefficients are rounded to four digits. */
    @ParameterizedTest
    @CsvSource({"62.5e-6, -0.070", "110e-6, -0.0125"})
    void currentAtAFifthOfAVoltBendsAsMeasured(double g, double bend) {
        assertEquals(bend, at(g, 0.2).current[0] / (g * 0.2) - 1, 0.005);
    }

    @Test
    void polynomialsAreThePublishedOnes() {
        double g = 80e-6;
        double l = Math.log10(g);
        double nl2 = 0.0001388 * l * l * l + 0.001541 * l * l + 0.005711 * l + 0.007063;
        double nl3 = 8.871e-5 * l * l + 6.7919e-4 * l + 1.2968e-3;
        for (double v : new double[] {0.05, 0.2, 0.49}) {
            double expected = g * v + nl2 * v * v + nl3 * v * v * v;
            assertEquals(expected, at(g, v).current[0], 1e-12 * expected);
            assertEquals(-expected, at(g, -v).current[0], 1e-12 * expected);
        }
    }

    @Test
    void aboveTheFitTheLawIsItsTangent() {
        double slope = at(80e-6, 0.5).slopeRow[0];
        assertEquals(at(80e-6, 0.5).current[0] + 2 * slope, at(80e-6, 2.5).current[0], 1e-16);
    }

    @Test
    void aCurrentThatFallsWithTheVoltageIsRefused() {
        assertRefused(
                "second, third: the current falls",
                () -> new CubicNonlinearity(new double[] {-1e-4}, new double[] {0}, 5e-5, 1e-4, 0.5, "test"));
        assertRefused(
                "readVoltage = -0.2",
                () -> new CubicReram(ConductanceWindow.of(0, 1e-4), CubicNonlinearity.milo(), -0.2));
    }
}
