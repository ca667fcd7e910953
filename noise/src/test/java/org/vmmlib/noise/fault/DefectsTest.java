package org.vmmlib.noise.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.noise.StuckCells;

/** Statistics of defects against the closed forms of their processes. */
class DefectsTest {

    private static final int SIZE = 24;
    private static final DefectClusters CLUSTERS = DefectClusters.of(2e-3, 2.3, 0.6, StuckKind.off());

    private static CellFaults chip(Effect.OnProgramming effect, int rows, int columns, long chip) {
        return effect.faults(CellFaults.none(rows, columns), new RandomStreams(11, chip).stream(effect.id(), 0));
    }

    private static boolean failed(CellFaults faults, int row, int column) {
        return faults.isOpen(row, column) || faults.isShorted(row, column);
    }

    private static int count(CellFaults faults) {
        int failed = 0;
        for (int k = 0; k < faults.rows() * faults.columns(); k++) {
            failed += failed(faults, k / faults.columns(), k % faults.columns()) ? 1 : 0;
        }
        return failed;
    }

    /** Within six standard errors: 2e-9 for a new seed. */
    private static void assertMean(double expected, DescriptiveStatistics sample) {
        assertEquals(expected, sample.getMean(), 6 * sample.getStandardDeviation() / Math.sqrt((double) sample.getN()));
    }

    /** Lattice points of a disc of radius 2.3, and how many of them lie in the same disc moved by (dy, dx). */
    private static int shared(int dy, int dx) {
        int both = 0;
        for (int y = -3; y <= 3; y++) {
            for (int x = -3; x <= 3; x++) {
                boolean one = x * x + y * y <= 2.3 * 2.3;
                boolean other = (x - dx) * (x - dx) + (y - dy) * (y - dy) <= 2.3 * 2.3;
                both += one && other ? 1 : 0;
            }
        }
        return both;
    }

    /** Both of two cells work unless a spot that covers one or both makes one fail. */
    private static double bothWork(int dy, int dx) {
        double q = CLUSTERS.severity();
        int common = shared(dy, dx);
        int apart = shared(0, 0) - common;
        return Math.exp(-CLUSTERS.spots() * (2 * apart * q + common * (1 - (1 - q) * (1 - q))));
    }

    @Test
    void aSpotCoversTheLatticePointsOfItsDisc() {
        assertEquals(shared(0, 0), CLUSTERS.cellsOfASpot());
        assertEquals(1, DefectClusters.of(0, 0, 1, StuckKind.off()).cellsOfASpot());
        assertEquals(5, DefectClusters.of(0, 1, 1, StuckKind.off()).cellsOfASpot());
    }

    /** Also at the corner of the array; 4 checks of 2e-9. */
    @Test
    void cellsFailAsOftenAsSpotsCoverThemAndNeighboursTogether() {
        DescriptiveStatistics part = new DescriptiveStatistics();
        DescriptiveStatistics corner = new DescriptiveStatistics();
        DescriptiveStatistics beside = new DescriptiveStatistics();
        DescriptiveStatistics threeBelow = new DescriptiveStatistics();
        for (int c = 0; c < 4000; c++) {
            CellFaults faults = chip(CLUSTERS, SIZE, SIZE, c);
            part.addValue((double) count(faults) / (SIZE * SIZE));
            corner.addValue(failed(faults, 0, SIZE - 1) ? 1 : 0);
            int pairs = 0;
            int apart = 0;
            for (int i = 0; i < SIZE - 3; i++) {
                for (int j = 0; j < SIZE - 1; j++) {
                    pairs += failed(faults, i, j) || failed(faults, i, j + 1) ? 0 : 1;
                    apart += failed(faults, i, j) || failed(faults, i + 3, j) ? 0 : 1;
                }
            }
            beside.addValue(pairs / ((SIZE - 3.0) * (SIZE - 1)));
            threeBelow.addValue(apart / ((SIZE - 3.0) * (SIZE - 1)));
        }
        assertMean(CLUSTERS.failing(), part);
        assertMean(CLUSTERS.failing(), corner);
        assertMean(bothWork(0, 1), beside);
        assertMean(bothWork(3, 0), threeBelow);
        double independent = Math.pow(1 - CLUSTERS.failing(), 2);
        assertTrue(bothWork(0, 1) > 1.001 * independent);
        assertEquals(independent, bothWork(5, 0), 1e-14);
    }

    /** The variance of a count is the sum of all covariances: several times the binomial one. Six standard errors. */
    @Test
    void countsOfDefectsInClustersScatterMoreThanIndependentOnes() {
        double p = CLUSTERS.failing();
        double variance = 0;
        for (int dy = 1 - SIZE; dy < SIZE; dy++) {
            for (int dx = 1 - SIZE; dx < SIZE; dx++) {
                int pairs = (SIZE - Math.abs(dy)) * (SIZE - Math.abs(dx));
                boolean same = dy == 0 && dx == 0;
                variance += pairs * (same ? p * (1 - p) : bothWork(dy, dx) - (1 - p) * (1 - p));
            }
        }
        DescriptiveStatistics squares = new DescriptiveStatistics();
        for (int c = 0; c < 4000; c++) {
            double off = count(chip(CLUSTERS, SIZE, SIZE, c)) - p * SIZE * SIZE;
            squares.addValue(off * off);
        }
        assertMean(variance, squares);
        assertTrue(variance > 5 * SIZE * SIZE * p * (1 - p));
    }

