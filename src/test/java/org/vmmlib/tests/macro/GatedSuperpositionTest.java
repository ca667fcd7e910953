package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.Wires;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.PulseEncoder;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * By how much the charge of a column of gated cells differs from the sum of the charges of its cells one by one: together they
 * pull the far end of the column down by the drops along its wire. The column is solved again apart, as a ladder: from a
 * guess of the voltage at its far end, cell by cell, to the sense end, and that by halving.
 */
class GatedSuperpositionTest {

    private static final int ROWS = 8;
    private static final double ON = 0.75;
    private static final double SENSE = 0.5;

    /** A weight of 0, in the other column of the pair, is 1e-118. */
    private static FloatingGateCell cell(double dibl) {
        return FloatingGateCell.chargeBased().dibl(dibl).window(-0.25, 10).build();
    }

    /** Current at the sense end, beyond the last row. */
    private static double ladder(CellLaw cell, boolean[] on, double segment) {
        double low = -0.5;
        double high = SENSE;
        double sum = 0;
        for (int k = 0; k < 200; k++) {
            double v = 0.5 * (low + high);
            double x = v;
            sum = 0;
            for (int i = 0; i < ROWS; i++) {
                sum += on[i] ? cell.unitSignal(DriveKind.GATE_VOLTAGE, ON, x, Conditions.ROOM) : 0;
                x += segment * sum;
            }
            if (x > SENSE) {
                high = v;
            } else {
                low = v;
            }
        }
        return sum;
    }

    /** Levels: all rows at once, and the sum of the rows one by one. */
    private static double[] charges(CellLaw cell, double segment) {
        Macro macro = Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(PulseEncoder.of(
                        PulseDriver.gates(Double.NEGATIVE_INFINITY, ON).build(), 1, WordFormat.UNSIGNED, 1 * Si.ns))
                .law(cell)
                .wires(Wires.resistive(0, segment, 0))
                .readout(Integrator.virtualGround(SENSE, Polarity.SOURCE, 1e-12).build())
                .build();
        DMatrixRMaj weights = new DMatrixRMaj(ROWS, 1);
        weights.fill(1);
        int[] words = new int[(ROWS + 1) * ROWS];
        for (int i = 0; i < ROWS; i++) {
            words[i] = 1;
            words[(i + 1) * ROWS + i] = 1;
        }
        DMatrixRMaj charge = macro.program(weights, Die.of(RandomStreams.of(1)))
                .multiply(Codes.unsigned(1, ROWS + 1, ROWS, words), 0)
                .outputs();
        double sum = 0;
        for (int b = 1; b <= ROWS; b++) {
            sum += charge.get(b, 0);
        }
        return new double[] {charge.get(0, 0), sum};
    }

    private static boolean[] alone(int row) {
        boolean[] on = new boolean[ROWS];
        on[row] = true;
        return on;
    }

    @Test
    void theShortfallIsThatOfTheLadder() {
        boolean[] all = new boolean[ROWS];
        Arrays.fill(all, true);
        double last = 0;
        for (double segment : new double[] {2e4, 2e5, 1e6}) {
            for (double dibl : new double[] {0.02, 0.1}) {
                FloatingGateCell cell = cell(dibl);
                double[] found = charges(cell, segment);
                double together = ladder(cell, all, segment);
                double apart = 0;
                for (int i = 0; i < ROWS; i++) {
                    apart += ladder(cell, alone(i), segment);
                }
                double expected = 1 - together / apart;
                assertEquals(expected, 1 - found[0] / found[1], 1e-10, segment + ", " + dibl);
                if (dibl == 0.02) {
                    assertTrue(expected > last, "the more wire, the more");
                    last = expected;
                }
            }
        }
    }

    /** With the columns at one voltage all along, each gate is alone with its cell, and charges add up. */
    @Test
    void withoutWiresGatedCellsSuperpose() {
        double[] found = charges(cell(0.1), 0);
        assertEquals(1, found[0] / found[1], 1e-13);
    }
}
