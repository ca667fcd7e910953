package org.vmmlib.devices.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.CellLawContract.Row;

class CompensatedPairTest {

    private static final double T0 = 298.15;

    @Test
    void pairsAndTheirResidualsAreThoseOfTheTable() {
        double[][] pairs = {{0.5, 0.25}, {0.6, 0.177}, {0.8, 0.0655}, {0.9, 0.026}};
        double[] hot = {-1.52, -1.41, -1.01, -0.67};
        for (int k = 0; k < pairs.length; k++) {
            CompensatedPair pair = CompensatedPair.of(pairs[k][0] - pairs[k][1]);
            // The table has three digits; along the curve w+ moves as its difference does.
            assertEquals(pairs[k][0], pair.plus(), 1e-3);
            assertEquals(pairs[k][1], pair.minus(), 1e-3);
            double change = 100 * (pair.difference(T0, 358.15) / pair.difference(T0, T0) - 1);
            assertEquals(hot[k], change, 0.02);
            double cold = 100 * (pair.difference(T0, 253.15) / pair.difference(T0, T0) - 1);
            assertTrue(cold < -0.4 && cold > -1.4, "at -20 °C: " + cold);
        }
        // One half and one quarter are an exact pair: both have w ln w = −ln 2/2.
        assertEquals(0.5, CompensatedPair.of(0.25).plus(), 1e-14);
        assertEquals(0.25, CompensatedPair.of(0.25).minus(), 1e-14);
    }

    @Test
    void bothWeightsHaveTheSameSlopeForEveryDifference() {
        for (double difference = 0; difference <= 1; difference += 1.0 / 64) {
            CompensatedPair pair = CompensatedPair.of(difference);
            assertEquals(difference, pair.plus() - pair.minus(), 1e-15);
            double plus = pair.plus() * Math.log(pair.plus());
            double minus = pair.minus() == 0 ? 0 : pair.minus() * Math.log(pair.minus());
            assertEquals(plus, minus, 1e-14);
        }
        assertEquals(1, CompensatedPair.of(1).plus());
        assertEquals(1, CompensatedPair.of(1e-9).plus() * Math.E, 1e-8);
    }

    @Test
    void cellsOfAPairDriftByLessThanThreePercentFromRoomTo85Degrees() {
        // On the cells themselves, mirrored by a reference cell, weak inversion.
        FloatingGateCell cell =
                FloatingGateCell.chargeBased().thresholdDrift(-1e-3).build();
        DMatrixRMaj weights = new DMatrixRMaj(1, 6, true, new double[] {0.25, -0.25, 0.8, 0.05, -1, 0.5});
        DMatrixRMaj positive = new DMatrixRMaj(0, 0);
        DMatrixRMaj negative = new DMatrixRMaj(0, 0);
        CompensatedPair.split(weights, positive, negative);
        CellState plus = cell.store(positive, Conditions.ROOM);
        CellState minus = cell.store(negative, Conditions.ROOM);
        Row p = new Row(6);
        Row m = new Row(6);
        for (double celsius = 25; celsius <= 85; celsius += 10) {
            Conditions conditions = Conditions.ROOM.atTemperature(273.15 + celsius);
            double gate = cell.channel(conditions).gate(1e-10, 0.5);
            p.at(cell.bind(plus, conditions), gate, 0, 0.5);
            m.at(cell.bind(minus, conditions), gate, 0, 0.5);
            for (int j = 0; j < 6; j++) {
                double signed = (m.current[j] - p.current[j]) / 1e-10;
                assertEquals(1, signed / weights.data[j], celsius == 25 ? 1e-3 : 0.03);
            }
        }
    }

    @Test
    void badInputIsRefusedByName() {
        assertRefused("difference = 1.5", () -> CompensatedPair.of(1.5));
        assertRefused("plus = 0.2", () -> new CompensatedPair(0.2, 0.1));
        assertRefused("minus = 0.5", () -> new CompensatedPair(0.5, 0.5));
        assertRefused("read = 0.0", () -> CompensatedPair.of(0.5).difference(300, 0));
        assertRefused(
                "weights[0,0] = 2.0",
                () -> CompensatedPair.split(
                        new DMatrixRMaj(1, 1, true, new double[] {2}), new DMatrixRMaj(1, 1), new DMatrixRMaj(1, 1)));
    }

    private static void assertRefused(String start, org.junit.jupiter.api.function.Executable action) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, action).getMessage());
        assertTrue(message.startsWith(start), message);
    }
}
