package org.vmmlib.devices.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.apache.commons.math3.ode.nonstiff.DormandPrince853Integrator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.RowPort;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.CellLawContract.Row;

class ReferenceCellsTest {

    private static final Die DIE = Die.of(RandomStreams.of(7));
    private static final double[] WEIGHTS = {1, 0.8, 0.5, 0.1, 1e-3};

    /** Mirrored currents, one vector a row: I_out of cells with the weights, for input currents at one row line. */
    private static DMatrixRMaj mirrored(FloatingGateCell cell, RowPort.Rows rows, Conditions read, double... inputs) {
        CellState state = cell.store(new DMatrixRMaj(1, WEIGHTS.length, true, WEIGHTS), Conditions.ROOM);
        ArrayCells cells = cell.bind(state, read);
        DMatrixRMaj gates = new DMatrixRMaj(inputs.length, 1);
        rows.gates(new DMatrixRMaj(inputs.length, 1, true, inputs), read, gates);
        DMatrixRMaj out = new DMatrixRMaj(inputs.length, WEIGHTS.length);
        Row row = new Row(WEIGHTS.length);
        for (int b = 0; b < inputs.length; b++) {
            row.at(cells, gates.data[b], 0, 0.5);
            for (int j = 0; j < WEIGHTS.length; j++) {
                out.set(b, j, -row.current[j]);
            }
        }
        return out;
    }

    private static double[] decades(double from, double to, int count) {
        double[] out = new double[count];
        for (int k = 0; k < count; k++) {
            out[k] = from * Math.pow(to / from, k / (count - 1.0));
        }
        return out;
    }

    @Test
    void exponentialCellsMirrorExactlyOverFiveDecades() {
        double[] inputs = decades(1e-12, 1e-7, 101);
        for (FloatingGateCell cell : new FloatingGateCell[] {
            FloatingGateCell.exponential().build(),
            FloatingGateCell.exponential().saturation(true).dibl(0.05).build()
        }) {
            DMatrixRMaj out =
                    mirrored(cell, ReferenceCells.builder(cell).build().on(DIE, 1), Conditions.ROOM, inputs);
            for (int b = 0; b < inputs.length; b++) {
                for (int j = 0; j < WEIGHTS.length; j++) {
                    assertEquals(1, out.get(b, j) / (WEIGHTS[j] * inputs[b]), 1e-12);
                }
            }
        }
    }

    @Test
    void chargeBasedCellsDeviateByTheInversionCoefficientTimesOneMinusTheWeight() {
        FloatingGateCell cell =
                FloatingGateCell.chargeBased().specificCurrent(1e-6).dibl(0.02).build();
        // Up to IC = 1e-4, where the next order is IC²; at 0.5 V the reverse current takes 4e-9 off both currents.
        double[] inputs = decades(1e-12, 1e-10, 11);
        DMatrixRMaj out = mirrored(cell, ReferenceCells.builder(cell).build().on(DIE, 1), Conditions.ROOM, inputs);
        for (int b = 0; b < inputs.length; b++) {
            double inversion = inputs[b] / 1e-6;
            for (int j = 0; j < WEIGHTS.length; j++) {
                double deviation = out.get(b, j) / (WEIGHTS[j] * inputs[b]) - 1;
                assertEquals(inversion * (1 - WEIGHTS[j]), deviation, 2 * inversion * inversion + 1e-12);
            }
        }
        // At 16 nA and IC = 0.02 a cell of weight 1/2 is 1 % high, to second order in IC.
        FloatingGateCell published =
                NorFlash.esf3Nor55().cell().toBuilder().tuningCurrent(0).build();
        DMatrixRMaj full =
                mirrored(published, ReferenceCells.builder(published).build().on(DIE, 1), Conditions.ROOM, 16e-9);
        assertEquals(0.01, full.get(0, 2) / 8e-9 - 1, 5e-4);
    }

    @Test
    void referenceCellCarriesItsInputOnEveryLaw() {
        FloatingGateCell[] laws = {
            FloatingGateCell.exponential().build(),
            FloatingGateCell.exponential().saturation(true).build(),
            FloatingGateCell.chargeBased().saturation(false).dibl(0.1).build(),
            FloatingGateCell.chargeBased().dibl(0.1).build()
        };
        for (FloatingGateCell law : laws) {
            for (double drain : new double[] {0.002, 0.05, 0.5}) {
                // Forward and reverse current cancel at a small drain voltage.
                double tolerance = 3e-13 * (1 + 0.05 / drain);
                Channel channel = law.channel(Conditions.ROOM.atTemperature(320));
                for (double current : decades(1e-15, 1e-5, 51)) {
                    double gate = channel.gate(current, drain);
                    assertEquals(
                            1,
                            channel.current(gate, drain) / current,
                            tolerance,
                            law.datasheet().title() + " " + drain);
                }
            }
        }
    }

