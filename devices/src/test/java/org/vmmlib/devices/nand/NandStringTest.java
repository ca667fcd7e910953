package org.vmmlib.devices.nand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.physics.Ekv;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.CellLawContract;

/** A string with every imperfection, its lowest cell selected. */
class NandStringTest extends CellLawContract {

    private static final double KAPPA = 0.7;
    private static final double CELL = 20e-9;
    private static final double SELECT = 35e-9;

    @Override
    protected NandString law() {
        return string(4).build();
    }

    private static NandString.Builder string(int layers) {
        return NandString.string()
                .layers(layers)
                .kappa(KAPPA)
                .specificCurrent(CELL)
                .selectTransistors(0.4, SELECT)
                .dibl(0.03)
                .grainBarrier(0.05)
                .thresholdDrift(-1e-3);
    }

    @Override
    protected double[] voltages() {
        return new double[] {-0.3, -0.1, -0.02, 0, 0.003, 0.01, 0.1, 0.5, 0.7};
    }

    @Override
    protected double[] gates() {
        // Off, at the threshold of the bit-select transistor, where it limits the current, and on.
        return new double[] {0, 0.4, 0.7, 1, 4};
    }

    @Override
    protected Point read() {
        return new Point(4, 0, 0.7);
    }

    /** Current into the strings of row 0 from the bit lines. */
    private static double[] currents(NandString law, CellState state, double gate, double source, double drain) {
        Row row = new Row(state.columns());
        row.at(law.bind(state, Conditions.ROOM), gate, source, drain);
        double[] out = new double[state.columns()];
        for (int j = 0; j < out.length; j++) {
            out[j] = -row.current[j];
        }
        return out;
    }

    /** A block of one string. */
    private static CellState block(NandString law, double... thresholds) {
        DMatrixRMaj[] planes = new DMatrixRMaj[thresholds.length];
        for (int k = 0; k < planes.length; k++) {
            planes[k] = new DMatrixRMaj(1, 1, true, new double[] {thresholds[k]});
        }
        return new CellState(law.planes(), planes);
    }

    private static double[] pattern(long seed, int layers) {
        double[] thresholds = new double[layers];
        RandomStreams.of(seed).stream("pattern", 0).uniforms(0, thresholds, 0, layers);
        for (int k = 0; k < layers; k++) {
            thresholds[k] *= 3;
        }
        return thresholds;
    }

    private static SlowString slow(double[] thresholds, int selected, double gate, double dibl) {
        SlowString slow = new SlowString(Conditions.ROOM.thermalVoltage(), KAPPA).add(SELECT, 4, 0.4, 0);
        for (int k = 0; k < thresholds.length; k++) {
            slow.add(CELL, k == selected ? 1.8 : 6, thresholds[k], k == selected ? dibl : 0);
        }
        return slow.add(SELECT, gate, 0.4, 0);
    }

    @Test
    void currentIsThatOfAllTransistorsInSeries() {
        double[] thresholds = pattern(3, 6);
        for (int selected : new int[] {0, 3, 5}) {
            thresholds[selected] = 1.2;
            NandString law = string(6).cellByCell(true).selected(selected).build();
            for (double gate : new double[] {0.5, 1, 4}) {
                for (double[] ends : new double[][] {{0, 0.7}, {0.02, 0.05}, {-0.2, 0.5}}) {
                    double expected = slow(thresholds, selected, gate, 0.03).current(ends[0], ends[1]);
                    double found = currents(law, block(law, thresholds), gate, ends[0], ends[1])[0];
                    assertEquals(1, found / expected, 1e-9, "layer " + selected + ", gate " + gate);
                }
            }
        }
    }

    @Test
    void currentsAreTheSameBothWaysThroughAStringThatIsItsOwnMirrorImage() {
        double[] thresholds = {0.3, 2, 1.1, 2, 0.3};
        NandString law = string(5).cellByCell(true).selected(2).build();
        CellState block = block(law, thresholds);
        for (double gate : new double[] {4, 0.5}) {
            // The gate of the bit-select transistor is that of the source-select one at 4 V only.
            double forward = currents(law, block, gate, 0.1, 0.6)[0];
            double backward = -currents(law, block, gate, 0.6, 0.1)[0];
            if (gate == 4) {
                assertEquals(1, forward / backward, 1e-13);
            } else {
                assertTrue(forward / backward > 1.01 || forward / backward < 0.99);
            }
        }
    }

