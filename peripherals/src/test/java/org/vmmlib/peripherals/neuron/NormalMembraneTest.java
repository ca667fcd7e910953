package org.vmmlib.peripherals.neuron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of Saxena and Moussa's Section III, and of Xiao et al., arXiv:2407.05739. */
class NormalMembraneTest {

    private static final NormalMembrane STANDARD = NormalMembrane.STANDARD;

    @Test
    void theEntropyOfAStandardNormalMembraneIs2Point0471Bit() {
        assertEquals(2.0471, STANDARD.entropy(), 5e-5);
        assertEquals(1.4189, STANDARD.entropy() * Math.log(2), 5e-5, "in nat");
        assertEquals(
                STANDARD.entropy() - 1, new NormalMembrane(7, 0.5).entropy(), 1e-14, "half the spread, 1 bit less");
    }

    /** 0.848 bit of a single threshold, 1.36 of three, 1.998 of seven, at both spacings that give them. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.5989, 0.848, 5e-4",
        "3, 0.4966, 1.3600, 5e-5",
        "3, 0.5, 1.3556, 5e-5",
        "3, 0.0932, 1.36, 5e-4",
        "7, 0.2732, 1.998, 5e-4",
        "7, 0.0956, 1.998, 5e-4",
        "7, 0.25, 2.0530, 5e-5",
        "7, 0.3, 1.9291, 5e-5",
    })
    void spikeEntropiesAreThePublishedOnes(int count, double spacing, double bits, double tolerance) {
        ThresholdLadder thresholds = STANDARD.spaced(count, spacing);
        assertEquals(bits, STANDARD.spikeEntropy(thresholds), tolerance);
        assertEquals(STANDARD.entropy() - bits, STANDARD.informationLoss(thresholds), tolerance + 5e-5);
    }

    @Test
    void aSpikeOfOneThresholdHasTheProbabilitiesOfEquations3And4() {
        double[] p = STANDARD.probabilities(ThresholdLadder.of(0.5989));
        assertEquals(0.2746, p[1], 5e-5);
        assertEquals(1, p[0] + p[1], 1e-15);
        // Q(10), Abramowitz and Stegun, table 26.2
        assertEquals(7.61985e-24, STANDARD.probabilities(ThresholdLadder.of(10))[1], 1e-28);
        assertEquals(7.61985e-24, STANDARD.probabilities(ThresholdLadder.of(-10))[0], 1e-28);
    }

    /** A scan of all spacings finds none that is better. */
    @ParameterizedTest
    @CsvSource({"3, 0.266, 1.5436", "7, 0.171, 2.158"})
    void theBestSpacingTellsMost(int count, double spacing, double bits) {
        double best = STANDARD.bestSpacing(count);
        double entropy = STANDARD.spikeEntropy(STANDARD.spaced(count, best));
        assertEquals(spacing, best, 1e-3);
        assertEquals(bits, entropy, 5e-4);
        for (int k = 1; k < 2000; k++) {
            assertTrue(STANDARD.spikeEntropy(STANDARD.spaced(count, k * 1e-3)) <= entropy + 1e-12);
        }
    }

    @Test
    void whatIsBestScalesWithTheMembrane() {
        NormalMembrane membrane = new NormalMembrane(0.5, 0.14);
        assertEquals(0.14 * STANDARD.bestSpacing(3), membrane.bestSpacing(3), 1e-6 * 0.14);
        assertEquals(
                STANDARD.spikeEntropy(STANDARD.spaced(3, 0.3)),
                membrane.spikeEntropy(membrane.spaced(3, 0.3 * 0.14)),
                1e-12);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "7, 3", "255, 8"})
    void equallyLikelyStatesTellMostOfAll(int count, double bits) {
        assertEquals(bits, STANDARD.spikeEntropy(STANDARD.equiprobable(count)), 1e-9);
    }

    @Test
    void equiprobableThresholdsAreTheQuantiles() {
        double[] three = STANDARD.equiprobable(3).thresholds();
        assertEquals(-0.6745, three[0], 5e-5);
        assertEquals(0, three[1], 1e-12);
        double[] seven = STANDARD.equiprobable(7).thresholds();
        assertEquals(1.1503, seven[6], 5e-5);
        assertEquals(-0.3186, seven[2], 5e-5);
    }

    /** It is a difference of a differential and a discrete entropy: no bound. */
    @Test
    void theInformationLossMayBeNegative() {
        assertTrue(STANDARD.informationLoss(STANDARD.equiprobable(7)) < -0.9);
    }

    @Test
    void refusesWhatIsNoDistribution() {
        assertThrows(IllegalArgumentException.class, () -> new NormalMembrane(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new NormalMembrane(0, 0));
        assertThrows(IllegalArgumentException.class, () -> STANDARD.spaced(0, 1));
        assertThrows(IllegalArgumentException.class, () -> STANDARD.spaced(3, 0));
        assertThrows(IllegalArgumentException.class, () -> STANDARD.bestSpacing(1));
        assertThrows(IllegalArgumentException.class, () -> STANDARD.equiprobable(256));
    }
}
