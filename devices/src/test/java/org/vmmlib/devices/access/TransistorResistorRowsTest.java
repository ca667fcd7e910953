package org.vmmlib.devices.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.transistor.MosChannel;

class TransistorResistorRowsTest {

    private static final int COLUMNS = 16;

    /** The node by halving, on the current of one channel. */
    private static double node(MosChannel channel, double pinchOff, double g, double a, double b) {
        double low = Math.min(a, b);
        double high = Math.max(a, b);
        while (true) {
            double x = low + 0.5 * (high - low);
            if (x <= low || x >= high) {
                return x;
            }
            if (g * (a - x) > -channel.current(pinchOff, x, b)) {
                low = x;
            } else {
                high = x;
            }
        }
    }

    @Test
    void everyNodeObeysKirchhoffsLawWhateverTheDevices() {
        // Fixed points: resistor and channel over nine decades, weak to strong inversion, DIBL none, usual and extreme.
        RandomStream random = RandomStreams.of(2).stream("cells", 0);
        long k = 0;
        double[] vRow = new double[COLUMNS];
        double[] vColumn = new double[COLUMNS];
        double[] current = new double[COLUMNS];
        double[] slopeRow = new double[COLUMNS];
        double[] slopeColumn = new double[COLUMNS];
        for (int trial = 0; trial < 400; trial++) {
            double dibl = trial % 3 == 0 ? 0 : (trial % 3 == 1 ? 0.03 : 0.9) * random.uniform(k++);
            MosChannel channel = new MosChannel(
                    0.5 + 0.5 * random.uniform(k++),
                    Math.pow(10, -8 + 5 * random.uniform(k++)),
                    0.4,
                    dibl,
                    trial % 4 != 0,
                    true,
                    Conditions.ROOM.thermalVoltage());
            boolean atRow = trial % 2 == 0;
            DMatrixRMaj g = new DMatrixRMaj(1, COLUMNS);
            for (int j = 0; j < COLUMNS; j++) {
                g.data[j] = Math.pow(10, -10 + 9 * random.uniform(k++));
                vRow[j] = random.uniform(k++);
                vColumn[j] = random.uniform(k++);
            }
            double gate = -0.5 + (channel.inversion() ? 3 : 1) * random.uniform(k++);
            TransistorResistorCells cells = new TransistorResistorCells(channel, g, atRow, Double.NaN, 0, 300);
            cells.evaluate(0, gate, vRow, vColumn, current, slopeRow, slopeColumn);
            double pinchOff = channel.pinchOff(gate);
            for (int j = 0; j < COLUMNS; j++) {
                double a = atRow ? vRow[j] : vColumn[j];
                double b = atRow ? vColumn[j] : vRow[j];
                double x = node(channel, pinchOff, g.data[j], a, b);
                double ofChannel = channel.sourceSlope(pinchOff, x, b);
                double part = 1 / (g.data[j] + ofChannel);
                // Each weighted by the slope of the other: a rounding of the node cancels.
                double expected =
                        part * (ofChannel * g.data[j] * (a - x) - g.data[j] * channel.current(pinchOff, x, b));
                String where = channel + ", gate " + gate + ", g " + g.data[j] + ", a " + a + ", b " + b;
                assertEquals(1, current[j] / ((atRow ? 1 : -1) * expected), 1e-9, where);
                double byA = part * g.data[j] * ofChannel;
                double byB = part * g.data[j] * channel.drainSlope(pinchOff, x, b);
                assertEquals(1, (atRow ? slopeRow[j] : -slopeColumn[j]) / byA, 1e-6, where);
                assertEquals(1, (atRow ? -slopeColumn[j] : slopeRow[j]) / byB, 1e-6, where);
            }
        }
    }

