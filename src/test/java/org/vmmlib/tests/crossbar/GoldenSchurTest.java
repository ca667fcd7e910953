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
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.io.NpyFile;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.SinhReram;

/** The fast solver against currents and node voltages that others found; see golden/README.md. */
final class GoldenSchurTest {

    private static final double SINH_ALPHA = 3;

    @ParameterizedTest
    @CsvFileSource(resources = "/golden/cases.csv", numLinesToSkip = 1)
    void currentsAndNodeVoltagesAreThoseOfTheReference(String name, String law, double rowOhms, double columnOhms)
            throws IOException {
        boolean sinh = law.equals("sinh");
        DMatrixRMaj cells = load(name, sinh ? "g0" : "G");
        DMatrixRMaj drive = load(name, "V");
        int n = cells.numRows;
        int m = cells.numCols;
        Lines lines = Lines.builder(n, m)
                .rowResistance(rowOhms)
                .columnResistance(columnOhms)
                .build();
        ConductanceWindow window = ConductanceWindow.any();
        Crossbar crossbar = sinh
                ? new Crossbar(new SinhReram(window, SINH_ALPHA), new SinhReram(window, SINH_ALPHA).state(cells), lines)
                : new Crossbar(new LinearReram(window), new LinearReram(window).state(cells), lines);
        PreparedCrossbar prepared = new SchurSolver(2e-14).prepare(crossbar, Conditions.ROOM);
        Solution solution = new Solution(true, false);
        prepared.solve(
                Excitation.rows(DMatrixRMaj.wrap(1, n, drive.data), new DMatrixRMaj(1, m)),
                solution,
                prepared.workspace());

        DMatrixRMaj currents = load(name, "I_ref");
        for (int j = 0; j < m; j++) {
            assertEquals(1, solution.columnCurrents.data[j] / currents.data[j], 1e-12, "current " + j);
        }
        double scale = largest(drive);
        assertWithin(load(name, "Vw_ref"), solution.wordLines, 1e-12 * scale);
        assertWithin(load(name, "Vb_ref"), solution.bitLines, 1e-12 * scale);
        assertTrue(solution.residual <= 2e-14, "residual " + solution.residual);
        assertTrue(solution.kirchhoffError <= 1e-13, "Kirchhoff error " + solution.kirchhoffError);
    }

    private static DMatrixRMaj load(String name, String array) throws IOException {
        String resource = "/golden/" + name + "/" + array + ".npy";
        URL url = Objects.requireNonNull(GoldenSchurTest.class.getResource(resource), resource);
        try {
            return NpyFile.read(Path.of(url.toURI())).values();
        } catch (URISyntaxException e) {
            throw new IOException(e);
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
