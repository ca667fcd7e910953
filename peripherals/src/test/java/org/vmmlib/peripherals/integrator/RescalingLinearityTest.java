package org.vmmlib.peripherals.integrator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.sensing.Polarity;

/** Successive rescaling with a ratio r other than 1/2, in both orders, at every code. */
class RescalingLinearityTest {

    private static final Die DIE = Die.of(RandomStreams.of(5));
    private static final double C = 100 * Si.fF;
    private static final double PHASE = 10 * Si.ns;
    private static final double CURRENT = 1 * Si.uA;

    /** Levels of all codes, of a step of charge in volts. */
    private static double[] levels(int bits, boolean shareAfterLast, double error) {
        DigitEncoder encoder = DigitEncoder.bits(PulseDriver.rows(1).build(), bits, WordFormat.UNSIGNED, PHASE);
        SuccessiveRescaling sir = SuccessiveRescaling.builder(
                        Integrator.virtualGround(0, Polarity.SINK, C).build(), (Coding.Digits) encoder.coding())
                .shareAfterLast(shareAfterLast)
                .ratioError(error)
                .build();
        int[] words = new int[1 << bits];
        for (int k = 0; k < words.length; k++) {
            words[k] = k;
        }
        Readout.Session session = sir.on(DIE, 1, Conditions.ROOM).begin(words.length, 0);
        ScheduledArray.sources(new double[][] {{CURRENT}})
                .run(encoder.on(DIE, 1).encode(Codes.unsigned(bits, words.length, 1, words), 0), session);
        double[] levels = ((Levels) session.finish(new Saturation())).values().data;
        for (int k = 0; k < levels.length; k++) {
            levels[k] /= CURRENT * PHASE / C;
        }
        return levels;
    }

    /** {@code V = (1/C_I) Σ_b Q_b r^(p−b)}, or {@code r^(p−1−b)} if the last share is left out. */
    @Test
    void levelsAreTheWeightedSumOfTheBits() {
        for (int bits = 1; bits <= 8; bits++) {
            for (boolean last : new boolean[] {true, false}) {
                for (double error : new double[] {0, 0.01, -0.03, 0.2, -0.4}) {
                    double r = 0.5 * (1 + error);
                    double[] levels = levels(bits, last, error);
                    for (int code = 0; code < levels.length; code++) {
                        double expected = 0;
                        for (int b = 0; b < bits; b++) {
                            expected += ((code >> b) & 1) * Math.pow(r, (last ? bits : bits - 1) - b);
                        }
                        assertEquals(expected, levels[code], 1e-14, bits + " bits, code " + code);
                    }
                }
            }
        }
    }

    /**
     * Per percent of ratio, in either order, for a percent, a tenth of it and the other sign: 0.059, 0.29 and 1.24 LSB of
     * INL, and 0.117, 0.58 and 2.48 LSB of DNL in mid-scale (derived). The sign of the error is that of the step.
     */
    @ParameterizedTest
    @CsvSource({"4, 0.059, -0.117", "6, 0.29, -0.58", "8, 1.24, -2.48"})
    void nonlinearityIsProportionalToTheErrorOfTheRatio(int bits, double inl, double dnl) {
        for (boolean last : new boolean[] {true, false}) {
            for (double percent : new double[] {1, 0.1, -0.1}) {
                double[] levels = levels(bits, last, percent / 100);
                int top = levels.length - 1;
                int middle = levels.length / 2;
                double lsb = levels[top] / top;
                double most = 0;
                for (int code = 0; code <= top; code++) {
                    most = Math.max(most, Math.abs(levels[code] / lsb - code));
                }
                double step = (levels[middle] - levels[middle - 1]) / lsb - 1;
                String where = String.format(Locale.ROOT, "%b, %.1f %%", last, percent);
                assertEquals(inl, most / Math.abs(percent), 0.03 * inl, where);
                assertEquals(dnl, step / percent, -0.03 * dnl, where);
            }
        }
    }

    /** A DNL below −1 LSB is a step back: of 8 bits, 0.3 % of ratio leave the steps in order, 0.6 % do not. */
    @Test
    void halfAPercentOfRatioIsTheMostThatEightBitsBear() {
        double[] rising = levels(8, true, 0.003);
        for (int code = 1; code < rising.length; code++) {
            assertTrue(rising[code] > rising[code - 1], "at " + code);
        }
        double[] falling = levels(8, true, 0.006);
        assertTrue(falling[128] < falling[127]);
    }
}
