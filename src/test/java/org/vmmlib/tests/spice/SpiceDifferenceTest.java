package org.vmmlib.tests.spice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.spice.Netlist;
import org.vmmlib.core.spice.SpiceDifference;
import org.vmmlib.core.spice.SpiceResult;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;

/** Differences by hand, on one row of two cells of 1 mS at 0.5 V. */
final class SpiceDifferenceTest {

    private Netlist rowsDriven;
    private Netlist columnsDriven;
    private SpiceResult solved;

    @BeforeEach
    void solve() {
        LinearReram law = new LinearReram(ConductanceWindow.any());
        Crossbar array =
                new Crossbar(law, law.state(new DMatrixRMaj(new double[][] {{1e-3, 1e-3}})), Lines.ideal(1, 2));
        DMatrixRMaj row = new DMatrixRMaj(new double[][] {{0.5}});
        Excitation excitation = Excitation.rows(row, new DMatrixRMaj(1, 2));
        rowsDriven = Netlist.of(array, Conditions.ROOM, excitation, 0);
        columnsDriven = Netlist.of(array, Conditions.ROOM, Excitation.columns(new DMatrixRMaj(1, 2), row), 0);
        solved = Spice.reference(array, Conditions.ROOM, excitation);
    }

    private SpiceResult with(double rowPart, double secondColumnPart, double voltPart) {
        DMatrixRMaj rows = solved.rowCurrents().copy();
        rows.data[0] *= 1 + rowPart;
        DMatrixRMaj columns = solved.columnCurrents().copy();
        columns.data[1] *= 1 + secondColumnPart;
        DMatrixRMaj bitLines = solved.bitLines().copy();
        bitLines.data[0] += 0.5 * voltPart;
        return new SpiceResult(rows, columns, solved.wordLines(), bitLines);
    }

    @Test
    void aResultDoesNotDifferFromItself() {
        assertEquals(new SpiceDifference(0, 0, 0), SpiceDifference.between(solved, solved, rowsDriven));
    }

    @Test
    void currentsDifferRelativelyAndVoltagesByTheLargest() {
        SpiceDifference difference = SpiceDifference.between(solved, with(-1e-3, -1e-6, 1e-9), rowsDriven);
        assertEquals(1e-3, difference.driven(), 1e-12);
        assertEquals(1e-6, difference.sensed(), 1e-15);
        assertEquals(1e-9, difference.nodes(), 1e-18);
        assertEquals(difference.driven(), difference.largest());
    }

    @Test
    void theOtherSideIsSensedWhenColumnsAreDriven() {
        SpiceDifference difference = SpiceDifference.between(solved, with(-1e-3, -1e-6, 0), columnsDriven);
        assertEquals(1e-3, difference.sensed(), 1e-12);
        assertEquals(1e-6, difference.driven(), 1e-15);
    }

    /** 1 mS at 0.5 V: 50 nA is the least that counts. */
    @Test
    void currentsThatCancelAreNotComparedWithThemselves() {
        SpiceResult none = with(0, -1, 0);
        SpiceResult little = with(0, -1 + 1e-12, 0);
        assertEquals(1e-8, SpiceDifference.between(none, little, rowsDriven).sensed(), 1e-11);
    }

    @Test
    void aCurrentThatIsNotANumberIsNeverNear() {
        assertEquals(
                Double.POSITIVE_INFINITY,
                SpiceDifference.between(solved, with(0, Double.NaN, 0), rowsDriven)
                        .sensed());
    }

    @Test
    void nodesWithoutVoltageAreLeftOut() {
        assertEquals(
                0,
                SpiceDifference.between(solved, with(0, 0, Double.NaN), rowsDriven)
                        .largest());
    }

    @Test
    void resultsOfOtherShapesAreRefused() {
        SpiceResult other =
                new SpiceResult(new DMatrixRMaj(1, 1), new DMatrixRMaj(1, 3), solved.wordLines(), solved.bitLines());
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> SpiceDifference.between(solved, other, rowsDriven));
        assertEquals("columnCurrents is 1 x 3: must be 1 x 2", refusal.getMessage());
    }

    @Test
    void aSolutionNeedsNodeVoltages() {
        Solution without = new Solution();
        without.shape(1, 1, 2);
        assertThrows(IllegalArgumentException.class, () -> SpiceResult.of(without, 0));
    }
}
