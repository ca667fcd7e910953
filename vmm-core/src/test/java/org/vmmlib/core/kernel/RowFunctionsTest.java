package org.vmmlib.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
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

    @Test
    void exponentialsAndLogarithmsAreThoseOfTheLanguageToAFewUlp() {
        double[] x = arguments();
        double[] size = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            size[k] = Math.max(1e-300, k % 3 == 0 ? 1 + 1e-3 * x[k] / 700 : Math.exp(x[k]));
        }
        size[0] = Math.sqrt(0.5);
        size[1] = Math.nextDown(Math.sqrt(0.5));
        size[2] = Double.MAX_VALUE;
        size[3] = Double.MIN_NORMAL;
        double[][] exp = new double[2][x.length];
        double[][] log = new double[2][x.length];
        for (int b = 0; b < 2; b++) {
            BOTH.get(b).exponentials(x.length, x, 700, exp[b]);
            BOTH.get(b).logarithms(x.length, size, log[b]);
        }
        assertArrayEquals(exp[0], exp[1]);
        assertArrayEquals(log[0], log[1]);
        for (int k = 0; k < x.length; k++) {
            // The language allows itself 1 ulp.
            double e = x[k] < 700 ? Math.exp(x[k]) : 0;
            assertEquals(e, exp[0][k], 2 * Math.ulp(e), "exp " + x[k]);
            assertEquals(Math.log(size[k]), log[0][k], 3 * Math.ulp(Math.log(size[k])), "ln " + size[k]);
        }
    }

    @Test
    void exponentialsLeaveWhatIsNotBelowTheLimit() {
        double[] x = {-1e9, -700, -5, 2, 2.5, Double.NaN, 1e300, 0, Double.POSITIVE_INFINITY};
        for (Kernels kernels : BOTH) {
            double[] out = new double[x.length];
            Arrays.fill(out, 17);
            kernels.exponentials(x.length, x, 2, out);
            assertArrayEquals(
                    new double[] {Elementary.exp(-700), Elementary.exp(-700), Elementary.exp(-5), 17, 17, 17, 17, 1, 17
                    },
                    out);
        }
    }

    @Test
    void nodesAreNumberedUpwardsAndEachIsNearestToItself() {
        double node = -40;
        for (long number = -1280; number < 19 * 64 + 64; number++) {
            assertEquals(number, Elementary.nodeNumber(node));
            assertEquals(node, Elementary.nearestNode(node));
            double spacing = node < 4 ? 1 / 32.0 : Math.scalb(1.0, Math.getExponent(node) - 6);
            double inside = node + 0.49 * spacing;
            assertEquals(number, Elementary.nodeNumber(inside));
            assertEquals(node, Elementary.nearestNode(inside));
            assertEquals(number, Elementary.nodeNumber(node - 0.24 * spacing));
            node += spacing;
        }
    }

    @Test
    void chargesSolveTheirEquation() {
        ChargeNodes nodes = new ChargeNodes(-8, 10, v -> {
            double q = v > 0 ? 0.5 * v + 0.1 : Math.exp(v);
            for (int step = 0; step < 50; step++) {
                q -= (2 * q + Math.log(q) - v) / (2 + 1 / q);
                q = Math.max(q, 1e-9);
            }
            return q;
        });
        RandomStream random = RandomStreams.of(1).stream("voltages", 0);
        double[] v = new double[1001];
        for (int k = 0; k < v.length; k++) {
            v[k] = -8 + 16 * random.uniform(k);
            if (k % 2 == 0) {
                v[k] = Math.exp(6.9 * random.uniform(k));
            }
        }
        double[] q = new double[v.length];
        assertEquals(true, RowFunctions.expandedCharges(v.length, v, q, nodes));
        double[] near = new double[v.length];
        assertEquals(true, nodes.nearest(v.length, v, near));
        double[][] both = {near.clone(), near.clone()};
        double[][] numbers = new double[2][v.length];
        for (int b = 0; b < 2; b++) {
            BOTH.get(b).nodeNumbers(v.length, v, numbers[b]);
            BOTH.get(b).expandCharges(v.length, v, both[b]);
        }
        assertArrayEquals(both[0], both[1]);
        for (int k = 0; k < v.length; k++) {
            assertEquals(v[k], 2 * q[k] + Math.log(q[k]), 1e-14 * (1 + 2 * q[k]));
            assertEquals(1, near[k] / q[k], 1 / 63.0);
            assertEquals(q[k], both[0][k]);
            assertEquals(q[k], RowFunctions.expandedCharge(v[k], nodes));
            assertEquals(Double.doubleToRawLongBits(numbers[0][k]), Double.doubleToRawLongBits(numbers[1][k]));
        }
        for (double outside : new double[] {1024, -8.01, Double.NaN, Double.NEGATIVE_INFINITY, 1e300}) {
            v[17] = outside;
            assertEquals(false, RowFunctions.expandedCharges(v.length, v, q, nodes));
            assertEquals(false, nodes.reach(outside));
        }
    }
}
