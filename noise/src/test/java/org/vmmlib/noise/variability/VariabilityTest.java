package org.vmmlib.noise.variability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.noise.TestResistors;

/** Distributions of cells against their closed forms. */
class VariabilityTest {

    private static final CellLaw LAW = TestResistors.law();
    private static final List<StatePlane> THRESHOLDS = List.of(new StatePlane("threshold", "V", -1, 1));

    private static CellState resistors(int rows, int columns, double weight) {
        DMatrixRMaj weights = new DMatrixRMaj(rows, columns);
        weights.fill(weight);
        return LAW.store(weights, Conditions.ROOM);
    }

    /** Currents over those that were meant, less 1. */
    private static double[] errors(Effect.OnProgramming effect, CellState target) {
        double[] wanted = target.plane("conductance").data;
        double[] got = programmed(effect, target).plane("conductance").data.clone();
        for (int k = 0; k < got.length; k++) {
            got[k] = got[k] / wanted[k] - 1;
        }
        return got;
    }

    private static CellState programmed(Effect.OnProgramming effect, CellState target) {
        return effect.program(LAW, target, Conditions.ROOM, RandomStreams.of(7).stream(effect.id(), 0));
    }

    /** Refused by chance with a probability of 1e-6 for a new seed. */
    private static void assertNormal(double sigma, double[] sample) {
        double p = new KolmogorovSmirnovTest()
                .kolmogorovSmirnovTest(new NormalDistribution(null, 0, sigma), sample, false);
        assertTrue(p > 1e-6, "p = " + p);
    }

    private static double standardDeviation(double[] zeroMean) {
        double squares = 0;
        for (double x : zeroMean) {
            squares += x * x;
        }
        return Math.sqrt(squares / zeroMean.length);
    }

    @Test
    void aRelativeSpreadIsAFractionOfTheCurrentAndNormal() {
        assertNormal(0.05, errors(CellVariability.devices(VariedQuantity.RELATIVE, 0.05), resistors(100, 50, 0.5)));
    }

    /** The logarithm is normal about the target; the mean is e^(σ²/2) of it, within six standard errors (2e-9). */
    @Test
    void aLogarithmicSpreadIsLogNormalAboutTheTargetAsMedian() {
        double sigma = 0.3;
        double[] errors = errors(CellVariability.devices(VariedQuantity.LOGARITHMIC, sigma), resistors(400, 50, 0.05));
        double sum = 0;
        for (int k = 0; k < errors.length; k++) {
            sum += 1 + errors[k];
            errors[k] = Math.log1p(errors[k]);
        }
        double variance = sigma * sigma;
        double deviation = Math.sqrt(Math.expm1(variance) * Math.exp(variance));
        assertEquals(Math.exp(variance / 2), sum / errors.length, 6 * deviation / Math.sqrt(errors.length));
        assertNormal(sigma, errors);
    }

    @Test
    void aThresholdSpreadIsInVoltsWhateverTheThreshold() {
        DMatrixRMaj thresholds = new DMatrixRMaj(100, 50);
        for (int k = 0; k < thresholds.data.length; k++) {
            thresholds.data[k] = k % 2 == 0 ? 0.3 : -0.2;
        }
        CellState target = new CellState(THRESHOLDS, thresholds);
        double[] shifts = programmed(CellVariability.devices(VariedQuantity.THRESHOLD, 0.02), target)
                .plane("threshold")
                .data
                .clone();
        for (int k = 0; k < shifts.length; k++) {
            shifts[k] -= thresholds.data[k];
        }
        assertNormal(0.02, shifts);
    }

    /** As the layers of a string do; 5,000 pairs within six standard errors, 2e-9. */
    @Test
    void everyThresholdOfACellHasItsOwnDeviationAndNothingElseHas() {
        List<StatePlane> planes = List.of(
                new StatePlane("layer-0", "V", -1, 1),
                new StatePlane("ratio", "", 0, 2),
                new StatePlane("layer-1", "V", -1, 1));
        DMatrixRMaj ones = new DMatrixRMaj(100, 50);
        ones.fill(1);
        CellState off = programmed(
                CellVariability.devices(VariedQuantity.THRESHOLD, 0.02),
                new CellState(planes, new DMatrixRMaj(100, 50), ones, new DMatrixRMaj(100, 50)));
        assertArrayEquals(ones.data, off.plane("ratio").data);
        assertNormal(0.02, off.plane("layer-1").data);
        assertEquals(
                0,
                new PearsonsCorrelation().correlation(off.plane("layer-0").data, off.plane("layer-1").data),
                6 / Math.sqrt(5000));
    }

    @Test
    void noCellLeavesTheWindowOfItsLaw() {
        CellState target = new CellState(THRESHOLDS, new DMatrixRMaj(20, 20));
        for (double v : programmed(CellVariability.devices(VariedQuantity.THRESHOLD, 100), target)
                .plane("threshold")
                .data) {
            assertTrue(v >= -1 && v <= 1);
        }
        for (double e : errors(CellVariability.devices(VariedQuantity.RELATIVE, 100), resistors(20, 20, 0.5))) {
            assertTrue(e >= -1 && e <= 1);
        }
    }

    /** Six standard errors of each of two standard deviations: 4e-9. */
    @Test
    void aSpreadMayDependOnTheState() {
        StateSpread table = StateSpread.table(new double[] {0.2e-3, 0.6e-3}, new double[] {0.08, 0.04});
        StateSpread polynomial = StateSpread.polynomial(1e-3, 0.1, -0.1);
        for (StateSpread spread : List.of(table, polynomial)) {
            for (double weight : new double[] {0.3, 0.5}) {
                double expected = spread == table ? 0.08 - 0.1 * (weight - 0.2) : 0.1 - 0.1 * weight;
                CellState target = resistors(100, 100, weight);
                double[] errors = errors(new CellVariability("states", VariedQuantity.RELATIVE, spread, 0), target);
                assertEquals(expected, standardDeviation(errors), 6 * expected / Math.sqrt(2 * 10_000));
            }
        }
        assertEquals(0.08, table.sigma(0));
        assertEquals(0.04, table.sigma(1));
        assertEquals(0, polynomial.sigma(2e-3));
    }

