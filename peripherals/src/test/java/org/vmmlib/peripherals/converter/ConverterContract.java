package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;

/** What every converter keeps to. */
abstract class ConverterContract {

    static final Die DIE = Die.of(RandomStreams.of(13));

    /** An ideal converter. */
    abstract Converter ideal(int bits, Activation activation, double fullScale, double inputBias);

    /** A converter with every imperfection that it can have, each about half an LSB at 4 bits. */
    abstract Converter imperfect(int bits, Activation activation, double fullScale);

    /** Whether its circuit can have the activation. */
    boolean takes(Activation activation) {
        return true;
    }

    /** Whether its ideal thresholds are those of the activation. */
    boolean exact(Activation activation) {
        return true;
    }

    /** Fewest bits that it can have. */
    int fewestBits() {
        return 1;
    }

    /** Most bits that it can have. */
    int mostBits() {
        return 16;
    }

    /** What it converts. */
    Levels.Quantity quantity() {
        return Levels.Quantity.CURRENT;
    }

    private List<Activation> taken() {
        return Arrays.stream(Activation.values()).filter(this::takes).toList();
    }

    private List<Activation> exact() {
        return taken().stream().filter(this::exact).toList();
    }

    private int bits(int wanted) {
        return Math.max(fewestBits(), Math.min(mostBits(), wanted));
    }

    /** The activation wanted, or another that the circuit can have. */
    private Activation taken(Activation wanted) {
        return takes(wanted) ? wanted : takes(Activation.LINEAR) ? Activation.LINEAR : Activation.RELU;
    }

    static int[] codes(Converter.Channels channels, long firstCall, int columns, double... levels) {
        DMatrixRMaj batch = new DMatrixRMaj(levels.length / columns, columns);
        batch.setData(levels.clone());
        return channels.convert(batch, firstCall, new Saturation()).data();
    }

    static double[] levels(int count, double span) {
        RandomStream draw = RandomStreams.of(5).stream("test", 0);
        double[] out = new double[count];
        for (int k = 0; k < count; k++) {
            out[k] = span * (2.4 * draw.uniform(k) - 1.2);
        }
        return out;
    }

    /** f⁻¹(k / 2^bits) from the functions' own inverses, written down once more. */
    private static double inverse(Activation activation, int k, int bits) {
        double codes = 1 << bits;
        return switch (activation) {
            case LINEAR -> 2 * k / codes - 1;
            case RELU, BOUNDED_RELU -> k / codes;
            case SIGMOID -> Math.log(k / (codes - k));
            case TANH -> 0.5 * Math.log(k / (codes - k));
        };
    }

    @Test
    void idealConverterCountsTheThresholdsAtOrBelowItsInput() {
        for (Activation activation : taken()) {
            checkIdealConverterCountsTheThresholdsAtOrBelowItsInput(activation);
        }
    }

    private void checkIdealConverterCountsTheThresholdsAtOrBelowItsInput(Activation activation) {
        for (int bits = fewestBits(); bits <= bits(10); bits++) {
            for (double bias : new double[] {0, 0.37e-6, -1.3e-7}) {
                double fullScale = 3e-6;
                Converter adc = ideal(bits, activation, fullScale, bias);
                double[] thresholds = adc.thresholds();
                int top = thresholds.length;
                assertEquals((1 << bits) - 1, top);
                double span = 2 * fullScale;
                double[] levels = new double[4 * top + 2];
                for (int k = 1; k <= top; k++) {
                    double theta = thresholds[k - 1];
                    if (exact(activation)) {
                        assertEquals(fullScale * inverse(activation, k, bits) - bias, theta, 1e-15 * span * (bits + 1));
                        assertTrue(k == 1 || theta > thresholds[k - 2]);
                    }
                    assertTrue(k == 1 || theta >= thresholds[k - 2]);
                    if (Double.isFinite(theta)) {
                        double next = k < top && Double.isFinite(thresholds[k]) ? thresholds[k] : theta + span;
                        int at = 4 * (k - 1);
                        levels[at] = theta;
                        levels[at + 1] = theta - 1e-12 * span;
                        levels[at + 2] = theta + 1e-12 * span;
                        levels[at + 3] = (theta + next) / 2;
                    }
                }
                levels[4 * top] = -100 * span;
                levels[4 * top + 1] = 100 * span;
                int[] expected = new int[levels.length];
                for (int k = 0; k < levels.length; k++) {
                    double level = levels[k];
                    expected[k] = (int)
                            Arrays.stream(thresholds).filter(t -> t <= level).count();
                }
                assertArrayEquals(
                        expected,
                        codes(adc.on(DIE, 1), 0, 1, levels),
                        activation + ", " + bits + " bits, bias " + bias);
            }
        }
    }