    /** A part of arrays has no defect: six binomial standard deviations, 2e-9 each. */
    @Test
    void arraysWithoutDefectsAreAsFrequentAsTheNegativeBinomialYield() {
        for (double clustering : new double[] {0.5, 2, 1e4}) {
            DefectDensity effect = DefectDensity.of(0.01, clustering, StuckKind.off());
            int chips = 4000;
            int perfect = 0;
            for (int c = 0; c < chips; c++) {
                perfect += chip(effect, 10, 10, c).isEmpty() ? 1 : 0;
            }
            double yield = ArrayYield.negativeBinomial(1, clustering);
            assertEquals(yield, (double) perfect / chips, 6 * Math.sqrt(yield * (1 - yield) / chips));
        }
        assertEquals(1 / Math.sqrt(3), ArrayYield.negativeBinomial(1, 0.5), 1e-15);
        assertEquals(Math.exp(-1), ArrayYield.negativeBinomial(1, 1e9), 1e-8);
    }

    /** With a clustering of 1 densities are exponential, however few defects there are. */
    @Test
    void densitiesOfFewDefectsAreExponentialToo() {
        for (double mean : new double[] {1e-12, 1e-7, 0.01, 1}) {
            for (double p : new double[] {0, 0.01, 0.5, 0.99}) {
                double density = DefectDensity.of(mean, 1, StuckKind.off()).density(p);
                assertEquals(-Math.log1p(-p), density / mean, 1e-8);
            }
        }
    }

    @Test
    void theYieldOfIndependentCellsIsTheBinomialSum() {
        double p = 0.01;
        double term = Math.pow(1 - p, 4096);
        double sum = 0;
        for (int k = 0; k <= 50; k++) {
            sum += term;
            assertEquals(sum, ArrayYield.independent(4096, p, k), 1e-12);
            term *= (4096.0 - k) / (k + 1) * p / (1 - p);
        }
        assertEquals(1, ArrayYield.independent(5, 0.3, 5));
        assertEquals(0, ArrayYield.independent(5, 1, 0));
        assertEquals(1, ArrayYield.independent(5, 0, 0));
    }

    /** Of chips with independent faults: six binomial standard deviations, 2e-9 each. */
    @Test
    void asManyChipsWorkAsTheYieldSays() {
        StuckCells effect = StuckCells.ofYield(0.99, 1e-3);
        int chips = 4000;
        int[] working = new int[4];
        for (int c = 0; c < chips; c++) {
            int failed = count(chip(effect, 12, 10, c));
            for (int tolerated = 0; tolerated < working.length; tolerated++) {
                working[tolerated] += failed <= tolerated ? 1 : 0;
            }
        }
        for (int tolerated = 0; tolerated < working.length; tolerated++) {
            double yield = ArrayYield.independent(120, 0.01, tolerated);
            double part = (double) working[tolerated] / chips;
            assertEquals(yield, part, 6 * Math.sqrt(yield * (1 - yield) / chips));
        }
    }

    /** Kinds are binomial among those that fail: six standard deviations, 2e-9. */
    @Test
    void failedCellsAreStuckOnAsOftenAsTheirKindSays() {
        DefectDensity effect = DefectDensity.of(0.3, 5, new StuckKind(0.25, 2e-3));
        CellFaults faults = chip(effect, 300, 300, 0);
        int shorted = 0;
        for (int k = 0; k < 300 * 300; k++) {
            if (faults.isShorted(k / 300, k % 300)) {
                shorted++;
                assertEquals(2e-3, faults.shortConductance(k / 300, k % 300));
            }
        }
        double failed = count(faults);
        assertEquals(0.25 * failed, shorted, 6 * Math.sqrt(failed * 0.25 * 0.75));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        StuckKind off = StuckKind.off();
        assertRefused("spots = -0.1", () -> DefectClusters.of(-0.1, 1, 1, off));
        assertRefused("severity = 1.1", () -> DefectClusters.of(0.1, 1, 1.1, off));
        assertRefused("radius = -1.0", () -> DefectClusters.of(0.1, -1, 1, off));
        assertRefused("mean = 2.0", () -> DefectDensity.of(2, 1, off));
        assertRefused("clustering = 0.0", () -> DefectDensity.of(0.1, 0, off));
        assertRefused("on = 1.5", () -> new StuckKind(1.5, 1));
        assertRefused("conductance = 0.0", () -> StuckKind.on(0));
        assertRefused("failing = -1.0", () -> ArrayYield.independent(1, -1, 0));
        assertRefused("tolerated = -1", () -> ArrayYield.independent(1, 0, -1));
    }

    private static void assertRefused(String start, Executable action) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, action).getMessage());
        assertTrue(message.startsWith(start), message);
    }
}
