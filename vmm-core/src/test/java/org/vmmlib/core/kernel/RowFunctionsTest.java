package org.vmmlib.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

final class RowFunctionsTest {

    private static final List<Kernels> BOTH = List.of(KernelChoice.named("scalar"), KernelChoice.named("vector"));

    /** Of any size from 1e-12 to 700, both signs, zeros, ones, ends; an odd number of them. */
    private static double[] arguments() {
        RandomStream random = RandomStreams.of(1).stream("arguments", 0);
        double[] x = new double[1003];
        for (int k = 0; k < x.length; k++) {
            double size = 700 * Math.pow(10, -14.8 * random.uniform(2L * k));
            x[k] = random.uniform(2L * k + 1) < 0.5 ? -size : size;
        }
        double[] special = {0, -0.0, 1, -1, Math.nextUp(1.0), 700, -700, 0.34657359027997264, 1e-300};
        System.arraycopy(special, 0, x, 100, special.length);
        return x;
    }

    @Test
    void hyperbolicFunctionsAreThoseOfTheLanguageToAFewUlp() {
        double[] x = arguments();
        for (Kernels kernels : BOTH) {
            double[] sinh = new double[x.length];
            double[] cosh = new double[x.length];
            kernels.sinhAndCosh(x.length, x, sinh, cosh);
            for (int k = 0; k < x.length; k++) {
                // The language allows itself 2.5 ulp.
                assertEquals(Math.sinh(x[k]), sinh[k], 5 * Math.ulp(Math.sinh(x[k])), "sinh " + x[k]);
                assertEquals(Math.cosh(x[k]), cosh[k], 5 * Math.ulp(Math.cosh(x[k])), "cosh " + x[k]);
            }
        }
    }

    @Test
    void bothKernelsGiveTheSameBitsWhereverTheElementIs() {
        double[] x = arguments();
        double[] sinh = new double[x.length];
        double[] cosh = new double[x.length];
        BOTH.get(0).sinhAndCosh(x.length, x, sinh, cosh);
        for (int count : new int[] {1, 7, 8, 15, 500, x.length}) {
            double[] s = sinh.clone();
            double[] c = cosh.clone();
            BOTH.get(1).sinhAndCosh(count, x, s, c);
            assertArrayEquals(sinh, s);
            assertArrayEquals(cosh, c);
        }
    }

    /** Around the node v = 2 + ln 1 with q = 1, and v = 1 + ln 0.5 with q = 0.5: the closed form holds between nodes too. */
    @Test
    void chargesSolveTheirEquation() {
        double span = 4;
        double perUnit = 64;
        double[] nodes = new double[(int) (2 * span * perUnit) + 1];
        for (int k = 0; k < nodes.length; k++) {
            double v = k / perUnit - span;
            double q = v > 0 ? 0.5 * v + 0.1 : Math.exp(v);
            for (int step = 0; step < 50; step++) {
                q -= (2 * q + Math.log(q) - v) / (2 + 1 / q);
                q = Math.max(q, 1e-9);
            }
            nodes[k] = q;
        }
        RandomStream random = RandomStreams.of(1).stream("voltages", 0);
        double[] v = new double[1001];
        for (int k = 0; k < v.length; k++) {
            v[k] = -span + 2 * span * random.uniform(k);
        }
        double[] q = new double[v.length];
        assertEquals(true, RowFunctions.expandedCharges(v.length, v, q, nodes, span, perUnit));
        for (int k = 0; k < v.length; k++) {
            assertEquals(v[k], 2 * q[k] + Math.log(q[k]), 1e-14 * (1 + 2 * q[k]));
        }

        double[][] both = new double[2][v.length];
        for (int b = 0; b < 2; b++) {
            for (int k = 0; k < v.length; k++) {
                both[b][k] = nodes[(int) Elementary.nearestNode(v[k], span, perUnit)];
            }
            BOTH.get(b).expandCharges(v.length, v, both[b], span, perUnit);
        }
        assertArrayEquals(both[0], both[1]);

        v[17] = span;
        assertEquals(false, RowFunctions.expandedCharges(v.length, v, q, nodes, span, perUnit));
        v[17] = Double.NaN;
        assertEquals(false, RowFunctions.expandedCharges(v.length, v, q, nodes, span, perUnit));
    }
}