    @Test
    void idealCodesAreTheFloorOfTheActivation() {
        for (Activation activation : exact()) {
            checkIdealCodesAreTheFloorOfTheActivation(activation);
        }
    }

    private void checkIdealCodesAreTheFloorOfTheActivation(Activation activation) {
        int bits = bits(6);
        Converter adc = ideal(bits, activation, 1e-6, 0);
        double[] levels = levels(2000, 2e-6);
        int[] codes = codes(adc.on(DIE, 1), 0, 1, levels);
        for (int k = 0; k < levels.length; k++) {
            double y = (1 << bits) * activation.apply(levels[k] / 1e-6);
            if (Math.abs(y - Math.rint(y)) > 1e-9) {
                assertEquals((int) Math.min((1 << bits) - 1, Math.max(0, Math.floor(y))), codes[k]);
            }
        }
    }

    @Test
    void idealCodesNeverFallWhenTheInputRises() {
        for (Activation activation : taken()) {
            checkIdealCodesNeverFallWhenTheInputRises(activation);
        }
    }

    private void checkIdealCodesNeverFallWhenTheInputRises(Activation activation) {
        checkRises(ideal(bits(9), activation, 1, 0.01));
    }

    @Test
    void mismatchMakesNoCodeFallWhenTheInputRises() {
        Converter design = imperfect(bits(8), taken(Activation.LINEAR), 1);
        for (Imperfection one : design.imperfections()) {
            if (one.id().endsWith("-noise") || one.id().endsWith("jitter")) {
                design = design.without(one.id());
            }
        }
        checkRises(design);
    }

    private static void checkRises(Converter design) {
        Converter.Channels adc = design.on(DIE, 1);
        double[] ramp = new double[5001];
        for (int k = 0; k < ramp.length; k++) {
            ramp[k] = -7 + 14 * k / 5000.0;
        }
        int[] codes = codes(adc, 0, 1, ramp);
        for (int k = 1; k < codes.length; k++) {
            assertTrue(codes[k] >= codes[k - 1]);
        }
    }

    @Test
    void reconstructionIsWithinHalfACodeOfTheActivation() {
        for (Activation activation : exact()) {
            checkReconstructionIsWithinHalfACodeOfTheActivation(activation);
        }
    }

    private void checkReconstructionIsWithinHalfACodeOfTheActivation(Activation activation) {
        int bits = bits(6);
        double width = 1.0 / (1 << bits);
        double lsb = activation == Activation.LINEAR ? 2 * width : width;
        Converter adc = ideal(bits, activation, 1, lsb / 2);
        for (double level : levels(500, 0.7)) {
            int code = codes(adc.on(DIE, 1), 0, 1, level)[0];
            double y = activation.apply(activation.uniform() ? level : level + lsb / 2);
            if (activation.apply(level) > 0 && activation.apply(level + lsb / 2) < 1) {
                assertEquals(y, adc.reconstruct(code), 0.5 * width + 1e-12, "at " + level);
            }
        }
    }

