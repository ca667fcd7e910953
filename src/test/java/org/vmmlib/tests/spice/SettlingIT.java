package org.vmmlib.tests.spice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.settling.StepAnalysis;
import org.vmmlib.core.crossbar.settling.StepResponse;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.spice.Netlist;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.SinhReram;

/** Column currents on their way, against ngspice's transient analysis of the same netlist with capacitors. */
final class SettlingIT {

    /** Measured: less than 2e-6 of the largest current. */
    private static final double TOLERANCE = 1e-5;

    private static final int ROWS = 4;
    private static final int COLUMNS = 3;
    private static final double ROW = 2e-15;
    private static final double COLUMN = 3e-15;
    private static final double CELL = 0.5e-15;
    private static final double[] TIMES = {2e-13, 1e-12, 4e-12, 2e-11};

    @TempDir
    Path folder;

    private static final Lines LINES = Lines.builder(ROWS, COLUMNS)
            .rowResistance(150)
            .columnResistance(250)
            .sourceResistance(400)
            .senseResistance(700)
            .rowCapacitance(ROW)
            .columnCapacitance(COLUMN)
            .build();

    @Test
    void resistorsSettleAsInNgspice() throws IOException, InterruptedException {
        LinearReram law = new LinearReram(ConductanceWindow.any());
        check(new Crossbar(law, law.state(Spice.logUniform(3, "conductances", ROWS, COLUMNS, 1e-5, 1e-3)), LINES));
    }

    @Test
    void sinhCellsSettleAsInNgspice() throws IOException, InterruptedException {
        SinhReram law = new SinhReram(ConductanceWindow.any(), 3);
        check(new Crossbar(law, law.state(Spice.logUniform(3, "conductances", ROWS, COLUMNS, 1e-5, 1e-3)), LINES));
    }

    private void check(Crossbar array) throws IOException, InterruptedException {
        Excitation drive = Excitation.rows(Spice.uniform(3, "drives", 1, ROWS, -1, 1), new DMatrixRMaj(1, COLUMNS));
        StepResponse response = StepAnalysis.builder()
                .accuracy(1e-6)
                .cellCapacitance(CELL)
                .times(TIMES)
                .build()
                .fromRest(array, Conditions.ROOM, drive, 0);
        double[][] spice = spice(Netlist.of(array, Conditions.ROOM, drive, 0));
        double scale = 0;
        for (double amperes : response.finalColumnCurrents()) {
            scale = Math.max(scale, Math.abs(amperes));
        }
        for (int k = 0; k < TIMES.length; k++) {
            int at = Arrays.binarySearch(response.times(), TIMES[k]);
            for (int j = 0; j < COLUMNS; j++) {
                assertEquals(
                        spice[k][j],
                        response.columnCurrents().get(at, j),
                        TOLERANCE * scale,
                        "column " + j + " at " + TIMES[k]);
            }
        }
    }

    /** Column currents at the times, from rest: {@code uic} starts all capacitors at 0 V. */
    private double[][] spice(Netlist netlist) throws IOException, InterruptedException {
        String text = netlist.text();
        StringBuilder deck = new StringBuilder(text.substring(0, text.indexOf(".options")));
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                String at = i + "_" + j;
                deck.append(String.format(Locale.ROOT, "Cw%s w%s 0 %.17g\n", at, at, ROW));
                deck.append(String.format(Locale.ROOT, "Cb%s b%s 0 %.17g\n", at, at, COLUMN));
                deck.append(String.format(Locale.ROOT, "Cx%s w%s b%s %.17g\n", at, at, at, CELL));
            }
        }
        deck.append(".options reltol=1e-7 abstol=1e-15 vntol=1e-10 chgtol=1e-24 gmin=1e-20\n");
        deck.append(".control\nset numdgt=12\n");
        deck.append(String.format(Locale.ROOT, "tran 1e-14 %s 0 5e-15 uic\n", 1.01 * TIMES[TIMES.length - 1]));
        for (int k = 0; k < TIMES.length; k++) {
            for (int j = 0; j < COLUMNS; j++) {
                deck.append(String.format(
                        Locale.ROOT, "meas tran at%d_%d find i(Vc%d) at=%s\n", k, j, j, Double.toString(TIMES[k])));
            }
        }
        deck.append("quit\n.endc\n.end\n");
        Path file = folder.resolve("array.cir");
        Files.writeString(file, deck);
        Path log = folder.resolve("log.txt");
        int exitCode = new ProcessBuilder(Spice.installed().program().toString(), "-n", "-b", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        assertEquals(0, exitCode, said);
        double[][] out = new double[TIMES.length][COLUMNS];
        int found = 0;
        Matcher lines = Pattern.compile("(?m)^at(\\d)_(\\d)\\s*=\\s*(\\S+)").matcher(said);
        while (lines.find()) {
            out[Integer.parseInt(lines.group(1))][Integer.parseInt(lines.group(2))] =
                    Double.parseDouble(lines.group(3));
            found++;
        }
        assertEquals(TIMES.length * COLUMNS, found, said);
        return out;
    }
}