    @Test
    void referenceCellsInParallelDivideTheCurrentAndSettleFaster() {
        ReferenceCells one =
                NorFlash.esf3Nor55().references().toBuilder().cellsInParallel(1).build();
        ReferenceCells eight = one.toBuilder().cellsInParallel(8).build();
        assertEquals(0.125, eight.ratio());
        double[] inputs = decades(1e-11, 1e-8, 5);
        double[] eightfold = new double[5];
        for (int b = 0; b < 5; b++) {
            eightfold[b] = 8 * inputs[b];
        }
        DMatrixRMaj expected = mirrored(one.cell(), one.on(DIE, 1), Conditions.ROOM, inputs);
        DMatrixRMaj out = mirrored(one.cell(), eight.on(DIE, 1), Conditions.ROOM, eightfold);
        for (int k = 0; k < out.data.length; k++) {
            assertEquals(1, out.data[k] / expected.data[k], 1e-12);
        }
        double time = one.settlingTime(1e-9, 0.01, Conditions.ROOM);
        assertEquals(time / 8, eight.settlingTime(8e-9, 0.01, Conditions.ROOM), 1e-12 * time);
        assertEquals(
                one.cost(new Activity(0, 3, 0, 0)).time() / 8,
                eight.cost(new Activity(0, 3, 0, 0)).time(),
                1e-12 * time);
        assertEquals(24 * 0.428e-12, eight.cost(new Activity(0, 3, 0, 0)).area(), 1e-20);
    }

    @Test
    void anInputOfZeroSwitchesTheRowOffOrLeavesItAtItsOffLevel() {
        FloatingGateCell cell = FloatingGateCell.chargeBased().build();
        DMatrixRMaj gates = new DMatrixRMaj(1, 1);
        DMatrixRMaj zero = new DMatrixRMaj(1, 1);
        ReferenceCells ideal = ReferenceCells.builder(cell).build();
        ideal.on(DIE, 1).gates(zero, Conditions.ROOM, gates);
        assertEquals(Double.NEGATIVE_INFINITY, gates.data[0]);
        assertEquals(0, mirrored(cell, ideal.on(DIE, 1), Conditions.ROOM, 0).get(0, 0), 0.0);
        ReferenceCells reset = ideal.toBuilder().offLevel(0.1).build();
        reset.on(DIE, 1).gates(zero, Conditions.ROOM, gates);
        assertEquals(0.1, gates.data[0]);
        assertEquals(Double.NEGATIVE_INFINITY, offGate(reset.without("reference.off-level")));
    }

    private static double offGate(ReferenceCells cells) {
        DMatrixRMaj gates = new DMatrixRMaj(1, 1);
        cells.on(DIE, 1).gates(new DMatrixRMaj(1, 1), Conditions.ROOM, gates);
        return gates.data[0];
    }

    @Test
    void thresholdMismatchIsOneGainForARow() {
        FloatingGateCell cell = FloatingGateCell.exponential().build();
        ReferenceCells cells =
                ReferenceCells.builder(cell).thresholdMismatch(5e-3).build();
        double shift = DIE.mismatch("reference.threshold-mismatch", 5e-3, 1)[0];
        double gain = Math.exp(0.7 * shift / Conditions.ROOM.thermalVoltage());
        double[] inputs = decades(1e-11, 1e-8, 7);
        DMatrixRMaj out = mirrored(cell, cells.on(DIE, 1), Conditions.ROOM, inputs);
        for (int b = 0; b < inputs.length; b++) {
            for (int j = 0; j < WEIGHTS.length; j++) {
                assertEquals(gain, out.get(b, j) / (WEIGHTS[j] * inputs[b]), 1e-12);
            }
        }
        assertTrue(Math.abs(gain - 1) > 1e-3, "the draw of this seed is not near zero");
    }

    @Test
    void kappaMismatchIsAPowerLawThatTuningLeavesExactAtOneCurrent() {
        double tuning = 16e-9;
        FloatingGateCell cell =
                FloatingGateCell.exponential().tuningCurrent(tuning).build();
        ReferenceCells cells = ReferenceCells.builder(cell).kappaMismatch(0.02).build();
        double power = 1 / (1 + DIE.mismatch("reference.kappa-mismatch", 0.02, 1)[0]);
        double[] inputs = decades(1e-11, 1e-7, 9);
        DMatrixRMaj out = mirrored(cell, cells.on(DIE, 1), Conditions.ROOM, inputs);
        for (int b = 0; b < inputs.length; b++) {
            for (int j = 0; j < WEIGHTS.length; j++) {
                double expected = WEIGHTS[j] * tuning * Math.pow(inputs[b] / tuning, power);
                assertEquals(1, out.get(b, j) / expected, 1e-11);
            }
        }
        assertTrue(Math.abs(power - 1) > 1e-3, "the draw of this seed is not near zero");
    }

