package org.vmmlib.tests.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.io.NpyFile;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.SinhReram;

/** The reference solver against currents and node voltages that others found; see golden/README.md. */
final class GoldenCrossbarTest {

    private static final double SINH_ALPHA = 3;

    @ParameterizedTest
    @CsvFileSource(resources = "/golden/cases.csv", numLinesToSkip = 1)
    void currentsAndNodeVoltagesAreThoseOfTheReference(String name, String law, double rowOhms, double columnOhms)
            throws IOException {
        Case golden = Case.read(name, law.equals("sinh"));
        Solution solution = golden.solve(golden.lines(rowOhms, columnOhms).build(), Direction.ROWS_DRIVEN);

        assertRelative(golden.array("I_ref"), solution.columnCurrents, 1e-12);
        double scale = largest(golden.drive());
        assertWithin(golden.array("Vw_ref"), solution.wordLines, 1e-12 * scale);
        assertWithin(golden.array("Vb_ref"), solution.bitLines, 1e-12 * scale);
        assertTrue(solution.residual <= 1e-14, "residual " + solution.residual);
        assertTrue(solution.kirchhoffError <= 1e-14, "Kirchhoff error " + solution.kirchhoffError);
    }

    /** ngspice itself agrees with the reference to 1.5e-13 (linear) and 1.8e-11 (sinh). */
    @ParameterizedTest
    @CsvFileSource(resources = "/golden/cases.csv", numLinesToSkip = 1)
    void currentsAreThoseOfSpice(String name, String law, double rowOhms, double columnOhms) throws IOException {
        boolean sinh = law.equals("sinh");
        Case golden = Case.read(name, sinh);
        Solution solution = golden.solve(golden.lines(rowOhms, columnOhms).build(), Direction.ROWS_DRIVEN);

        assertRelative(golden.array("I_ngspice"), solution.columnCurrents, sinh ? 2e-11 : 2e-13);
    }

    /** The same circuit with its rows drawn as columns: driven from the top, sensed at the left. */
    @ParameterizedTest
    @CsvFileSource(resources = "/golden/cases.csv", numLinesToSkip = 1)
    void theTransposedArrayDrivenByItsColumnsGivesTheSameCurrents(
            String name, String law, double rowOhms, double columnOhms) throws IOException {
        Case golden = Case.read(name, law.equals("sinh")).transposed();
        Lines lines = golden.lines(columnOhms, rowOhms)
                .rowEnds(Ends.LAST)
                .columnEnds(Ends.FIRST)
                .build();
        Solution solution = golden.solve(lines, Direction.COLUMNS_DRIVEN);

        assertRelative(golden.array("I_ref"), solution.rowCurrents, 1e-12);
    }

    /** One golden circuit. */
    private record Case(String name, boolean sinh, DMatrixRMaj conductances, DMatrixRMaj drive) {

        static Case read(String name, boolean sinh) throws IOException {
            return new Case(name, sinh, load(name, sinh ? "g0" : "G"), load(name, "V"));
        }

        private static DMatrixRMaj load(String name, String array) throws IOException {
            String resource = "/golden/" + name + "/" + array + ".npy";
            URL url = Objects.requireNonNull(GoldenCrossbarTest.class.getResource(resource), resource);
            try {
                return NpyFile.read(Path.of(url.toURI())).values();
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
        }

        DMatrixRMaj array(String array) throws IOException {
            return load(name, array);
        }

        Case transposed() {
            DMatrixRMaj turned = new DMatrixRMaj(conductances.numCols, conductances.numRows);
            for (int i = 0; i < turned.numRows; i++) {
                for (int j = 0; j < turned.numCols; j++) {
                    turned.set(i, j, conductances.get(j, i));
                }
            }
            return new Case(name, sinh, turned, drive);
        }

        Lines.Builder lines(double rowOhms, double columnOhms) {
            return Lines.builder(conductances.numRows, conductances.numCols)
                    .rowResistance(rowOhms)
                    .columnResistance(columnOhms);
        }

        Solution solve(Lines lines, Direction direction) {
            ConductanceWindow window = ConductanceWindow.any();
            Crossbar crossbar = sinh
                    ? new Crossbar(
                            new SinhReram(window, SINH_ALPHA),
                            new SinhReram(window, SINH_ALPHA).state(conductances),
                            lines)
                    : new Crossbar(new LinearReram(window), new LinearReram(window).state(conductances), lines);
            DMatrixRMaj driven = DMatrixRMaj.wrap(1, drive.getNumElements(), drive.data);
            boolean rows = direction == Direction.ROWS_DRIVEN;
            DMatrixRMaj sensed = new DMatrixRMaj(1, rows ? crossbar.columns() : crossbar.rows());
            Excitation excitation = rows ? Excitation.rows(driven, sensed) : Excitation.columns(driven, sensed);
            PreparedCrossbar prepared = new ReferenceSolver().prepare(crossbar, Conditions.ROOM);
            Solution solution = new Solution(true, false);
            prepared.solve(excitation, solution, prepared.workspace());
            return solution;
        }
    }

    private static void assertRelative(DMatrixRMaj expected, DMatrixRMaj actual, double tolerance) {
        assertEquals(expected.getNumElements(), actual.getNumElements());
        for (int k = 0; k < expected.getNumElements(); k++) {
            assertEquals(1, actual.data[k] / expected.data[k], tolerance, "current " + k);
        }
    }

    private static void assertWithin(DMatrixRMaj expected, DMatrixRMaj actual, double tolerance) {
        assertEquals(expected.getNumElements(), actual.getNumElements());
        for (int k = 0; k < expected.getNumElements(); k++) {
            assertEquals(expected.data[k], actual.data[k], tolerance, "voltage " + k);
        }
    }

    private static double largest(DMatrixRMaj matrix) {
        double most = 0;
        for (int k = 0; k < matrix.getNumElements(); k++) {
            most = Math.max(most, Math.abs(matrix.data[k]));
        }
        return most;
    }
}
