package org.vmmlib.peripherals.integrator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.sensing.Polarity;

class SuccessiveRescalingTest {

    private static final Die DIE = Die.of(RandomStreams.of(5));
    private static final double C = 100 * Si.fF;
    private static final double PHASE = 10 * Si.ns;
    private static final double CURRENT = 1 * Si.uA;
    private static final Integrator IDEAL =
            Integrator.virtualGround(0, Polarity.SINK, C).build();

    private static DigitEncoder lin(int bits, WordFormat format) {
        return DigitEncoder.bits(PulseDriver.rows(1).build(), bits, format, PHASE);
    }

    private static SuccessiveRescaling.Builder sir(DigitEncoder encoder) {
        return SuccessiveRescaling.builder(IDEAL, (Coding.Digits) encoder.coding());
    }

    /** Levels of a batch, one vector for each word of one row, in volts. */
    private static double[] levels(SuccessiveRescaling sir, DigitEncoder encoder, Codes words) {
        Readout.Session session = sir.on(DIE, 1, Conditions.ROOM).begin(words.vectors(), 0);
        ScheduledArray.sources(new double[][] {{CURRENT}})
                .run(encoder.on(DIE, 1).encode(words, 0), session);
        return ((Levels) session.finish(new Saturation())).values().data;
    }

    private static Codes all(int bits) {
        int[] words = new int[1 << bits];
        for (int k = 0; k < words.length; k++) {
            words[k] = k;
        }
        return Codes.unsigned(bits, words.length, 1, words);
    }

    @Test
    void idealRescalingIsTheDigitalShiftAndAddInBothOrders() {
        for (int bits = 1; bits <= 8; bits++) {
            DigitEncoder encoder = lin(bits, WordFormat.UNSIGNED);
            for (boolean last : new boolean[] {true, false}) {
                double[] levels = levels(sir(encoder).shareAfterLast(last).build(), encoder, all(bits));
                double unit = CURRENT * PHASE / C * Math.scalb(1.0, last ? -bits : 1 - bits);
                for (int code = 0; code < levels.length; code++) {
                    assertEquals(code, levels[code] / unit, 1e-12 * (code + 1));
                }
            }
        }
    }

    @Test
    void signedWordsOfEveryFormatAreSubtractedByTurningTheCapacitorRound() {
        for (WordFormat format :
                List.of(WordFormat.TWOS_COMPLEMENT, WordFormat.SIGN_MAGNITUDE, WordFormat.OFFSET_BINARY)) {
            for (PulseDriver driver :
                    List.of(PulseDriver.rows(1).build(), PulseDriver.gates(0, 1).build())) {
                DigitEncoder encoder = DigitEncoder.bits(driver, 6, format, PHASE);
                int[] words = new int[63];
                for (int k = 0; k < 63; k++) {
                    words[k] = k - 31;
                }
                SuccessiveRescaling sir = sir(encoder).build();
                double[] levels = levels(sir, encoder, Codes.signed(6, 63, 1, words));
                for (int k = 0; k < 63; k++) {
                    assertEquals(words[k], levels[k] / (CURRENT * PHASE * sir.gain()), 1e-12);
                }
            }
        }
    }

    @Test
    void slicesOfSeveralBitsTakeASmallerRatio() {
        for (int width = 1; width <= 4; width++) {
            VoltageDac dac = VoltageDac.builder(width, (1 << width) - 1).build();
            DigitEncoder encoder = DigitEncoder.slices(dac, 8, WordFormat.TWOS_COMPLEMENT, PHASE);
            SuccessiveRescaling sir = SuccessiveRescaling.builder(IDEAL, (Coding.Digits) encoder.coding())
                    .digitBits(width)
                    .build();
            int[] words = {-128, -127, -1, 0, 1, 77, 127};
            double[] levels = levels(sir, encoder, Codes.signed(8, words.length, 1, words));
            for (int k = 0; k < words.length; k++) {
                assertEquals(words[k], levels[k] / (CURRENT * PHASE * sir.gain()), 1e-10);
            }
        }
    }