    @Test
    void allCellsOfALineShareItsDeviation() {
        double[] byRow = errors(LineVariability.rows(VariedQuantity.RELATIVE, 0.05), resistors(5000, 2, 0.5));
        double[] ofRows = new double[5000];
        for (int i = 0; i < ofRows.length; i++) {
            ofRows[i] = byRow[2 * i];
            assertEquals(ofRows[i], byRow[2 * i + 1]);
        }
        assertNormal(0.05, ofRows);
        double[] byColumn = errors(LineVariability.columns(VariedQuantity.RELATIVE, 0.05), resistors(2, 5000, 0.5));
        for (int j = 0; j < 5000; j++) {
            assertEquals(byColumn[j], byColumn[5000 + j]);
        }
        assertNormal(0.05, Arrays.copyOf(byColumn, 5000));
    }

    @Test
    void aGradientGrowsAlongItsDirectionAndABowlToAllSides() {
        CellState target = resistors(3, 5, 0.5);
        double[] alongRow = errors(Gradient.given(VariedQuantity.RELATIVE, 0.04, 0.01, 0), target);
        double[] alongColumn = errors(Gradient.given(VariedQuantity.RELATIVE, 0.04, 0.01, Math.PI / 2), target);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 5; j++) {
                double x = 0.5 * j - 1;
                double y = i - 1.0;
                assertEquals(0.04 * x + 0.01 * x * x, alongRow[5 * i + j], 1e-15);
                assertEquals(0.04 * y + 0.01 * y * y, alongColumn[5 * i + j], 1e-15);
            }
        }
        double[] diagonal = errors(Gradient.given(VariedQuantity.RELATIVE, 0.04, 0, Math.PI / 4), target);
        assertEquals(0.04 * Math.sqrt(2), diagonal[14], 1e-15);
        assertEquals(-0.04 * Math.sqrt(2), diagonal[0], 1e-15);
        assertEquals(0, diagonal[7], 1e-15);
    }

    /** The variance at the corner, over 2,000 chips, within six standard errors: below 1e-6 for a new seed. */
    @Test
    void aDrawnGradientDiffersFromChipToChip() {
        Gradient gradient = Gradient.drawn(VariedQuantity.RELATIVE, 0.02, 0);
        CellState target = resistors(2, 2, 0.5);
        double squares = 0;
        int chips = 2000;
        for (int chip = 0; chip < chips; chip++) {
            double error =
                    gradient.program(LAW, target, Conditions.ROOM, new RandomStreams(3, chip).stream(gradient.id(), 0))
                                            .plane("conductance")
                                            .data[3]
                                    / 0.5e-3
                            - 1;
            squares += error * error;
        }
        // E[a² s²] = σ² and E[a⁴ s⁴] = 3 σ⁴ · E[(1 + sin 2θ)²] = 4.5 σ⁴ at the corner, where s = cos θ + sin θ.
        double variance = 0.02 * 0.02;
        assertEquals(variance, squares / chips, 6 * variance * Math.sqrt(3.5 / chips));
    }

    /** Correlations of 10,000 pairs, each within six standard errors: 8e-9 for a new seed. */
    @Test
    void cyclesAndNamesDrawIndependentNumbersAndTheSameOneTheSame() {
        CellState target = resistors(100, 100, 0.5);
        CellVariability zero = CellVariability.cycles(VariedQuantity.RELATIVE, 0.01, 0);
        double[] first = errors(zero, target);
        assertArrayEquals(first, errors(zero, target));
        PearsonsCorrelation correlation = new PearsonsCorrelation();
        for (CellVariability other : List.of(
                zero.atCycle(1), zero.atCycle(2), zero.named("more"), CellVariability.devices(zero.varied(), 0.01))) {
            assertEquals(0, correlation.correlation(first, errors(other, target)), 6e-2);
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertRefused("sigma = -0.1", () -> CellVariability.devices(VariedQuantity.RELATIVE, -0.1));
        assertRefused("sigma = -0.1", () -> LineVariability.rows(VariedQuantity.RELATIVE, -0.1));
        assertRefused("linear = -0.1", () -> Gradient.drawn(VariedQuantity.RELATIVE, -0.1, 0));
        assertRefused("direction = NaN", () -> Gradient.given(VariedQuantity.RELATIVE, 0, 0, Double.NaN));
        assertRefused("cycle = -1", () -> CellVariability.cycles(VariedQuantity.RELATIVE, 0.1, -1));
        assertRefused(
                "name = A b",
                () -> CellVariability.devices(VariedQuantity.RELATIVE, 0.1).named("A b"));
        assertRefused("states = 1.0", () -> StateSpread.table(new double[] {1, 1}, new double[] {0, 0}));
        assertRefused("sigmas = -1.0", () -> StateSpread.table(new double[] {1}, new double[] {-1}));
        assertRefused(
                "spread = NaN",
                () -> errors(
                        new CellVariability("x", VariedQuantity.RELATIVE, s -> Double.NaN, 0), resistors(1, 1, 0.5)));
        assertRefused(
                "law = test resistors: stores no threshold",
                () -> errors(CellVariability.devices(VariedQuantity.THRESHOLD, 0.1), resistors(1, 1, 0.5)));
    }

    private static void assertRefused(String start, Executable action) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, action).getMessage());
        assertTrue(message.startsWith(start), message);
    }
}