    @Test
    void stringOfOneCellIsItsTransistorBetweenTheSelectTransistors() {
        NandString law = string(1).build();
        for (double gate : new double[] {0.5, 4}) {
            double expected = slow(new double[] {1.3}, 0, gate, 0.03).current(0, 0.7);
            assertEquals(1, currents(law, block(law, 1.3), gate, 0, 0.7)[0] / expected, 1e-9);
        }
        // Select transistors of a thousand amperes leave the cell alone.
        NandString wide = law.toBuilder().selectTransistors(0.4, 1e3).build();
        NandString alone = law.without("nand.series");
        double ut = Conditions.ROOM.thermalVoltage();
        for (double drain : new double[] {0.01, 0.7}) {
            double single = currents(alone, block(alone, 1.3), 4, 0, drain)[0];
            assertEquals(1, currents(wide, block(wide, 1.3), 4, 0, drain)[0] / single, 1e-9);
            double v = KAPPA * (1.8 - 1.3 + 0.03 * (Math.hypot(drain, ut) - ut)) / ut;
            assertEquals(1, single / (CELL * (Ekv.current(v) - Ekv.current(v - drain / ut))), 1e-12);
        }
    }

    @Test
    void idealBitSelectTransistorIsASwitch() {
        NandString alone = law().without("nand.series");
        CellState state = block(alone, 1, 0, 0, 0);
        assertEquals(0, currents(alone, state, 0.3, 0, 0.7)[0], 0.0);
        assertEquals(currents(alone, state, 4, 0, 0.7)[0], currents(alone, state, 0.5, 0, 0.7)[0]);
    }

    @Test
    void passCellsOfOneThresholdAreExactlyOneLongTransistor() {
        double[] thresholds = new double[64];
        for (double background : new double[] {0, 1.7, 3}) {
            Arrays.fill(thresholds, background);
            thresholds[40] = 1;
            NandString law = string(64).selected(40).build();
            SlowString two = new SlowString(Conditions.ROOM.thermalVoltage(), KAPPA)
                    .add(SELECT, 4, 0.4, 0)
                    .add(CELL / 40, 6, background, 0)
                    .add(CELL, 1.8, 1, 0.03)
                    .add(CELL / 23, 6, background, 0)
                    .add(SELECT, 4, 0.4, 0);
            double merged = currents(law, block(law, thresholds), 4, 0, 0.7)[0];
            assertEquals(1, merged / two.current(0, 0.7), 1e-9);
            assertEquals(1, merged / slow(thresholds, 40, 4, 0.03).current(0, 0.7), 1e-9);
        }
    }

    @Test
    void mergedPassCellsAreWithinTwoThousandthsOfEachByItself() {
        // Random patterns, and those in rising order, erased on one side and programmed on the other.
        for (int layer : new int[] {0, 20, 63}) {
            NandString law = string(64).selected(layer).build();
            NandString exact = law.toBuilder().cellByCell(true).build();
            for (long seed = 1; seed <= 20; seed++) {
                double[] thresholds = pattern(seed, 64);
                thresholds[layer] = 1.1;
                CellState block = block(law, thresholds);
                double merged = currents(law, block, 4, 0, 0.7)[0];
                assertEquals(1, merged / currents(exact, block, 4, 0, 0.7)[0], 2e-3);
                Arrays.sort(thresholds);
                thresholds[layer] = 1.1;
                CellState sorted = block(law, thresholds);
                merged = currents(law, sorted, 4, 0, 0.7)[0];
                assertEquals(1, merged / currents(exact, sorted, 4, 0, 0.7)[0], 2e-3);
            }
        }
    }

    @Test
    void cellsNearTheBitLineCarryLessAtTheSameThreshold() {
        // Pass cells below a cell raise its source, those above only take from its drain-source voltage.
        double last = Double.POSITIVE_INFINITY;
        double first = 0;
        for (int layer = 0; layer < 64; layer++) {
            NandString law = string(64).selected(layer).build();
            double[] thresholds = new double[64];
            thresholds[layer] = 1.3;
            double current = currents(law, block(law, thresholds), 4, 0, 0.7)[0];
            assertTrue(current < last, "layer " + layer);
            last = current;
            first = layer == 0 ? current : first;
        }
        assertTrue(last < 0.8 * first);
    }

    @Test
    void programmedPassCellsLowerTheCurrentWhicheverTheyAre() {
        double[] erased = new double[8];
        erased[4] = 1.2;
        NandString law = string(8).selected(4).build();
        double most = currents(law, block(law, erased), 4, 0, 0.7)[0];
        for (int k = 0; k < 8; k++) {
            if (k != 4) {
                double[] one = erased.clone();
                one[k] = 3;
                double less = currents(law, block(law, one), 4, 0, 0.7)[0];
                assertTrue(less < most);
                NandString blind = law.without("nand.background");
                assertEquals(most, currents(blind, block(blind, one), 4, 0, 0.7)[0]);
            }
        }
    }