    /**
     * Per percent of ratio error, after removal of the gain by the end points: 0.059, 0.29 and 1.24 LSB of INL, −0.117, −0.58
     * and −2.48 LSB of DNL at mid-code, 1.73, 1.92 and 1.99 % of gain (derived).
     */
    @Test
    void ratioErrorMakesTheDerivedNonlinearity() {
        double[] inl = {0.059, 0.29, 1.24};
        double[] dnl = {-0.117, -0.58, -2.48};
        double[] gain = {0.0173, 0.0192, 0.0199};
        for (int bits = 4; bits <= 8; bits += 2) {
            DigitEncoder encoder = lin(bits, WordFormat.UNSIGNED);
            double[] levels = levels(sir(encoder).ratioError(0.01).build(), encoder, all(bits));
            double[] ideal = levels(sir(encoder).build(), encoder, all(bits));
            int top = levels.length - 1;
            double lsb = levels[top] / top;
            double most = 0;
            for (int code = 0; code <= top; code++) {
                most = Math.max(most, Math.abs(levels[code] / lsb - code));
            }
            int middle = 1 << (bits - 1);
            assertEquals(inl[bits / 2 - 2], most, 0.03 * most);
            double step = (levels[middle] - levels[middle - 1]) / lsb - 1;
            assertEquals(dnl[bits / 2 - 2], step, 0.03 * Math.abs(step));
            assertEquals(gain[bits / 2 - 2], levels[top] / ideal[top] - 1, 0.03 * gain[bits / 2 - 2]);
        }
    }

    @Test
    void injectedStepsAddUpAsAGeometricSeriesBelowTwice() {
        DigitEncoder encoder = lin(6, WordFormat.UNSIGNED);
        double step = 1e-3;
        double[] with = levels(sir(encoder).chargeInjection(step).build(), encoder, all(6));
        double[] without = levels(sir(encoder).build(), encoder, all(6));
        double series = step * (2 - Math.scalb(1, -5));
        for (int code = 0; code < 64; code++) {
            assertEquals(series, with[code] - without[code], 1e-15);
        }
    }

    /** What was integrated before decays in each phase by e^(−gT/C), what is integrated in it by (1 − e^(−x))/x. */
    @Test
    void leakageInAPhaseWeighsLikeTheBitsBeforeIt() {
        DigitEncoder encoder = lin(4, WordFormat.UNSIGNED);
        double x = 0.05;
        Integrator leaky = IDEAL.toBuilder().leakage(x * C / PHASE).build();
        SuccessiveRescaling sir = SuccessiveRescaling.builder(leaky, (Coding.Digits) encoder.coding())
                .build();
        double[] levels = levels(sir, encoder, all(4));
        for (int code = 0; code < 16; code++) {
            double v = 0;
            for (int b = 0; b < 4; b++) {
                v = 0.5 * (v * Math.exp(-x) + ((code >> b) & 1) * CURRENT * PHASE / C * (1 - Math.exp(-x)) / x);
            }
            assertEquals(v, levels[code], 1e-14);
        }
    }

    /** On a source of finite conductance: the column stands at V/(1+A), and the output at A V/(1+A). */
    @Test
    void finiteGainLetsTheColumnMove() {
        double gain = 50;
        double conductance = 1e-5;
        Integrator weak = IDEAL.toBuilder().gain(gain).build();
        DigitEncoder encoder = lin(3, WordFormat.TWOS_COMPLEMENT);
        SuccessiveRescaling sir = SuccessiveRescaling.builder(weak, (Coding.Digits) encoder.coding())
                .build();
        Codes words = Codes.signed(3, 8, 1, new int[] {-4, -3, -2, -1, 0, 1, 2, 3});
        Readout.Session session = sir.on(DIE, 1, Conditions.ROOM).begin(8, 0);
        new ScheduledArray(new double[][] {{conductance}}, v -> 0.1 - v, true)
                .run(encoder.on(DIE, 1).encode(words, 0), session);
        double[] levels = ((Levels) session.finish(new Saturation())).values().data;
        for (int k = 0; k < 8; k++) {
            double v = 0;
            for (int b = 0; b < 3; b++) {
                boolean on = ((words.data()[k] >> b) & 1) == 1;
                int sign = b == 2 ? -1 : 1;
                // C dV/dt = s g (0.1 − s V/(1+A)), in a thousand steps of the midpoint rule.
                for (int step = 0; step < 1000 && on; step++) {
                    double h = PHASE / 1000;
                    double half = v + 0.5 * h * sign * conductance * (0.1 - sign * v / (1 + gain)) / C;
                    v += h * sign * conductance * (0.1 - sign * half / (1 + gain)) / C;
                }
                v *= 0.5;
            }
            assertEquals(v * gain / (1 + gain), levels[k], 1e-10);
        }
    }

