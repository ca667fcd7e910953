package org.vmmlib.tests.spice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

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
import org.vmmlib.core.io.NpyFile;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.spice.Netlist;
import org.vmmlib.core.spice.SpiceResult;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.SinhReram;

/** ngspice on netlists from here gives what it gave on netlists that others wrote; see golden/README.md. */
final class GoldenNetlistIT {

    /** Columns of the widest arrays that take ngspice less than a second. */
    private static final int MOST_COLUMNS = 32;

    @ParameterizedTest
    @CsvFileSource(resources = "/golden/cases.csv", numLinesToSkip = 1)
    void theWrittenNetlistHasTheGoldenCurrents(String name, String law, double rowOhms, double columnOhms)
            throws IOException, InterruptedException {
        boolean sinh = law.equals("sinh");
        DMatrixRMaj g = load(name, sinh ? "g0" : "G");
        assumeFalse(g.numCols > MOST_COLUMNS, "SKIPPED: " + name + " takes ngspice many seconds");
        DMatrixRMaj drive = load(name, "V");
        Lines lines = Lines.builder(g.numRows, g.numCols)
                .rowResistance(rowOhms)
                .columnResistance(columnOhms)
                .build();
        SinhReram sinhCell = new SinhReram(ConductanceWindow.any(), 3);
        LinearReram linearCell = new LinearReram(ConductanceWindow.any());
        Crossbar array = sinh
                ? new Crossbar(sinhCell, sinhCell.state(g), lines)
                : new Crossbar(linearCell, linearCell.state(g), lines);
        Excitation excitation =
                Excitation.rows(DMatrixRMaj.wrap(1, g.numRows, drive.data), new DMatrixRMaj(1, g.numCols));
        SpiceResult spice = Spice.installed().run(Netlist.of(array, Conditions.ROOM, excitation, 0));

        DMatrixRMaj reference = load(name, "I_ref");
        DMatrixRMaj theirs = load(name, "I_ngspice");
        for (int j = 0; j < g.numCols; j++) {
            double current = spice.columnCurrents().data[j];
            assertEquals(1, current / reference.data[j], 1e-12, "current " + j + " by the reference");
            // The other netlists left constants to be rounded to eleven digits.
            assertEquals(1, current / theirs.data[j], sinh ? 2e-11 : 3e-13, "current " + j + " by ngspice");
        }
    }

    private static DMatrixRMaj load(String name, String array) throws IOException {
        String resource = "/golden/" + name + "/" + array + ".npy";
        URL url = Objects.requireNonNull(GoldenNetlistIT.class.getResource(resource), resource);
        try {
            return NpyFile.read(Path.of(url.toURI())).values();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
