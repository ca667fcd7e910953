package org.vmmlib.devices.programming;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.random.RandomStreams;

class SoftBoundsResponseTest {

    private static final double LOW = 10e-6;
    private static final double HIGH = 110e-6;
    private static final double SPAN = HIGH - LOW;
    private static final StatePlane PLANE = new StatePlane("conductance", "S", LOW, HIGH);
    private static final double WIDTH = 1e-6;
    private static final Die DIE = Die.of(RandomStreams.of(7));

    private static SoftBoundsResponse.Builder device(double nonlinearityUp, double nonlinearityDown) {
        return SoftBoundsResponse.builder(PLANE)
                .up(new SwitchingBranch(1, 1.5, 50, nonlinearityUp))
                .down(new SwitchingBranch(1.2, 2, 80, nonlinearityDown))
                .width(WIDTH);
    }

    /** G(n) of NeuroSim, with A = P/ν: raising from the bottom, lowering from the top. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 0.1, 1, 2.4, 6})
    void nominalPulsesFollowThePublishedExponential(double nu) {
        SwitchingCells cells = device(nu, nu).build().on(DIE, 1, 1);
        DMatrixRMaj state = new DMatrixRMaj(new double[][] {{LOW}});
        for (int n = 1; n <= 50; n++) {
            cells.pulse(new DMatrixRMaj(new double[][] {{1.5}}), WIDTH, n, state);
            double b = SPAN / (1 - Math.exp(-nu));
            assertEquals(LOW + b * (1 - Math.exp(-nu * n / 50)), state.get(0, 0), 1e-9 * SPAN);
        }
        assertEquals(HIGH, state.get(0, 0), 1e-12 * SPAN);
        for (int n = 1; n <= 80; n++) {
            cells.pulse(new DMatrixRMaj(new double[][] {{-2}}), WIDTH, n, state);
            double b = SPAN / (1 - Math.exp(-nu));
            assertEquals(HIGH - b * (1 - Math.exp(-nu * n / 80)), state.get(0, 0), 1e-9 * SPAN);
        }
        assertEquals(LOW, state.get(0, 0), 1e-12 * SPAN);
    }

    /** What is left to the soft bound shrinks geometrically. */
    @Test
    void eachPulseClosesTheSamePartOfTheDistanceToTheSoftBound() {
        SoftBoundsResponse device = device(3, 3).build();
        double bound = LOW + SPAN / (1 - Math.exp(-3));
        double before = LOW;
        for (int n = 1; n < 50; n++) {
            double after = device.after(before, 1.5, WIDTH, 1);
            assertEquals(Math.exp(-3.0 / 50), (bound - after) / (bound - before), 1e-12);
            before = after;
        }
    }

    @Test
    void withoutNonlinearityAllStepsAreEqualAndTheWindowStopsThem() {
        SoftBoundsResponse device = device(0, 0).build();
        assertEquals(LOW + 0.3 * SPAN, device.after(LOW, 1.5, WIDTH, 15), 1e-12 * SPAN);
        assertEquals(HIGH, device.after(LOW, 1.5, WIDTH, 1000), 0);
        assertEquals(LOW, device.after(HIGH, -2, WIDTH, 1000), 0);
    }

    @Test
    void manyPulsesAreOnePulseOfTheirTotalWidth() {
        SoftBoundsResponse device = device(2.4, 4).build();
        double start = LOW + 0.2 * SPAN;
        double one = device.after(start, 1.3, 12 * WIDTH, 1);
        double many = start;
        for (int k = 0; k < 12; k++) {
            many = device.after(many, 1.3, WIDTH, 1);
        }
        assertEquals(one, many, 1e-12 * SPAN);
        assertEquals(one, device.after(start, 1.3, WIDTH, 12), 1e-12 * SPAN);
    }

    /** VTEAM: nothing at the threshold, and a power of the overdrive above it. */
    @Test
    void pulsesCountWithThePowerOfTheirOverdrive() {
        SoftBoundsResponse device = device(0, 0).exponent(3).build();
        assertEquals(LOW, device.after(LOW, 1, WIDTH, 1000), 0);
        double nominal = device.after(LOW, 1.5, WIDTH, 1) - LOW;
        assertEquals(nominal / 8, device.after(LOW, 1.25, WIDTH, 1) - LOW, 1e-12 * SPAN);
        assertEquals(nominal * 8, device.after(LOW, 2, WIDTH, 1) - LOW, 1e-12 * SPAN);
    }