    @Test
    void weightsAreWrittenWithLayerAndBackgroundTunedAway() {
        double[] weights = {1, 0.6, 0.05, 1e-3};
        DMatrixRMaj w = new DMatrixRMaj(1, 4, true, weights);
        NandString bottom = string(16).maxCurrent(0.2e-6).build();
        CellState block = bottom.erased(1, 4);
        for (int layer : new int[] {15, 3, 8}) {
            NandString law = bottom.select(layer);
            block = law.write(block, w, Conditions.ROOM);
            double[] found = currents(law, block, law.onVoltage(), 0, law.drainVoltage());
            for (int j = 0; j < 4; j++) {
                assertEquals(weights[j], found[j] / 0.2e-6, 1e-10);
            }
        }
        // What the later layers did to the first: less than at the time it was tuned.
        double[] first = currents(bottom.select(15), block, 4, 0, 0.7);
        assertTrue(first[0] < 0.2e-6 && first[0] > 0.15e-6);
    }

    @Test
    void errorsAreThoseOfTheCurrentInItsBackground() {
        NandString law = string(6).selected(3).build();
        CellState target = block(law, pattern(9, 6));
        CellState off = law.deviate(target, new DMatrixRMaj(1, 1, true, new double[] {0.04}), Conditions.ROOM);
        assertEquals(1.04, currents(law, off, 4, 0, 0.7)[0] / currents(law, target, 4, 0, 0.7)[0], 1e-9);
        for (int k = 0; k < 6; k++) {
            if (k != 3) {
                assertEquals(target.plane("threshold " + k).data[0], off.plane("threshold " + k).data[0]);
            }
        }
    }

    @Test
    void noiseWithoutAVoltageIsThatOfTheStringsConductance() {
        // Nyquist: whatever the transistors are, together they make 4kTg.
        NandString law = string(6).selected(2).build();
        CellState block = block(law, pattern(5, 6));
        ArrayCells cells = law.bind(block, Conditions.ROOM);
        Row row = new Row(1);
        for (double gate : new double[] {0.4, 0.8, 4}) {
            row.at(cells, gate, 0, 0);
            double expected = 4 * Constants.BOLTZMANN * 298.15 * row.slopeRow[0];
            assertEquals(1, noise(cells, gate, 0) / expected, 1e-9);
        }
    }

    private static double noise(ArrayCells cells, double gate, double drain) {
        DMatrixRMaj density = new DMatrixRMaj(1, 1);
        cells.noiseDensity(new DMatrixRMaj(1, 1, true, new double[] {gate}), drain, new DMatrixRMaj(1, 1), density);
        return density.data[0];
    }

    @Test
    void aCellInWeakInversionMakesShotNoiseAndADegeneratedOneLess() {
        NandString law = string(64).build();
        double[] thresholds = new double[64];
        thresholds[0] = 2.2;
        ArrayCells weak = law.bind(block(law, thresholds), Conditions.ROOM);
        Row row = new Row(1);
        row.at(weak, 4, 0, 0.7);
        double shot = 2 * Constants.ELEMENTARY_CHARGE * -row.current[0];
        assertEquals(1, noise(weak, 4, 0.7) / shot, 2e-3);

        // In weak inversion, dI = (I/U_t)(n − R dI) behind a source resistance R whose own noise is 4kT/R.
        NandString top = string(1024).selected(1023).maxCurrent(1e-9).build();
        thresholds = new double[1024];
        thresholds[1023] = 1.95;
        ArrayCells cells = top.bind(block(top, thresholds), Conditions.ROOM);
        row.at(cells, 4, 0, 0.7);
        double current = -row.current[0];
        double ut = Conditions.ROOM.thermalVoltage();
        double p = KAPPA * 6 / ut;
        double resistance = ut / CELL * 1023 / Ekv.charge(p) + ut / SELECT / Ekv.charge(KAPPA * 3.6 / ut);
        double x = current * resistance / ut;
        double expected = 2 * Constants.ELEMENTARY_CHARGE * current * (1 + 2 * x) / ((1 + x) * (1 + x));
        assertTrue(x > 0.1 && current < 0.03 * CELL);
        assertEquals(1, noise(cells, 4, 0.7) / expected, 0.02);
    }