    /**
     * Variance after p shares: {@code kT/C_I (r^(2p) + s (1 + r² + … + r^(2p−2)))}, where s is C_I/kT times that of a share,
     * 1/4 of the reset of C_D and 1/2 of the switch's. 20,000 vectors: a relative standard error of 1 %; the bound is 6 of
     * those, and the test fails by chance with probability 2e-9.
     */
    @Test
    void kTOverCNoiseOfResetAndSharesAddsUp() {
        int vectors = 20_000;
        DigitEncoder encoder = lin(4, WordFormat.UNSIGNED);
        Integrator noisy = IDEAL.toBuilder().resetNoise(300).build();
        SuccessiveRescaling sir = SuccessiveRescaling.builder(noisy, (Coding.Digits) encoder.coding())
                .shareNoise(300)
                .build();
        double[] levels = levels(sir, encoder, Codes.unsigned(4, vectors, 1, new int[vectors]));
        double squares = 0;
        for (double level : levels) {
            squares += level * level;
        }
        double series = 1 + 0.25 + 0.0625 + 0.015625;
        double expected = Constants.BOLTZMANN * 300 / C * (0.015625 * 0.25 + 0.75 * series);
        assertEquals(expected, squares / vectors, 0.06 * expected);
    }

    @Test
    void ratioMismatchIsADrawForEachColumn() {
        DigitEncoder encoder = lin(4, WordFormat.UNSIGNED);
        SuccessiveRescaling sir = sir(encoder).ratioMismatch(0.01).build();
        double[] draws = DIE.mismatch("sir.ratio-mismatch", 0.01, 3);
        Readout.Session session = sir.on(DIE, 3, Conditions.ROOM).begin(1, 0);
        ScheduledArray.sources(new double[][] {{CURRENT, CURRENT, CURRENT}})
                .run(encoder.on(DIE, 1).encode(Codes.unsigned(4, 1, 1, new int[] {1}), 0), session);
        double[] levels = ((Levels) session.finish(new Saturation())).values().data;
        for (int j = 0; j < 3; j++) {
            assertEquals(CURRENT * PHASE / C * Math.pow(0.5 * (1 + draws[j]), 4), levels[j], 1e-15);
        }
    }

    @Test
    void whatLeavesTheSwingIsClippedAndCountedOnceAnOutput() {
        DigitEncoder encoder = lin(4, WordFormat.UNSIGNED);
        double swing = 0.75 * CURRENT * PHASE / C;
        Integrator narrow = IDEAL.toBuilder().swing(swing).build();
        SuccessiveRescaling sir = SuccessiveRescaling.builder(narrow, (Coding.Digits) encoder.coding())
                .build();
        Readout.Session session = sir.on(DIE, 1, Conditions.ROOM).begin(2, 0);
        ScheduledArray.sources(new double[][] {{CURRENT}})
                .run(encoder.on(DIE, 1).encode(Codes.unsigned(4, 2, 1, new int[] {15, 0}), 0), session);
        Saturation saturation = new Saturation();
        double[] levels = ((Levels) session.finish(saturation)).values().data;
        assertEquals(0.5 * swing, levels[0], 1e-15);
        assertEquals(1, saturation.counts().get("integrator.swing"));
    }

    @Test
    void aBatchIsItsVectorsOneByOne() {
        DigitEncoder encoder = lin(4, WordFormat.UNSIGNED);
        SuccessiveRescaling noisy =
                sir(encoder).shareNoise(300).ratioMismatch(0.01).build();
        Readout.Columns columns = noisy.on(DIE, 1, Conditions.ROOM);
        double[] whole = levels(noisy, encoder, all(4));
        for (int b = 0; b < 16; b++) {
            Readout.Session session = columns.begin(1, b);
            ScheduledArray.sources(new double[][] {{CURRENT}})
                    .run(encoder.on(DIE, 1).encode(all(4).slice(b, b + 1), b), session);
            assertEquals(whole[b], ((Levels) session.finish(new Saturation())).values().data[0]);
        }
    }

