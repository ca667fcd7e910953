package org.vmmlib.devices.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.transistor.MosChannel;

class SplitGateRowsTest {

    private static final int COLUMNS = 16;

    private static MosChannel channel(RandomStream random, long k, double dibl) {
        return new MosChannel(
                0.5 + 0.5 * random.uniform(k),
                Math.pow(10, -8 + 4 * random.uniform(k + 1)),
                0.4,
                dibl,
                true,
                true,
                Conditions.ROOM.thermalVoltage());
    }

    @Test
    void everyNodeObeysKirchhoffsLawWhateverTheDevices() {
        // Fixed points: either gate limits, weak to strong inversion, DIBL none, usual and extreme.
        RandomStream random = RandomStreams.of(3).stream("cells", 0);
        long k = 0;
        double[] vRow = new double[COLUMNS];
        double[] vColumn = new double[COLUMNS];
        double[] current = new double[COLUMNS];
        double[] slopeRow = new double[COLUMNS];
        double[] slopeColumn = new double[COLUMNS];
        double[] most = {0, 0.03, 0.9};
        for (int trial = 0; trial < 400; trial++) {
            MosChannel floating = channel(random, k, most[trial % 3] * random.uniform(k + 2));
            MosChannel select = channel(random, k + 3, most[trial / 3 % 3] * random.uniform(k + 5));
            double selectPinchOff = select.pinchOff(-0.2 + 2 * random.uniform(k + 6));
            double gate = -0.5 + 3 * random.uniform(k + 7);
            k += 8;
            DMatrixRMaj thresholds = new DMatrixRMaj(1, COLUMNS);
            for (int j = 0; j < COLUMNS; j++) {
                thresholds.data[j] = -0.5 + random.uniform(k++);
                vRow[j] = random.uniform(k++);
                vColumn[j] = random.uniform(k++);
            }
            SplitGateCells cells = new SplitGateCells(floating, select, selectPinchOff, thresholds, 300);
            cells.evaluate(0, gate, vRow, vColumn, current, slopeRow, slopeColumn);
            for (int j = 0; j < COLUMNS; j++) {
                double pinchOff = floating.pinchOff(gate - thresholds.data[j]);
                double low = Math.min(vRow[j], vColumn[j]);
                double high = Math.max(vRow[j], vColumn[j]);
                double x = 0.5 * (low + high);
                while (x > low && x < high) {
                    if (select.current(selectPinchOff, x, vColumn[j]) > floating.current(pinchOff, vRow[j], x)) {
                        low = x;
                    } else {
                        high = x;
                    }
                    x = 0.5 * (low + high);
                }
                double below = floating.drainSlope(pinchOff, vRow[j], x);
                double above = select.sourceSlope(selectPinchOff, x, vColumn[j]);
                double part = 1 / (below + above);
                double expected = -part
                        * (below * select.current(selectPinchOff, x, vColumn[j])
                                + above * floating.current(pinchOff, vRow[j], x));
                String where =
                        floating + ", " + select + ", gate " + gate + ", row " + vRow[j] + ", column " + vColumn[j];
                assertEquals(1, current[j] / expected, 1e-9, where);
                double bySource = part * above * floating.sourceSlope(pinchOff, vRow[j], x);
                double byDrain = part * below * select.drainSlope(selectPinchOff, x, vColumn[j]);
                assertEquals(1, slopeRow[j] / bySource, 1e-6, where);
                assertEquals(1, -slopeColumn[j] / byDrain, 1e-6, where);
            }
        }
    }

    @Test
    void cellsOffCarryNothing() {
        // Charges of e^-1000 and below are 0; so are currents and slopes then, of whichever gate, and no quotient of
        // them.
        MosChannel channel = new MosChannel(0.7, 1e-6, 0.4, 0.02, true, true, Conditions.ROOM.thermalVoltage());
        DMatrixRMaj thresholds = new DMatrixRMaj(1, 3, true, new double[] {0, 60, 0.1});
        double[] current = {7, 7, 7};
        double[] slopeRow = {7, 7, 7};
        double[] slopeColumn = {7, 7, 7};
        double[] zero = new double[3];
        double[] drains = {0.5, 0.5, 0.5};
        SplitGateCells on = new SplitGateCells(channel, channel, channel.pinchOff(0.8), thresholds, 300);
        on.evaluate(0, 0.6, zero, drains, current, slopeRow, slopeColumn);
        assertEquals(0, current[1], 0.0);
        assertEquals(0, slopeRow[1], 0.0);
        assertEquals(0, slopeColumn[1], 0.0);
        assertEquals(true, current[0] < -1e-9 && current[2] < -1e-9);
        SplitGateCells off = new SplitGateCells(channel, channel, channel.pinchOff(-60), thresholds, 300);
        off.evaluate(0, 0.6, zero, drains, current, slopeRow, slopeColumn);
        for (int j = 0; j < 3; j++) {
            assertEquals(0, current[j], 0.0);
            assertEquals(0, slopeRow[j], 0.0);
            assertEquals(0, slopeColumn[j], 0.0);
        }
    }
}