    /** Three cells, the one in the middle open. Zero would be a lucky start value: 7 is not. */
    private static void assertTheMiddleIsOpen(ArrayCells cells, double gate, double drive, double signOfCurrent) {
        double[] zero = new double[3];
        double[] volts = {drive, drive, drive};
        double[] current = {7, 7, 7};
        double[] slopeRow = {7, 7, 7};
        double[] slopeColumn = {7, 7, 7};
        cells.evaluate(0, gate, volts, zero, current, slopeRow, slopeColumn);
        assertEquals(0, current[1], 0.0);
        assertEquals(0, slopeRow[1], 0.0);
        assertEquals(0, slopeColumn[1], 0.0);
        assertTrue(signOfCurrent * current[0] > 1e-9 && signOfCurrent * current[2] > 1e-9, Arrays.toString(current));
        DMatrixRMaj density = new DMatrixRMaj(1, 3);
        DMatrixRMaj drives = new DMatrixRMaj(1, 1, true, new double[] {Double.isNaN(gate) ? drive : gate});
        cells.noiseDensity(drives, 0.1, new DMatrixRMaj(1, 3), density);
        assertEquals(0, density.data[1], 0.0);
        assertTrue(density.data[0] > 0 && density.data[2] > 0);
    }

    @Test
    void cellsWithoutConductanceCarryNothing() {
        DMatrixRMaj g = new DMatrixRMaj(1, 3, true, new double[] {1e-5, 0, 1e-6});
        for (boolean inversion : new boolean[] {true, false}) {
            for (double dibl : new double[] {0, 0.02, 0.5}) {
                MosChannel channel =
                        new MosChannel(0.7, 1e-6, 0.4, dibl, inversion, true, Conditions.ROOM.thermalVoltage());
                // 1T1R, its gate held, either end at the row.
                assertTheMiddleIsOpen(new TransistorResistorCells(channel, g, true, 1.2, 0, 300), Double.NaN, 0.2, 1);
                assertTheMiddleIsOpen(
                        new TransistorResistorCells(channel, g, false, 1.2, 0, 300), Double.NaN, -0.2, -1);
                // Degenerated source: the input at the gate.
                assertTheMiddleIsOpen(new TransistorResistorCells(channel, g, true, Double.NaN, 0.3, 300), 0.6, 0, 1);
                // 2T2R: the open cell of one of the pair leaves the other one alone.
                TransistorResistorCells plus = new TransistorResistorCells(channel, g, false, Double.NaN, -0.2, 300);
                TransistorResistorCells none =
                        new TransistorResistorCells(channel, new DMatrixRMaj(1, 3), false, Double.NaN, 0.2, 300);
                assertTheMiddleIsOpen(new SignedPairCells(plus, none), 0.6, 0, -1);
            }
        }
        // 1S1R.
        assertTheMiddleIsOpen(new SelectorResistorCells(g, 1e-7, 0.1, 300), Double.NaN, 0.4, 1);
    }

    @Test
    void anOpenCellChangesNoBitOfItsNeighbours() {
        MosChannel channel = new MosChannel(0.7, 1e-6, 0.4, 0.02, true, true, Conditions.ROOM.thermalVoltage());
        double[] closed = {1e-5, 3e-7, 1e-6, 2e-8, 4e-6};
        double[] open = closed.clone();
        open[1] = 0;
        double[] drives = {0.2, 0.7, 0.01, -0.3, 0.4};
        double[][] both = new double[2][5];
        double[][][] slopes = new double[2][2][5];
        double[][] states = {closed, open};
        for (int k = 0; k < 2; k++) {
            new TransistorResistorCells(channel, new DMatrixRMaj(1, 5, true, states[k]), true, 0.7, 0, 300)
                    .evaluate(0, Double.NaN, drives, new double[5], both[k], slopes[k][0], slopes[k][1]);
        }
        for (int j : new int[] {0, 2, 3, 4}) {
            assertEquals(both[0][j], both[1][j], 0.0);
            assertEquals(slopes[0][0][j], slopes[1][0][j], 0.0);
            assertEquals(slopes[0][1][j], slopes[1][1][j], 0.0);
        }
        assertEquals(0, both[1][1], 0.0);
    }
}
