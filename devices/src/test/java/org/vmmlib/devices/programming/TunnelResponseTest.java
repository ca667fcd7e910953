package org.vmmlib.devices.programming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.random.RandomStreams;

class TunnelResponseTest {

    private static final TunnelResponse GATE =
            new TunnelResponse(new StatePlane("threshold", "V", -2, 4), 15, 0.4, 1e-5);

    /** Integrated by Runge–Kutta steps. */
    @Test
    void aPulseIntegratesTheRateLaw() {
        double s = 0.2;
        double width = 3e-5;
        double h = width / 2000;
        for (int k = 0; k < 2000; k++) {
            double k1 = rate(s);
            double k2 = rate(s + 0.5 * h * k1);
            double k3 = rate(s + 0.5 * h * k2);
            double k4 = rate(s + h * k3);
            s += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }
        assertEquals(s, GATE.after(0.2, 16, width), 1e-9);
    }

    /** The middle of the window is 1 V. */
    private static double rate(double s) {
        return 0.4 / 1e-5 * Math.exp((16 - 15 - (s - 1)) / 0.4);
    }

    @Test
    void twoPulsesAreWorthOneOfTheirTotalWidth() {
        double one = GATE.after(0.5, 16.5, 3e-5);
        double two = GATE.after(GATE.after(0.5, 16.5, 1e-5), 16.5, 2e-5);
        assertEquals(one, two, 1e-12);
    }

    @Test
    void aStaircaseOfPulsesMovesTheThresholdByItsStep() {
        TunnelResponse wide = new TunnelResponse(new StatePlane("threshold", "V", -20, 20), 15, 0.4, 1e-5);
        double s = -3;
        double gate = 11;
        double last = 0;
        for (int k = 0; k < 60; k++) {
            double before = s;
            s = wide.after(s, gate, 1e-5);
            last = s - before;
            gate += 0.2;
        }
        assertEquals(0.2, last, 1e-9);
    }

    @Test
    void loweringMirrorsRaising() {
        double up = GATE.after(1.3, 16, 1e-5) - 1.3;
        double down = 0.7 - GATE.after(0.7, -16, 1e-5);
        assertEquals(up, down, 1e-12);
    }

    @Test
    void halfOfTheVoltageHardlyMovesACell() {
        SwitchingCells cells = GATE.on(Die.of(RandomStreams.of(1)), 1, 2);
        DMatrixRMaj states = new DMatrixRMaj(new double[][] {{0, 0}});
        cells.pulse(new DMatrixRMaj(new double[][] {{16, 8}}), 1e-5, 0, states);
        assertTrue(states.get(0, 0) > 0.5);
        assertTrue(states.get(0, 1) < 1e-6);
    }

    @Test
    void theWindowHolds() {
        assertEquals(4, GATE.after(3.9, 40, 1), 0);
        assertEquals(-2, GATE.after(0, -400, 1), 0);
    }

    @Test
    void badParametersAreRefusedByName() {
        StatePlane plane = GATE.plane();
        SoftBoundsResponseTest.refused("onset", () -> new TunnelResponse(plane, 0, 1, 1));
        SoftBoundsResponseTest.refused("steepness", () -> new TunnelResponse(plane, 1, Double.NaN, 1));
        SoftBoundsResponseTest.refused("time", () -> new TunnelResponse(plane, 1, 1, -1));
        SoftBoundsResponseTest.refused("threshold", () -> GATE.after(5, 16, 1e-5));
        SoftBoundsResponseTest.refused(
                "threshold high", () -> new TunnelResponse(new StatePlane("threshold", "V", 1, 1), 1, 1, 1));
    }
}
