package org.vmmlib.tests.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.RowPort;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Phase;
import org.vmmlib.core.signal.Signal;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.flash.ReferenceCells;
import org.vmmlib.noise.NoiseBandwidth;
import org.vmmlib.noise.RowNoise;

class RowNoiseTest {

    private static final FloatingGateCell LAW =
            FloatingGateCell.exponential().saturation(true).build();
    private static final Die DIE = Die.of(RandomStreams.of(3));

    private static DMatrixRMaj disturbed(RowNoise effect, RowPort.Rows port, DMatrixRMaj inputs, double length) {
        double[] durations = new double[inputs.numRows];
        Arrays.fill(durations, length);
        Phase phase = new Phase(durations, inputs, Connections.all(inputs.numCols));
        DMatrixRMaj out = inputs.copy();
        effect.disturb(
                new Effect.Drive(
                        (words, firstCall) -> new DriveSchedule(DriveKind.INPUT_CURRENT, List.of(phase)),
                        port,
                        phase,
                        Conditions.ROOM,
                        new Effect.Moment(2, new double[inputs.numRows], 7),
                        DIE.stream(effect.id())),
                out);
        return out;
    }

    /** 2qI of a saturated reference cell; m cells in parallel share the current and add up to the same. */
    @Test
    void referenceCellsStateTheShotNoiseOfTheirCurrent() {
        DMatrixRMaj inputs = new DMatrixRMaj(1, 3, true, new double[] {0, 1 * Si.nA, 7 * Si.nA});
        for (int cells : new int[] {1, 4}) {
            for (double drain : new double[] {0.5, 0.02}) {
                DMatrixRMaj density = new DMatrixRMaj(0, 0);
                ReferenceCells.builder(LAW)
                        .cellsInParallel(cells)
                        .drainVoltage(drain)
                        .build()
                        .on(DIE, 3)
                        .noise(inputs, Conditions.ROOM, density);
                for (int k = 0; k < 3; k++) {
                    double shot = 2
                            * Constants.ELEMENTARY_CHARGE
                            * inputs.data[k]
                            / Math.tanh(drain / (2 * Conditions.ROOM.thermalVoltage()));
                    assertEquals(shot, density.data[k], 1e-11 * shot);
                }
            }
        }
    }

    /** 2qI in 1/(2t); six standard deviations of a variance of 40,000 numbers. An input of 0 stays 0. */
    @Test
    void inputCurrentsFluctuateByTheShotNoiseOfTheirReference() {
        RowPort.Rows port = ReferenceCells.builder(LAW).build().on(DIE, 2);
        int vectors = 40_000;
        DMatrixRMaj out = disturbed(RowNoise.integrating(), port, NoisyReads.repeated(vectors, 1 * Si.uA, 0), 1e-6);
        double[] first = NoisyReads.column(out, 0);
        for (int b = 0; b < vectors; b++) {
            first[b] -= 1 * Si.uA;
            assertEquals(0.0, out.get(b, 1));
        }
        double shot = Constants.ELEMENTARY_CHARGE * 1 * Si.uA / 1e-6;
        assertEquals(1, NoisyReads.covariance(first, first) / shot, 6 * Math.sqrt(2.0 / vectors));
    }

    /** All cells of a row mirror the same noise, so the columns err in proportion to their weights. */
    @Test
    void columnsErrTogether() {
        RowPort.Rows port = ReferenceCells.builder(LAW).build().on(DIE, 1);
        DMatrixRMaj meant = NoisyReads.repeated(5, 10 * Si.nA);
        DMatrixRMaj noisy = disturbed(new RowNoise(1e6), port, meant, 1);
        DMatrixRMaj gates = new DMatrixRMaj(0, 0);
        port.gates(noisy, Conditions.ROOM, gates);
        DMatrixRMaj weights = new DMatrixRMaj(1, 3, true, new double[] {1, 0.5, 0.1});
        NoisyReads reads = NoisyReads.of(LAW, LAW.store(weights, Conditions.ROOM), Lines.ideal(1, 3), 0.5);
        DMatrixRMaj read = reads.solved(gates, false, false).columnCurrents;
        for (int b = 0; b < 5; b++) {
            double relative = noisy.data[b] / (10 * Si.nA) - 1;
            assertTrue(relative != 0);
            for (int j = 0; j < 3; j++) {
                assertEquals(relative, Math.abs(read.get(b, j)) / (10 * Si.nA * weights.data[j]) - 1, 1e-9);
            }
        }
    }

    /** An encoder of row voltages that states 4 (nV)²/Hz: 20 µV in 100 MHz, of either sign; six standard deviations. */
    @Test
    void encodersStateTheNoiseOfTheirVoltages() {
        int vectors = 40_000;
        DMatrixRMaj inputs = NoisyReads.repeated(vectors, 0);
        Phase phase = new Phase(new double[vectors], inputs, Connections.all(1));
        InputEncoder.Rows encoder = new InputEncoder.Rows() {
            @Override
            public DriveSchedule encode(Signal words, long firstCall) {
                return new DriveSchedule(DriveKind.ROW_VOLTAGE, List.of(phase));
            }

            @Override
            public void noise(DMatrixRMaj drives, Conditions conditions, DMatrixRMaj density) {
                density.reshape(drives.numRows, drives.numCols);
                density.fill(4e-18);
            }
        };
        RowNoise effect = new RowNoise(1e8);
        DMatrixRMaj out = inputs.copy();
        effect.disturb(
                new Effect.Drive(
                        encoder,
                        null,
                        phase,
                        Conditions.ROOM,
                        new Effect.Moment(0, new double[vectors], 0),
                        DIE.stream(effect.id())),
                out);
        assertEquals(1, NoisyReads.covariance(out.data, out.data) / 4e-10, 6 * Math.sqrt(2.0 / vectors));
        assertTrue(Arrays.stream(out.data).anyMatch(v -> v < 0));
    }

    @Test
    void blocksThatStateNothingHaveNone() {
        RowPort.Rows silent = (currents, conditions, gates) -> gates.setTo(currents);
        DMatrixRMaj inputs = NoisyReads.repeated(3, 1 * Si.nA, 2 * Si.nA);
        assertEquals(
                0.0,
                NoisyReads.covariance(
                        diff(disturbed(new RowNoise(1e9), silent, inputs, 1), inputs),
                        diff(disturbed(new RowNoise(1e9), silent, inputs, 1), inputs)));
    }

    private static double[] diff(DMatrixRMaj a, DMatrixRMaj b) {
        double[] out = a.data.clone();
        for (int k = 0; k < out.length; k++) {
            out[k] -= b.data[k];
        }
        return out;
    }

    @Test
    void aBandwidthOfNothingIsRefused() {
        for (double hertz : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new RowNoise(hertz));
            assertThrows(IllegalArgumentException.class, () -> new NoiseBandwidth.Fixed(hertz));
        }
    }
}