    @Test
    void eachImperfectionGoesAloneAndNoneIsLeft() {
        DigitEncoder encoder = lin(4, WordFormat.UNSIGNED);
        Integrator imperfect = IDEAL.toBuilder()
                .gain(1000)
                .capacitorMismatch(0.01)
                .leakage(1e-9)
                .resetNoise(300)
                .chargeInjection(1e-17)
                .offset(1e-3)
                .swing(1)
                .build();
        SuccessiveRescaling sir = SuccessiveRescaling.builder(imperfect, (Coding.Digits) encoder.coding())
                .ratioError(0.01)
                .ratioMismatch(0.01)
                .chargeInjection(1e-4)
                .shareNoise(300)
                .build();
        assertEquals(11, sir.imperfections().size());
        for (Imperfection one : sir.imperfections()) {
            SuccessiveRescaling less = sir.without(one.id());
            assertEquals(10, less.imperfections().size());
            assertFalse(less.imperfections().contains(one));
        }
        SuccessiveRescaling ideal = Block.ideal(sir);
        assertEquals(5.0 / 16 * CURRENT * PHASE / C, levels(ideal, encoder, all(4))[5], 1e-15);
        assertThrows(IllegalArgumentException.class, () -> sir.without("none.such"));
        for (Datasheet.Entry entry : sir.datasheet().entries()) {
            assertFalse(entry.source().isBlank(), entry.parameter());
        }
    }

    @Test
    void refusesDigitsThatItCannotRescaleBy() {
        String order = assertThrows(
                        IllegalArgumentException.class,
                        () -> SuccessiveRescaling.builder(IDEAL, new Coding.Digits(List.of(1.0, 2.0, 6.0)))
                                .build())
                .getMessage();
        assertTrue(order.contains("from 2.0 to 6.0") && order.contains("powers"), order);
        assertThrows(
                IllegalArgumentException.class,
                () -> SuccessiveRescaling.builder(IDEAL, new Coding.Digits(List.of(2.0, 1.0)))
                        .build());
        Integrator line = Integrator.onLine(0, Polarity.SINK, C).build();
        String turned = assertThrows(
                        IllegalArgumentException.class,
                        () -> SuccessiveRescaling.builder(line, new Coding.Digits(List.of(1.0, -2.0)))
                                .build())
                .getMessage();
        assertTrue(turned.contains("integrator on the line") && turned.contains("virtual-ground"), turned);
        SuccessiveRescaling sir = sir(lin(4, WordFormat.UNSIGNED)).build();
        assertFalse(sir.fits(new Coding.Time()));
        assertFalse(sir.fits(lin(5, WordFormat.UNSIGNED).coding()));
        assertTrue(sir.fits(lin(4, WordFormat.UNSIGNED).coding()));
        assertThrows(
                IllegalArgumentException.class,
                () -> levels(sir, lin(5, WordFormat.UNSIGNED), Codes.unsigned(5, 1, 1, new int[1])));
        assertThrows(
                IllegalStateException.class,
                () -> levels(sir, lin(3, WordFormat.UNSIGNED), Codes.unsigned(3, 1, 1, new int[1])));
    }

    @Test
    void costGrowsWithTheSharesAndTheDumpCapacitor() {
        SuccessiveRescaling two = sir(lin(4, WordFormat.UNSIGNED)).build();
        Activity activity = new Activity(3, 2, 1e-7, 1e-14);
        assertEquals(
                IDEAL.cost(activity).energy() + 3 * 2 * 4 * 2e-15,
                two.cost(activity).energy(),
                1e-24);
        assertTrue(two.cost(activity).area() > IDEAL.cost(activity).area());
    }

    @Test
    void levelsAreVoltages() {
        DigitEncoder encoder = lin(2, WordFormat.UNSIGNED);
        Readout.Session session =
                sir(encoder).build().on(DIE, 1, Conditions.ROOM).begin(1, 0);
        ScheduledArray.sources(new double[][] {{CURRENT}})
                .run(encoder.on(DIE, 1).encode(Codes.unsigned(2, 1, 1, new int[] {3}), 0), session);
        Levels levels = (Levels) session.finish(new Saturation());
        assertEquals(Levels.Quantity.VOLTAGE, levels.quantity());
        DMatrixRMaj values = levels.values();
        assertEquals(1, values.numRows);
    }
}
