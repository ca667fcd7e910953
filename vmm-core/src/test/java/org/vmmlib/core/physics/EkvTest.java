package org.vmmlib.core.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EkvTest {

    @Test
    void chargeIsWithinFourUlpOfMultiplePrecisionValues() {
        ReferenceTable.Worst worst = ReferenceTable.read("ekv-charge.csv").worst(Ekv::charge);
        assertTrue(worst.ulps() <= 4, worst::toString);
    }

    @Test
    void chargeSolvesTheChargeVoltageRelation() {
        for (double v = -30; v <= 1e4; v += v < 60 ? 0.0123 : 17.3) {
            double q = Ekv.charge(v);
            assertEquals(v, 2 * q + Math.log(q), 4e-15 * Math.max(1, Math.abs(v)));
        }
    }

    @Test
    void weakInversionIsTheExponentialAndStrongInversionTheSquare() {
        for (double v = -700; v < -40; v += 7.77) {
            assertEquals(1, Ekv.current(v) / Math.exp(v), 2e-16);
        }
        // i = (v/2)² (1 + O(ln v / v)), from q = (v − ln q)/2.
        for (double v : new double[] {1e4, 1e6, 1e8}) {
            assertEquals(1, Ekv.current(v) / (v * v / 4), 3 * Math.log(v) / v);
        }
        // First order above weak inversion: ln i = v − i + O(i²), from ln q = ln i − q and 2q.
        for (double v = -12; v < -6; v += 0.5) {
            double i = Ekv.current(v);
            assertEquals(v - i, Math.log(i), 4 * i * i + 1e-14);
        }
    }

    @Test
    void slopeOfTheCurrentIsTheCharge() {
        for (double v = -45; v <= 45; v += 0.137) {
            double h = 1e-4;
            double difference =
                    (Ekv.current(v - 2 * h) - 8 * Ekv.current(v - h) + 8 * Ekv.current(v + h) - Ekv.current(v + 2 * h))
                            / (12 * h);
            assertEquals(1, difference / Ekv.charge(v), 1e-9);
        }
    }

    @Test
    void currentAndVoltageAreInverse() {
        for (double i = 1e-12; i < 1e6; i *= 1.7) {
            assertEquals(1, Ekv.current(Ekv.voltageAtCurrent(i)) / i, 2e-14);
            double q = Ekv.chargeAtCurrent(i);
            assertEquals(1, (q + q * q) / i, 1e-15);
        }
        assertEquals(Double.NEGATIVE_INFINITY, Ekv.voltageAtCurrent(0));
    }

    @Test
    void neverDecreasesAcrossNodesAndRegionBorders() {
        for (double border : new double[] {-700, -40, -1 / 64.0, 0, 1 / 64.0, 1, 4, 39.984375, 40, 64, 65.5, 1048576}) {
            double v = border;
            for (int k = 0; k < 200; k++) {
                v = Math.nextDown(v);
            }
            double before = Ekv.charge(v);
            for (int k = 0; k < 400; k++) {
                v = Math.nextUp(v);
                double q = Ekv.charge(v);
                // Neighbouring doubles may differ by the rounding of the result, never by more.
                assertTrue(q >= before - 4 * Math.ulp(before), "v = " + v);
                before = q;
            }
        }
    }

    @Test
    void rowsEqualSingleValues() {
        double[] v = {
            Double.NEGATIVE_INFINITY,
            -800,
            -40,
            -3.3,
            0,
            0.01,
            0.046875,
            0.078125,
            12,
            39.999,
            40,
            1e5,
            1048576,
            1e7,
            1e300,
            -700.1,
            -699
        };
        double[] q = new double[v.length];
        Ekv.charges(v, q, v.length);
        for (int k = 0; k < v.length; k++) {
            assertEquals(Ekv.charge(v[k]), q[k]);
        }
        assertEquals(0, q[0]);
        assertTrue(Double.isNaN(Ekv.charge(Double.NaN)));
    }

    @Test
    void nearChargesAreWithinTwoPercent() {
        double[] v = new double[2000];
        for (int k = 0; k < v.length; k++) {
            v[k] = k < 1000 ? -690 + 0.73 * k : Math.exp(0.03 * (k - 1000));
        }
        double[] near = new double[v.length];
        Ekv.nearCharges(v, near, v.length);
        for (int k = 0; k < v.length; k++) {
            assertEquals(1, near[k] / Ekv.charge(v[k]), 0.02);
        }
    }
}
