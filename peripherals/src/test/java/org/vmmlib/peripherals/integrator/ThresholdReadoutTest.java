package org.vmmlib.peripherals.integrator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.mapping.MappingPlan;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.TwoPhaseEncoder;
import org.vmmlib.peripherals.sensing.Polarity;

class ThresholdReadoutTest {

    private static final Die DIE = Die.of(RandomStreams.of(5));
    private static final double TIME = 15 * Si.ns;
    private static final double CURRENT = 0.2 * Si.uA;
    private static final double SWING = 0.2;

    private static TwoPhase scheme(TwoPhase.Bias bias, TwoPhase.Inputs inputs, TwoPhase.Outputs outputs) {
        return new TwoPhase(TIME, bias, inputs, outputs);
    }

    private static ThresholdReadout.Builder readout(TwoPhase scheme, int matrixRows) {
        double c = scheme.capacitance(matrixRows, CURRENT, SWING);
        return ThresholdReadout.builder(
                scheme, Integrator.onLine(0.7, Polarity.SOURCE, c).build(), SWING);
    }

    private static Edges pulses(
            TwoPhase scheme, DMatrixRMaj weights, Codes words, ThresholdReadout readout, Saturation saturation) {
        MappingPlan plan = new TwoPhaseMapping(scheme).plan(weights, 1000, 1000);
        DMatrixRMaj array = plan.arrays().get(0);
        double[][] cells = new double[array.numRows][array.numCols];
        for (int k = 0; k < array.data.length; k++) {
            cells[k / array.numCols][k % array.numCols] = CURRENT * array.data[k];
        }
        Codes rows = (Codes) plan.expand(words, 0);
        TwoPhaseEncoder encoder = TwoPhaseEncoder.words(PulseDriver.rows(1).build(), rows.bits(), TIME);
        Readout.Session session =
                readout.on(DIE, array.numCols, Conditions.ROOM).begin(words.vectors(), 0);
        ScheduledArray.sources(cells).run(encoder.on(DIE, array.numRows).encode(rows, 0), session);
        return (Edges) session.finish(saturation);
    }

