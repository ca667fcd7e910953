package org.vmmlib.peripherals.digital;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.converter.SarAdc;
import org.vmmlib.peripherals.converter.ShiftAndAdd;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.SuccessiveRescaling;
import org.vmmlib.peripherals.sensing.MirrorSensing;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

class DigitReadoutTest {

    private static final Die DIE = Die.of(RandomStreams.of(5));
    private static final Coding.Digits BITS = new Coding.Digits(List.of(1.0, 2.0, 4.0, -8.0));
    private static final double PHASE = 1e-6;

    /** 1 kOhm, and steps of 1 mV, of 1 uA. */
    private static final TransimpedanceSensing AMPLIFIER =
            TransimpedanceSensing.builder(0, Polarity.SINK, 1e3).build();

    private static SarAdc.Builder adc() {
        return SarAdc.builder(6, Activation.RELU, Levels.Quantity.VOLTAGE, 0.064)
                .inputBias(0.0005);
    }

    private static final DigitReadout READOUT = DigitReadout.of(AMPLIFIER, adc().build(), BITS);

    /** Currents that do not depend on the voltages. */
    private record Sources(double[][] amperes) implements ColumnPort {
        @Override
        public int vectors() {
            return amperes.length;
        }

        @Override
        public int columns() {
            return amperes[0].length;
        }

        @Override
        public void currents(DMatrixRMaj vSense, DMatrixRMaj currents, @Nullable DMatrixRMaj slopes) {
            currents.set(amperes);
            if (slopes != null) {
                slopes.fill(0);
            }
        }
    }

    private static double[] durations(int vectors, double seconds) {
        double[] durations = new double[vectors];
        Arrays.fill(durations, seconds);
        return durations;
    }

    /** The sums of phases with these microamperes in every vector and column. */
    private static Codes run(
            Readout readout, int vectors, int columns, long call, Saturation saturation, double... steps) {
        Readout.Session session = readout.on(DIE, columns, Conditions.ROOM).begin(vectors, call);
        for (double step : steps) {
            double[][] amperes = new double[vectors][columns];
            for (double[] row : amperes) {
                Arrays.fill(row, step * Si.uA);
            }
            session.phase(durations(vectors, PHASE), new Sources(amperes));
        }
        return (Codes) session.finish(saturation);
    }

    @Test
    void wordsOfThePhasesAreWeighedByTheirDigits() {
        Codes sums = run(READOUT, 2, 3, 0, new Saturation(), 3.2, 10.4, 0, 5.6);
        for (int word : sums.data()) {
            assertEquals(3 + 2 * 10 - 8 * 6, word, "each word is rounded before it is added");
        }
        assertTrue(sums.signed());
        assertEquals(10, sums.bits(), "63 (1 + 2 + 4 − 8) has 9 bits and a sign");
        DigitReadout linear = DigitReadout.of(
                AMPLIFIER,
                SarAdc.builder(6, Activation.LINEAR, Levels.Quantity.VOLTAGE, 0.032)
                        .inputBias(0.0005)
                        .build(),
                BITS);
        assertEquals(
                -3 + 2 * 10 - 8 * -6,
                run(linear, 1, 1, 0, new Saturation(), -3.2, 10.4, 0, -5.6).get(0, 0));
        assertEquals(0.001, linear.words().orElseThrow().step(), 1e-15);
    }

    @Test
    void whatDoesNotFitIsCountedInEveryPhase() {
        Saturation saturation = new Saturation();
        run(READOUT, 2, 3, 0, saturation, 70, 70, 1, 70);
        assertEquals(Map.of("adc.top", 18L), saturation.counts());
    }