    /**
     * 40,000 cells: the standard error of the mean is 0.13 %, that of the spread about 0.5 % of it (the fourth moment
     * of this log-normal is about 4.2 times the square of its variance); both limits are more than six of them: chance of failing
     * falsely below 1e-8.
     */
    @Test
    void thresholdsHaveTheStatedMeanAndSpread() {
        SwitchingCells cells = device(0, 0).thresholdSpread(0.26).build().on(DIE, 200, 200);
        double sum = 0;
        double squares = 0;
        double lowest = Double.MAX_VALUE;
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 200; j++) {
                double t = cells.threshold(i, j, true);
                assertEquals(1.2 * t, cells.threshold(i, j, false), 1e-12);
                sum += t;
                squares += t * t;
                lowest = Math.min(lowest, t);
            }
        }
        double mean = sum / 40_000;
        assertEquals(1, mean, 0.008);
        assertEquals(0.26, Math.sqrt(squares / 40_000 - mean * mean), 0.26 * 0.05);
        assertTrue(lowest > 0);
    }

    /**
     * 10,000 cells from the bottom, equal steps: standard error of the mean step 0.3 % of it, of the spread 0.7 % of
     * it; limits at six of them: below 1e-8.
     */
    @Test
    void stepsHaveTheStatedSpreadFromCellToCellAndFromPulseToPulse() {
        SwitchingCells cells = device(0, 0).cycleSpread(0.3).build().on(DIE, 100, 100);
        DMatrixRMaj voltages = new DMatrixRMaj(100, 100);
        Arrays.fill(voltages.data, 1.5);
        DMatrixRMaj first = new DMatrixRMaj(100, 100);
        Arrays.fill(first.data, LOW + 0.5 * SPAN);
        DMatrixRMaj second = first.copy();
        cells.pulse(voltages, WIDTH, 0, first);
        cells.pulse(voltages, WIDTH, 1, second);
        double sum = 0;
        double squares = 0;
        double products = 0;
        for (int k = 0; k < 10_000; k++) {
            double x = (first.data[k] - LOW - 0.5 * SPAN) / (SPAN / 50) - 1;
            double y = (second.data[k] - LOW - 0.5 * SPAN) / (SPAN / 50) - 1;
            sum += x;
            squares += x * x;
            products += x * y;
        }
        assertEquals(0, sum / 10_000, 6 * 0.003);
        assertEquals(0.3, Math.sqrt(squares / 10_000), 0.3 * 6 * 0.0071);
        assertEquals(0, products / 10_000 / 0.09, 6 * 0.01, "pulses are independent");
    }

    @Test
    void drawsOfACellDependNeitherOnOtherCellsNorOnTheOrderOfPulses() {
        SwitchingCells cells =
                device(1, 1).cycleSpread(0.3).thresholdSpread(0.1).build().on(DIE, 2, 3);
        DMatrixRMaj alone = new DMatrixRMaj(2, 3);
        DMatrixRMaj all = new DMatrixRMaj(2, 3);
        Arrays.fill(all.data, 2);
        alone.set(1, 1, 2);
        DMatrixRMaj a = new DMatrixRMaj(2, 3);
        Arrays.fill(a.data, 2 * LOW);
        DMatrixRMaj b = a.copy();
        cells.pulse(all, WIDTH, 5, a);
        cells.pulse(alone, WIDTH, 5, b);
        assertEquals(a.get(1, 1), b.get(1, 1), 0);
        assertEquals(2 * LOW, b.get(0, 0), 0);
    }

    @Test
    void takingImperfectionsAwayLeavesTheOthers() {
        SoftBoundsResponse device = SoftBoundsResponse.aluminaTitania(PLANE);
        assertArrayEquals(
                new String[] {"programming.nonlinearity", "programming.threshold-spread", "programming.cycle-spread"},
                device.imperfections().stream().map(i -> i.id()).toArray());
        assertEquals(
                2,
                device.without("programming.threshold-spread").imperfections().size());
        assertEquals(0, Block.ideal(device).imperfections().size());
        assertThrows(IllegalArgumentException.class, () -> Block.ideal(device).without("programming.nonlinearity"));
        assertTrue(
                device.datasheet().entries().stream().allMatch(e -> !e.source().isEmpty()));
    }

    @Test
    void badParametersAreRefusedByName() {
        refused("threshold", () -> new SwitchingBranch(0, 1, 10, 0));
        refused("amplitude", () -> new SwitchingBranch(1, 1, 10, 0));
        refused("pulses", () -> new SwitchingBranch(1, 2, 0, 0));
        refused("nonlinearity", () -> new SwitchingBranch(1, 2, 10, -1));
        refused("nonlinearity", () -> new SwitchingBranch(1, 2, 10, Double.NaN));
        refused("width", () -> device(0, 0).width(0));
        refused("exponent", () -> device(0, 0).exponent(0));
        refused("thresholdSpread", () -> device(0, 0).thresholdSpread(-0.1));
        refused("cycleSpread", () -> device(0, 0).cycleSpread(Double.NaN));
        refused("conductance", () -> device(0, 0).build().after(LOW / 2, 1.5, WIDTH, 1));
        refused("voltage", () -> device(0, 0).build().after(LOW, Double.NaN, WIDTH, 1));
        refused("window", () -> SoftBoundsResponse.builder(new StatePlane("g", "S", 0, Double.MAX_VALUE)));
        refused(
                "voltages",
                () -> device(0, 0).build().on(DIE, 2, 2).pulse(new DMatrixRMaj(2, 3), WIDTH, 0, new DMatrixRMaj(2, 2)));
    }

    static void refused(String name, Executable act) {
        String message = assertThrows(IllegalArgumentException.class, act).getMessage();
        assertTrue(message.contains(name), message);
    }
}