    @Test
    void aBatchIsItsVectorsOneByOneWithTheirOwnNoise() {
        Converter.Channels adc =
                imperfect(bits(6), taken(Activation.RELU), 1e-6).on(DIE, 5);
        double[] levels = levels(40, 1e-6);
        int[] whole = codes(adc, 1000, 5, levels);
        for (int cut = 1; cut < 8; cut++) {
            int[] head = codes(adc, 1000, 5, Arrays.copyOf(levels, 5 * cut));
            int[] tail = codes(adc, 1000 + cut, 5, Arrays.copyOfRange(levels, 5 * cut, 40));
            assertArrayEquals(Arrays.copyOf(whole, 5 * cut), head);
            assertArrayEquals(Arrays.copyOfRange(whole, 5 * cut, 40), tail);
        }
    }

    @Test
    void sameSeedGivesTheSameCodesAndAnotherDieOthers() {
        Converter design = imperfect(bits(8), taken(Activation.LINEAR), 1e-6);
        double[] levels = levels(400, 1e-6);
        int[] first = codes(design.on(DIE, 4), 0, 4, levels);
        assertArrayEquals(first, codes(design.on(DIE, 4), 0, 4, levels));
        assertFalse(Arrays.equals(first, codes(design.on(DIE.part(2), 4), 0, 4, levels)));
        assertFalse(Arrays.equals(first, codes(design.on(DIE, 4), 100, 4, levels)), "other calls, other noise");
    }

    @Test
    void batchOfNothingGivesNothing() {
        Codes codes = ideal(bits(4), taken(Activation.RELU), 1, 0)
                .on(DIE, 3)
                .convert(new DMatrixRMaj(0, 3), 0, new Saturation());
        assertEquals(0, codes.vectors());
        assertEquals(3, codes.channels());
        assertEquals(bits(4), codes.bits());
        assertFalse(codes.signed());
    }

    @Test
    void inputsBeyondTheCodesAreCountedWhereTheClipIsNotMeant() {
        double[] levels = {-1.5, -1, -0.5, 0, 0.5, 1, 1.5};
        for (Activation activation : taken()) {
            Saturation saturation = new Saturation();
            DMatrixRMaj batch = new DMatrixRMaj(1, 7);
            batch.setData(levels.clone());
            ideal(bits(4), activation, 1, 0).on(DIE, 7).convert(batch, 0, saturation);
            Long top = saturation.counts().get("adc.top");
            Long bottom = saturation.counts().get("adc.bottom");
            if (activation == Activation.RELU || activation == Activation.LINEAR) {
                assertEquals(1, assertPresent(top));
            } else {
                assertNull(top, activation + " is meant to clip at the top");
            }
            if (activation == Activation.LINEAR) {
                assertEquals(1, assertPresent(bottom));
            } else {
                assertNull(bottom, activation + " is meant to clip at the bottom");
            }
        }
    }

    private static long assertPresent(Long count) {
        assertNotNull(count);
        return count;
    }

    @Test
    void eachImperfectionGoesAloneAndNoneIsLeft() {
        Converter adc = imperfect(bits(6), taken(Activation.SIGMOID), 1e-6);
        for (Imperfection one : adc.imperfections()) {
            Converter less = adc.without(one.id());
            assertEquals(adc.imperfections().size() - 1, less.imperfections().size());
            assertTrue(less.imperfections().stream().noneMatch(i -> i.id().equals(one.id())));
        }
        String message = assertThrows(IllegalArgumentException.class, () -> adc.without("none.such"))
                .getMessage();
        assertTrue(message.contains("none.such"), message);
        double[] levels = levels(500, 5e-6);
        assertArrayEquals(
                codes(ideal(bits(6), taken(Activation.SIGMOID), 1e-6, 0).on(DIE, 1), 0, 1, levels),
                codes(Block.ideal(adc).on(DIE, 1), 0, 1, levels));
    }