    @Test
    void warmStringsCarryMoreAndFollowTheirGrains() {
        NandString law = string(1).grainBarrier(0.1).thresholdDrift(0).build().without("nand.series");
        double[] weak = {1.9};
        Row row = new Row(1);
        double[] found = new double[2];
        double[] kelvins = {298.15, 358.15};
        for (int k = 0; k < 2; k++) {
            Conditions conditions = Conditions.ROOM.atTemperature(kelvins[k]);
            row.at(law.bind(block(law, weak), conditions), 4, 0, 0.7);
            double ut = conditions.thermalVoltage();
            double v = KAPPA * (1.8 - 1.9 + 0.03 * (Math.hypot(0.7, ut) - ut)) / ut;
            found[k] = -row.current[0] / (Ekv.current(v) - Ekv.current(v - 0.7 / ut));
        }
        double k = Constants.BOLTZMANN / Constants.ELEMENTARY_CHARGE;
        double arrhenius = Math.exp(-0.1 / k * (1 / 358.15 - 1 / 298.15));
        assertEquals(Math.pow(358.15 / 298.15, 2) * arrhenius, found[1] / found[0], 1e-9);
        assertTrue(found[1] > found[0]);
    }

    @Test
    void chargeInStrongInversionIsTheExactOne() {
        for (double v = 39; v < 1e7; v *= 1.0037) {
            assertEquals(1, StringCells.charge(v) / Ekv.charge(v), 2e-15);
        }
    }

    @Test
    void signalOfAPulseIsTheLargestCurrent() {
        assertEquals(1, law().unitSignal(DriveKind.GATE_VOLTAGE, 4, 0.7, Conditions.ROOM) / law().maxCurrent(), 1e-9);
        assertRefused("kind = ROW_VOLTAGE", () -> law().unitSignal(DriveKind.ROW_VOLTAGE, 0.1, 0, Conditions.ROOM));
    }

    @Test
    void badParametersAreRefusedByName() {
        NandString.Builder builder = NandString.string();
        assertRefused("layers = 0", () -> builder.layers(0));
        assertRefused("layer = 64", () -> builder.selected(64));
        assertRefused("kappa = 0.0", () -> builder.kappa(0));
        assertRefused("specificCurrent = 0.0", () -> builder.specificCurrent(0));
        assertRefused("high = 0.0", () -> builder.window(0, 0));
        assertRefused("dibl = 1.0", () -> builder.dibl(1));
        assertRefused("drainVoltage = 0.0", () -> builder.drainVoltage(0));
        assertRefused("grainBarrier = -0.1", () -> builder.grainBarrier(-0.1));
        assertRefused("threshold = NaN", () -> builder.selectTransistors(Double.NaN, 1));
        assertRefused("source = paper", () -> NandString.string().from("paper"));
        assertRefused(
                "passVoltage = 3.5: must be at least 4.0",
                () -> NandString.string().passVoltage(3.5).build());
        assertRefused(
                "maxCurrent = 1.0E-5: must be at most",
                () -> NandString.string().maxCurrent(1e-5).build());
        CellState other = string(3).build().erased(1, 1);
        assertRefused("state has planes", () -> law().bind(other, Conditions.ROOM));
        DMatrixRMaj small = new DMatrixRMaj(1, 1);
        assertRefused("weights is 1 x 1: must be 2 x 2", () -> law().write(law().erased(2, 2), small, Conditions.ROOM));
    }

    @Test
    void refusedCurrentIsTheOneThatTheErasedStringCarries() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> string(64).maxCurrent(5e-6).build());
        String message = String.valueOf(refusal.getMessage());
        double most = Double.parseDouble(message.replaceAll(".*at most ([0-9.E-]+),.*", "$1"));
        string(64).maxCurrent(0.999 * most).build();
        assertRefused("maxCurrent", () -> string(64).maxCurrent(1.001 * most).build());
    }

    @Test
    void everyLayerOfABlockIsItsOwnArray() {
        NandString law = string(3).build();
        List<Double> found = new ArrayList<>();
        CellState block = block(law, 1.6, 1.8, 2);
        for (int layer = 0; layer < 3; layer++) {
            found.add(currents(law.select(layer), block, 4, 0, 0.7)[0]);
        }
        assertTrue(found.get(0) > 2 * found.get(1) && found.get(1) > 2 * found.get(2));
        DMatrixRMaj full = new DMatrixRMaj(2, 2);
        CommonOps_DDRM.fill(full, 1);
        CellState written = law.select(1).write(law.erased(2, 2), full, Conditions.ROOM);
        assertTrue(CommonOps_DDRM.elementMax(written.plane("threshold 0")) == 0);
        assertTrue(CommonOps_DDRM.elementMin(written.plane("threshold 1")) > 0.5);
    }
}