    @Test
    void noiseIsFreshInEachPhaseAndMismatchIsNot() {
        int vectors = 400;
        Coding.Digits twice = new Coding.Digits(List.of(1.0, -1.0));
        DigitReadout noisy =
                DigitReadout.of(AMPLIFIER, adc().samplingNoise(0.002).build(), twice);
        int[] differences = run(noisy, vectors, 2, 0, new Saturation(), 30, 30).data();
        double square = 0;
        for (int difference : differences) {
            square += (double) difference * difference;
        }
        // Two independent draws of 2 steps, and rounding: 2 (4 + 1/12). The relative spread of a variance of 800 draws
        // is
        // 0.05, so 0.27 is 5.4 standard deviations: 7e-8.
        assertEquals(2 * (4 + 1.0 / 12), square / differences.length, 0.27 * 8.17);

        DigitReadout different = DigitReadout.of(
                AMPLIFIER.toBuilder().gainError(0.1).build(),
                adc().comparatorOffset(0.003).build(),
                twice);
        int[] same = run(different, 2, 50, 0, new Saturation(), 30, 30).data();
        assertArrayEquals(new int[100], same);
        Coding.Digits once = new Coding.Digits(List.of(1.0));
        int[] words = run(
                        DigitReadout.of(different.sensing(), different.converter(), once),
                        1,
                        50,
                        0,
                        new Saturation(),
                        30)
                .data();
        assertTrue(Arrays.stream(words).distinct().count() > 5);
    }

    @Test
    void aBatchIsItsVectorsOneByOne() {
        DigitReadout noisy =
                DigitReadout.of(AMPLIFIER, adc().samplingNoise(0.002).build(), BITS);
        Codes whole = run(noisy, 4, 3, 20, new Saturation(), 3, 4, 5, 6);
        for (int b = 0; b < 4; b++) {
            Codes one = run(noisy, 1, 3, 20 + b, new Saturation(), 3, 4, 5, 6);
            assertArrayEquals(whole.slice(b, b + 1).data(), one.data());
        }
        assertNotEquals(
                Arrays.toString(whole.slice(0, 1).data()),
                Arrays.toString(whole.slice(1, 2).data()));
    }

    /** 10 vectors, 5 columns and 4 phases are 200 conversions, and 200 additions. */
    @Test
    void everyPhaseIsPaidFor() {
        double charge = 3e-12;
        double time = 10 * 4 * PHASE;
        Activity whole = new Activity(10, 5, time, charge);
        double expected = AMPLIFIER.cost(whole).energy()
                + 200 * adc().build().cost(new Activity(1, 1, 0, 0)).energy()
                + ShiftAndAdd.of(BITS).cost(whole, 6).energy();
        Cost cost = READOUT.cost(whole);
        assertEquals(expected, cost.energy(), 1e-12 * expected);
        double area = AMPLIFIER.cost(whole).area()
                + adc().build().cost(whole).area()
                + ShiftAndAdd.of(BITS).cost(whole, 6).area();
        assertEquals(area, cost.area(), 1e-12 * area);
        assertEquals(0, READOUT.cost(new Activity(0, 5, 0, 0)).energy());
    }

    @Test
    void convertersOfACurrentTakeItForAsLongAsTheyConvert() {
        MirrorSensing mirror = MirrorSensing.builder(0, Polarity.SINK).build();
        SarAdc adc = SarAdc.builder(6, Activation.RELU, Levels.Quantity.CURRENT, 64e-6)
                .build();
        DigitReadout readout = DigitReadout.of(mirror, adc, BITS);
        double conversion = adc.cost(new Activity(0, 1, 0, 0)).time();
        Activity whole = new Activity(10, 5, 40 * PHASE, 3e-12);
        double expected = mirror.cost(whole).energy()
                + adc.cost(new Activity(40, 5, 40 * conversion, 3e-12 * conversion / PHASE))
                        .energy()
                + ShiftAndAdd.of(BITS).cost(whole, 6).energy();
        assertEquals(expected, readout.cost(whole).energy(), 1e-12 * expected);
    }

    @Test
    void aPhaseLastsForTheConversionsOfAllColumnsThatShareAConverter() {
        double settling = 10 * Si.ns;
        TransimpedanceSensing amplifier =
                AMPLIFIER.toBuilder().settlingTime(settling).build();
        SarAdc shared = adc().cycleTime(1 * Si.ns).shared(8).build();
        double conversions = 8 * 7 * Si.ns;
        DigitReadout inTurn = DigitReadout.of(amplifier, shared, BITS);
        double addition = ShiftAndAdd.of(BITS).cost(new Activity(0, 1, 0, 0), 6).time();
        assertEquals(
                settling + conversions, inTurn.cost(new Activity(1, 16, 0, 0)).time(), 1e-20);
        assertEquals(addition, inTurn.latency(16), 1e-20);
        DigitReadout pipelined = inTurn.pipelined();
        assertEquals(conversions, pipelined.cost(new Activity(1, 16, 0, 0)).time(), 1e-20);
        assertEquals(conversions + addition, pipelined.latency(16), 1e-20);
        Sources none = new Sources(new double[1][16]);
        inTurn.on(DIE, 16, Conditions.ROOM).begin(1, 0).phase(durations(1, settling + conversions), none);
        pipelined.on(DIE, 16, Conditions.ROOM).begin(1, 0).phase(durations(1, conversions), none);
        refuses(
                () -> inTurn.on(DIE, 16, Conditions.ROOM).begin(1, 0).phase(durations(1, conversions), none),
                "phase duration = 5.6",
                "16 columns");
    }