    /** The published formulas by hand: y = Σ w x/(N w_max), for 3 inputs of 4 bits. */
    @Test
    void pulseLengthIsTheNormalisedProductWithEitherBias() {
        double[][] w = {{0.5, 1}, {2, 0}, {1, 0.25}};
        int[] x = {15, 3, 8};
        for (TwoPhase.Bias bias : TwoPhase.Bias.values()) {
            TwoPhase scheme = scheme(bias, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
            Saturation saturation = new Saturation();
            Edges out = pulses(
                    scheme,
                    new DMatrixRMaj(w),
                    Codes.unsigned(4, 1, 3, x),
                    readout(scheme, 3).build(),
                    saturation);
            for (int j = 0; j < 2; j++) {
                double y = (w[0][j] * 15 + w[1][j] * 3 + w[2][j] * 8) / (3 * 2 * 15);
                assertArrayEquals(new double[] {TIME * (1 - y), TIME}, out.times(0, j), 1e-12 * TIME);
            }
            assertEquals(0, saturation.total());
        }
    }

    @Test
    void distortedWeightsAndBiasAreThePublishedFormulas() {
        double[][] w = {{0.5}, {2}, {1}};
        TwoPhase scheme = scheme(TwoPhase.Bias.BOTH_PHASES, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        DMatrixRMaj cells = new TwoPhaseMapping(scheme)
                .plan(new DMatrixRMaj(w), 100, 100)
                .arrays()
                .get(0);
        assertEquals(5, cells.numRows, "3 inputs and 2 rows of bias cells");
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            // I_i/I_max = w_i N/(2 N w_max − Σ w).
            double expected = w[i][0] * 3 / (2 * 3 * 2 - 3.5);
            assertEquals(expected, cells.get(i, 0), 1e-15);
            sum += expected;
        }
        assertEquals(0.5 * (3 - sum), cells.get(3, 0) + cells.get(4, 0), 1e-15);
    }

    @Test
    void zeroInputsMeetTheEndAndCountAsNothing() {
        for (TwoPhase.Bias bias : TwoPhase.Bias.values()) {
            TwoPhase scheme = scheme(bias, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
            Saturation saturation = new Saturation();
            Edges out = pulses(
                    scheme,
                    new DMatrixRMaj(new double[][] {{0.3}, {1}, {0.7}}),
                    Codes.unsigned(4, 2, 3, new int[] {0, 0, 0, 15, 15, 15}),
                    readout(scheme, 3).build(),
                    saturation);
            assertEquals(0, out.high(0, 0), 1e-12 * TIME);
            assertEquals(TIME * 2 / 3, out.high(1, 0), 1e-12 * TIME);
            assertEquals(0, saturation.total());
        }
    }

    @Test
    void fourQuadrantsSubtractAndReluGates() {
        double[][] w = {{1, -0.5}, {-2, 1}};
        int[] x = {7, -4, -7, 5, 3, 3};
        TwoPhase pair = scheme(TwoPhase.Bias.SECOND_PHASE, TwoPhase.Inputs.SIGNED_WORDS, TwoPhase.Outputs.PAIR);
        TwoPhase relu = scheme(TwoPhase.Bias.BOTH_PHASES, TwoPhase.Inputs.SIGNED_WORDS, TwoPhase.Outputs.RELU);
        Codes words = Codes.signed(4, 3, 2, x);
        Edges pairs = pulses(pair, new DMatrixRMaj(w), words, readout(pair, 2).build(), new Saturation());
        Edges gated = pulses(relu, new DMatrixRMaj(w), words, readout(relu, 2).build(), new Saturation());
        assertEquals(4, pairs.channels());
        assertEquals(2, gated.channels());
        for (int b = 0; b < 3; b++) {
            for (int j = 0; j < 2; j++) {
                double y = (w[0][j] * x[2 * b] + w[1][j] * x[2 * b + 1]) / (4 * 2 * 7.0);
                assertEquals(TIME * y, pairs.high(b, 2 * j) - pairs.high(b, 2 * j + 1), 1e-12 * TIME);
                assertEquals(TIME * Math.max(0, y), gated.high(b, j), 1e-12 * TIME);
            }
        }
    }

    /** A threshold off by δ shifts the edge by δ C/(N I_max) = δ T/ΔV in the second phase. */
    @Test
    void thresholdMismatchAndDelayShiftTheEdge() {
        TwoPhase scheme = scheme(TwoPhase.Bias.SECOND_PHASE, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        DMatrixRMaj w = new DMatrixRMaj(new double[][] {{1, 1}, {0.5, 1}});
        Codes words = Codes.unsigned(4, 1, 2, new int[] {9, 6});
        ThresholdReadout ideal = readout(scheme, 2).build();
        ThresholdReadout off = ideal.toBuilder()
                .thresholdMismatch(5 * Si.mV)
                .delay(0.3 * Si.ns)
                .build();
        Edges right = pulses(scheme, w, words, ideal, new Saturation());
        Edges shifted = pulses(scheme, w, words, off, new Saturation());
        double[] draws = DIE.mismatch("latch.threshold", 5 * Si.mV, 2);
        for (int j = 0; j < 2; j++) {
            double late = draws[j] * TIME / SWING + 0.3 * Si.ns;
            assertEquals(right.high(0, j) - late, shifted.high(0, j), 1e-12 * TIME);
        }
    }

    @Test
    void latchesThatAreSetTooEarlyOrNeverAreCounted() {
        TwoPhase scheme = scheme(TwoPhase.Bias.SECOND_PHASE, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        DMatrixRMaj w = new DMatrixRMaj(new double[][] {{1}, {1}});
        Codes words = Codes.unsigned(4, 1, 2, new int[] {15, 12});
        double c = scheme.capacitance(2, CURRENT, SWING);
        Saturation early = new Saturation();
        ThresholdReadout small = ThresholdReadout.builder(
                        scheme, Integrator.onLine(0.7, Polarity.SOURCE, 0.5 * c).build(), SWING)
                .build();
        assertEquals(TIME, pulses(scheme, w, words, small, early).high(0, 0), 1e-20);
        assertEquals(1, early.counts().get("latch.early"));
        Saturation late = new Saturation();
        ThresholdReadout large = ThresholdReadout.builder(
                        scheme, Integrator.onLine(0.7, Polarity.SOURCE, 2.5 * c).build(), SWING)
                .build();
        assertEquals(0, pulses(scheme, w, words, large, late).high(0, 0));
        assertEquals(1, late.counts().get("latch.late"));
    }

    @Test
    void eachImperfectionGoesAloneAndNoneIsLeft() {
        TwoPhase scheme = scheme(TwoPhase.Bias.SECOND_PHASE, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        ThresholdReadout imperfect =
                readout(scheme, 2).thresholdMismatch(1e-3).delay(1e-10).build();
        assertEquals(
                List.of(Integrator.LINE_MOTION, ThresholdReadout.THRESHOLD, ThresholdReadout.DELAY),
                imperfect.imperfections().stream().map(Imperfection::id).toList());
        for (Imperfection one : imperfect.imperfections()) {
            assertEquals(2, imperfect.without(one.id()).imperfections().size());
        }
        assertTrue(Block.ideal(imperfect).imperfections().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> imperfect.without("none.such"));
    }

    @Test
    void fitsTwoPhasesOfItsOwnTimeAlone() {
        TwoPhase scheme = scheme(TwoPhase.Bias.SECOND_PHASE, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        ThresholdReadout readout = readout(scheme, 2).build();
        assertTrue(readout.fits(new Coding.TwoPhase(TIME)));
        assertFalse(readout.fits(new Coding.TwoPhase(2 * TIME)));
        assertFalse(readout.fits(new Coding.Time()));
    }

    @Test
    void refusesMatricesAndInputsThatTheSchemeHasNot() {
        TwoPhase single = scheme(TwoPhase.Bias.SECOND_PHASE, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        TwoPhaseMapping mapping = new TwoPhaseMapping(single);
        DMatrixRMaj two = new DMatrixRMaj(new double[][] {{1}, {1}});
        assertThrows(
                IllegalArgumentException.class,
                () -> mapping.plan(new DMatrixRMaj(new double[][] {{1}, {-1}}), 100, 100));
        String size = assertThrows(IllegalArgumentException.class, () -> mapping.plan(two, 3, 1))
                .getMessage();
        assertTrue(size.contains("4 x 1") && size.contains("3 x 1"), size);
        MappingPlan plan = mapping.plan(two, 100, 100);
        assertThrows(IllegalArgumentException.class, () -> plan.expand(Codes.signed(4, 1, 2, new int[2]), 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TwoPhaseMapping(scheme(
                                TwoPhase.Bias.SECOND_PHASE, TwoPhase.Inputs.SIGNED_WORDS, TwoPhase.Outputs.SINGLE))
                        .plan(two, 100, 100));
        MappingPlan signed = new TwoPhaseMapping(
                        scheme(TwoPhase.Bias.SECOND_PHASE, TwoPhase.Inputs.SIGNED_WORDS, TwoPhase.Outputs.PAIR))
                .plan(two, 100, 100);
        String low = assertThrows(
                        IllegalArgumentException.class,
                        () -> signed.expand(Codes.signed(4, 1, 2, new int[] {-8, 0}), 0))
                .getMessage();
        assertTrue(low.contains("code[0,0] = -8") && low.contains("clip it to -7"), low);
    }
}
