package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.metrics.SineSpectrum;
import org.vmmlib.core.metrics.SineTest;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Levels;

/**
 * What noise costs of the effective bits, by the theory of each circuit. The power of 8,191 bins of noise has a relative
 * standard deviation of 1.6 %, 0.011 bits; where the bound is 0.06 bits, a test fails falsely with a probability of 5e-8.
 */
class ConverterNoiseTest {

    private static final Die DIE = Die.of(RandomStreams.of(4));
    private static final SineTest WAVE = new SineTest(1 << 14, 1001);
    private static final int BITS = 6;
    private static final double STEP = Math.scalb(1.0, -BITS);
    private static final double AMPLITUDE = 0.46;

    private static SineSpectrum spectrum(Converter design) {
        return WAVE.spectrum(Measured.transfer(design.on(DIE, 1), 1, 0).codes(WAVE.levels(0.5, AMPLITUDE)));
    }

    /** Effective bits of an error whose mean square is given in steps. */
    private static double bits(double meanSquare) {
        return BITS - 0.5 * Math.log(12 * meanSquare) / Math.log(2);
    }

    private static double tail(double x) {
        return 0.5 * Erf.erfc(x / Math.sqrt(2));
    }

    /** Noise of the input that is sampled adds to that of the quantiser: 1/12 + σ² steps squared, kT/C of the DAC. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.6, 1.2})
    void noiseOfTheSampleAddsToThatOfTheQuantiser(double steps) {
        double sigma = steps * STEP;
        double farads = Constants.BOLTZMANN * 300 / (sigma * sigma);
        SarAdc sar = SarAdc.builder(BITS, Activation.RELU, Levels.Quantity.VOLTAGE, 1)
                .samplingNoise(Math.sqrt(Constants.BOLTZMANN * 300 / farads))
                .build();
        RampAdc ramp = RampAdc.builder(BITS, Activation.RELU, Levels.Quantity.VOLTAGE, 1)
                .comparatorNoise(sigma)
                .build();
        TimeCounter counter =
                TimeCounter.builder(BITS, Activation.RELU, 1).jitter(sigma).build();
        DeltaSigmaAdc deltaSigma = DeltaSigmaAdc.builder(BITS, Activation.RELU, Levels.Quantity.VOLTAGE, 1)
                .samplingNoise(sigma * Math.sqrt(1 << BITS))
                .build();
        for (Converter design : new Converter[] {sar, ramp, counter, deltaSigma}) {
            assertEquals(
                    bits(1 / 12.0 + steps * steps),
                    spectrum(design).effectiveBits(2 * AMPLITUDE),
                    0.06,
                    design.datasheet().title());
        }
    }

    /**
     * Each comparator of a flash converter has noise of its own, so the word is a sum of independent decisions: its
     * variance is {@code Σ Φ(1 − Φ)}, σ/√π steps on average, and its mean is as straight as the dither makes it: from half a
     * step on nothing is left of the quantisation.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2})
    void independentComparatorsAverageTheirNoise(double steps) {
        FlashAdc flash = FlashAdc.builder(BITS, Activation.RELU, Levels.Quantity.VOLTAGE, 1)
                .comparatorNoise(steps * STEP)
                .build();
        assertEquals(bits(steps / Math.sqrt(Math.PI)), spectrum(flash).effectiveBits(2 * AMPLITUDE), 0.06);
    }

    /**
     * A wrong decision of a cyclic converter cannot be taken back: below the threshold of the node, the word stops just
     * there. An input δ steps on the other side is off by δ + 1/2 steps instead of the quantiser's error, with the
     * probability Φ(−δ/σ_s) for a noise of σ/2^(s−1) in cycle s, at the input. The sum over all thresholds, each as often as
     * the sine passes it.
     */
    @ParameterizedTest
    @CsvSource({"0", "1", "2", "4"})
    void earlyDecisionsOfACyclicConverterCountMost(double steps) {
        CyclicAdc cyclic = CyclicAdc.builder(BITS, Activation.RELU, Levels.Quantity.VOLTAGE, 1)
                .comparatorNoise(steps * STEP)
                .build();
        double meanSquare = 1 / 12.0;
        for (int k = 1; k < 1 << BITS; k++) {
            double sine = (k * STEP - 0.5) / AMPLITUDE;
            if (Math.abs(sine) < 1 && steps > 0) {
                int cycle = BITS - Integer.numberOfTrailingZeros(k);
                double density = STEP / (Math.PI * AMPLITUDE * Math.sqrt(1 - sine * sine));
                meanSquare += density * excess(Math.scalb(steps, 1 - cycle));
            }
        }
        assertEquals(bits(meanSquare), spectrum(cyclic).effectiveBits(2 * AMPLITUDE), 0.06, "at " + steps);
    }

    /** {@code 2 ∫ Φ(−δ/σ) ((δ + 1/2)² − q²) dδ}, q = δ − ⌊δ⌋ − 1/2; for a small σ it is σ². */
    private static double excess(double sigma) {
        double sum = 0;
        double h = sigma / 500;
        for (int k = 0; k < 4000; k++) {
            double delta = (k + 0.5) * h;
            double q = delta - Math.floor(delta) - 0.5;
            sum += 2 * h * tail(delta / sigma) * ((delta + 0.5) * (delta + 0.5) - q * q);
        }
        return sum;
    }

    @Test
    void excessOfASmallNoiseIsItsSquare() {
        assertEquals(1e-4, excess(0.01), 1e-9);
    }
}