    @Test
    void gateLineSettlesAsTheIntegratedCircuitEquation() {
        double capacitance = 30e-15;
        FloatingGateCell cell = FloatingGateCell.exponential().build();
        Conditions warm = Conditions.ROOM.atTemperature(330);
        double ut = warm.thermalVoltage();
        double i0 = cell.channel(warm).specificCurrent();
        for (double reset : new double[] {Double.NEGATIVE_INFINITY, 0.3, 0.75}) {
            ReferenceCells cells = ReferenceCells.builder(cell)
                    .gateCapacitance(capacitance)
                    .offLevel(reset)
                    .build();
            for (double input : new double[] {1e-9, 16e-9}) {
                FirstOrderDifferentialEquations circuit = new FirstOrderDifferentialEquations() {
                    @Override
                    public int getDimension() {
                        return 1;
                    }

                    @Override
                    public void computeDerivatives(double t, double[] v, double[] slope) {
                        slope[0] = (input - i0 * Math.exp(0.7 * (v[0] - 0.8) / ut)) / capacitance;
                    }
                };
                double start = Double.isFinite(reset) ? reset : 0;
                for (double error : new double[] {0.3, 0.01, 1e-4}) {
                    double time = cells.settlingTime(input, error, warm);
                    double[] gate = {start};
                    new DormandPrince853Integrator(1e-15, 1e-6, 1e-13, 1e-13).integrate(circuit, 0, gate, time, gate);
                    double fraction = i0 * Math.exp(0.7 * (gate[0] - 0.8) / ut) / input;
                    assertEquals(error, Math.abs(fraction - 1), 1e-6 * error + 1e-9);
                    assertEquals(fraction, cells.settledFraction(input, time, warm), 1e-9);
                }
            }
        }
    }

    @Test
    void theSmallestInputSettlesLast() {
        ReferenceCells cells = NorFlash.esf3Nor55().references();
        double last = Double.POSITIVE_INFINITY;
        for (double input : decades(1e-10, 1e-7, 20)) {
            double time = cells.settlingTime(input, 0.01, Conditions.ROOM);
            assertTrue(time < last);
            last = time;
        }
        assertEquals(
                0,
                ReferenceCells.builder(FloatingGateCell.exponential().build())
                        .build()
                        .settlingTime(1e-9, 0.01, Conditions.ROOM));
    }

    @Test
    void costIsTheReferenceCurrentAndTheSettlingOfTheGateLines() {
        FloatingGateCell cell = FloatingGateCell.exponential().cellArea(0.5e-12).build();
        ReferenceCells cells = ReferenceCells.builder(cell)
                .drainVoltage(0.4)
                .gateCapacitance(20e-15)
                .settling(1e-9, 0.01)
                .build();
        // 10 vectors of 100 ns, 8 rows at 5 nA.
        double charge = 10 * 8 * 5e-9 * 100e-9;
        Cost cost = cells.cost(new Activity(10, 8, 10 * 100e-9, charge));
        assertEquals(1, cost.energy() / (0.4 * charge), 1e-12);
        assertEquals(cells.settlingTime(1e-9, 0.01, Conditions.ROOM), cost.time());
        assertEquals(8 * 0.5e-12, cost.area(), 1e-24);
        assertEquals(0, cells.cost(new Activity(0, 8, 0, 0)).energy());
    }

    @Test
    void imperfectionsOfTheLawAndOfTheReferenceCellsCanBeRemovedAlone() {
        ReferenceCells cells = ReferenceCells.builder(
                        FloatingGateCell.chargeBased().dibl(0.02).build())
                .thresholdMismatch(1e-3)
                .kappaMismatch(1e-3)
                .offLevel(0)
                .build();
        assertEquals(6, cells.imperfections().size());
        for (Imperfection imperfection : cells.imperfections()) {
            assertFalse(cells.without(imperfection.id()).imperfections().contains(imperfection));
            assertEquals(5, cells.without(imperfection.id()).imperfections().size());
        }
        assertTrue(Block.ideal(cells).imperfections().isEmpty());
        assertTrue(Block.ideal(cells).cell().imperfections().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> cells.without("fg.unknown"));
        for (Datasheet.Entry entry : cells.datasheet().entries()) {
            assertFalse(entry.source().isBlank());
        }
    }

    @Test
    void badInputIsRefusedByName() {
        ReferenceCells cells = NorFlash.esf3Nor55().references();
        DMatrixRMaj gates = new DMatrixRMaj(1, 2);
        assertRefused(
                "currents[0,1] = -1.0E-9",
                () -> cells.on(DIE, 2)
                        .gates(new DMatrixRMaj(1, 2, true, new double[] {0, -1e-9}), Conditions.ROOM, gates));
        assertRefused("currents is 1 x 3", () -> cells.on(DIE, 2).gates(new DMatrixRMaj(1, 3), Conditions.ROOM, gates));
        assertRefused("drainVoltage = 0.0", () -> cells.toBuilder().drainVoltage(0));
        assertRefused("offLevel = NaN", () -> cells.toBuilder().offLevel(Double.NaN));
        assertRefused("kappaMismatch = 0.5", () -> cells.toBuilder().kappaMismatch(0.5));
        assertRefused("error = 1.0", () -> cells.settlingTime(1e-9, 1, Conditions.ROOM));
        assertRefused("current = 0.0", () -> cells.settlingTime(0, 0.1, Conditions.ROOM));
    }

    private static void assertRefused(String start, org.junit.jupiter.api.function.Executable action) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, action).getMessage());
        assertTrue(message.startsWith(start), message);
    }
}