    @Test
    void eachImperfectionGoesAlone() {
        DigitReadout readout = DigitReadout.of(
                AMPLIFIER.toBuilder().gainError(0.1).offset(1e-3).build(),
                adc().comparatorOffset(0.003).samplingNoise(1e-3).build(),
                BITS);
        assertEquals(4, readout.imperfections().size());
        for (var one : readout.imperfections()) {
            DigitReadout less = readout.without(one.id());
            assertEquals(3, less.imperfections().size());
            assertFalse(less.imperfections().contains(one));
        }
        refuses(() -> readout.without("none.such"), "conversion in every phase", "sense.gain");
        double[] steps = {3.2, 10.4, 0, 5.6};
        assertArrayEquals(
                run(READOUT, 1, 4, 0, new Saturation(), steps).data(),
                run(Block.ideal(readout), 1, 4, 0, new Saturation(), steps).data());
        for (Datasheet.Entry entry : readout.datasheet().entries()) {
            assertFalse(entry.source().isBlank(), entry.parameter());
        }
    }

    @Test
    void anIntegratorIsResetInEachPhase() {
        Integrator integrator =
                Integrator.virtualGround(0, Polarity.SINK, 1e-12).build();
        SarAdc adc = SarAdc.builder(6, Activation.RELU, Levels.Quantity.VOLTAGE, 64)
                .inputBias(0.5)
                .build();
        // 1 uA for 1 us on 1 pF is 1 V.
        Codes sums = run(DigitReadout.of(integrator, adc, BITS), 1, 2, 0, new Saturation(), 3, 10, 0, 6);
        assertArrayEquals(new int[] {-25, -25}, sums.data());
    }

    @Test
    void refusesPartsThatDoNotFitNamingThem() {
        Integrator integrator =
                Integrator.virtualGround(0, Polarity.SINK, 1e-12).build();
        refuses(
                () -> DigitReadout.of(
                        SuccessiveRescaling.builder(integrator, BITS).build(), adc().build(), BITS),
                "successive integration",
                "does not sense a phase by itself");
        refuses(
                () -> DigitReadout.of(AMPLIFIER, adc().build(), new Coding.Digits(List.of(1.0, 3.0))),
                "weight = 3",
                "power of two");
        Coding.Digits many = bits(26);
        refuses(() -> DigitReadout.of(AMPLIFIER, adc().build(), many), "6 bits", "need 32 bits", "at most 31");
        DigitReadout currents = DigitReadout.of(
                AMPLIFIER,
                SarAdc.builder(6, Activation.RELU, Levels.Quantity.CURRENT, 1).build(),
                BITS);
        refuses(() -> run(currents, 1, 1, 0, new Saturation(), 1), "transimpedance", "a voltage", "takes a current");
        refuses(() -> run(READOUT, 1, 1, 0, new Saturation(), 1, 2, 3, 4, 5), "more than 4 phases");
        assertThrows(IllegalStateException.class, () -> run(READOUT, 1, 1, 0, new Saturation(), 1, 2));
        refuses(() -> run(READOUT, 1, 1, 1L << 40, new Saturation(), 1), "firstCall = 1099511627776");
        refuses(() -> run(READOUT, 1, 1, -1, new Saturation(), 1), "firstCall = -1");
        assertEquals(31, DigitReadout.of(AMPLIFIER, adc().build(), bits(25)).bits());
    }

    private static Coding.Digits bits(int count) {
        Double[] significance = new Double[count];
        for (int k = 0; k < count; k++) {
            significance[k] = Math.scalb(1.0, k);
        }
        return new Coding.Digits(List.of(significance));
    }

    private static void refuses(Executable act, String... words) {
        String message = assertThrows(IllegalArgumentException.class, act).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