    @Test
    void everyImperfectionAloneChangesCodes() {
        Converter all = imperfect(bits(8), taken(Activation.LINEAR), 1e-6);
        double[] levels = levels(400, 1e-6);
        int[] ideal = codes(Block.ideal(all).on(DIE, 4), 0, 4, levels);
        for (Imperfection keep : all.imperfections()) {
            Converter one = all;
            for (Imperfection other : all.imperfections()) {
                if (!other.id().equals(keep.id())) {
                    one = one.without(other.id());
                }
            }
            assertFalse(Arrays.equals(ideal, codes(one.on(DIE, 4), 0, 4, levels)), keep.id());
        }
    }

    @Test
    void energyGrowsWithTheConversionsAndAreaWithTheChannels() {
        Converter adc = ideal(bits(4), taken(Activation.RELU), 1e-6, 0);
        Cost one = adc.cost(new Activity(10, 3, 1e-6, 1e-13));
        Cost twice = adc.cost(new Activity(20, 3, 2e-6, 2e-13));
        assertTrue(one.energy() > 0 && one.time() > 0 && one.area() > 0);
        assertEquals(2 * one.energy(), twice.energy(), 1e-12 * one.energy());
        double areaOfTwice = adc.cost(new Activity(0, 6, 0, 0)).area();
        assertTrue(areaOfTwice > one.area() && areaOfTwice <= 2 * one.area() * (1 + 1e-12), "some of it may be shared");
        assertEquals(0, adc.cost(new Activity(0, 3, 0, 0)).energy());
        if (mostBits() >= 8) {
            Converter longer = ideal(8, taken(Activation.RELU), 1e-6, 0);
            assertTrue(longer.cost(new Activity(1, 1, 0, 0)).area()
                    > adc.cost(new Activity(1, 1, 0, 0)).area());
        }
    }

    @Test
    void everyParameterHasItsSource() {
        for (Datasheet.Entry entry :
                imperfect(bits(4), taken(Activation.RELU), 1e-6).datasheet().entries()) {
            assertFalse(entry.source().isBlank(), entry.parameter());
        }
    }

    @Test
    void convertsWhatItSays() {
        assertEquals(quantity(), ideal(bits(4), taken(Activation.RELU), 1, 0).input());
    }

    @Test
    void refusesWordLengthsThatItCannotHave() {
        for (int bits : new int[] {0, -1, mostBits() + 1, 25}) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> ideal(bits, taken(Activation.RELU), 1, 0))
                    .getMessage();
            assertTrue(message.matches("[a-zA-Z]*[bB]its = -?\\d+: must be from \\d+ to \\d+"), message);
        }
    }

    @Test
    void refusesActivationsThatItCannotHave() {
        for (Activation activation : Activation.values()) {
            if (!takes(activation)) {
                String message = assertThrows(IllegalArgumentException.class, () -> ideal(bits(4), activation, 1, 0))
                        .getMessage();
                assertTrue(message.startsWith("activation = " + activation + ": "), message);
                assertTrue(message.contains("use "), message);
            }
        }
    }

    @Test
    void refusesWhatItCannotConvert() {
        Activation relu = taken(Activation.RELU);
        assertThrows(IllegalArgumentException.class, () -> ideal(bits(4), relu, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> ideal(bits(4), relu, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> ideal(bits(4), relu, 1, Double.NaN));
        assertThrows(
                IllegalArgumentException.class, () -> ideal(bits(4), relu, 1, 0).on(DIE, 0));
        Converter.Channels adc = ideal(bits(4), relu, 1, 0).on(DIE, 2);
        String shape = assertThrows(IllegalArgumentException.class, () -> codes(adc, 0, 3, 0, 0, 0))
                .getMessage();
        assertEquals("levels is 1 x 3: must have 2 columns, one for each channel", shape);
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            String message = assertThrows(IllegalArgumentException.class, () -> codes(adc, 0, 2, 0, 0, 0, bad))
                    .getMessage();
            assertEquals("levels[1,1] = " + bad + ": must be a finite number", message);
        }
    }
}
