package org.vmmlib.peripherals.dac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;

class CurrentSteeringDacTest extends DacContract {

    /**
     * Number of converters drawn for a standard deviation. Its relative standard error is 1/sqrt(2·10000) = 0.71 %; the
     * bound of 4.3 % is 6 of those, which one comparison leaves by chance with probability 2e-9.
     */
    private static final int DRAWN = 10_000;

    private static final double BOUND = 0.043;

    @Override
    Dac ideal(int bits, double fullScale) {
        return CurrentSteeringDac.builder(bits, fullScale).build();
    }

    @Override
    Dac imperfect(int bits, double fullScale) {
        return CurrentSteeringDac.builder(bits, fullScale)
                .segmented(Math.min(2, bits))
                .unitMismatch(0.02)
                .outputConductance(1e-9, 1e-6)
                .build();
    }

    private static double deviation(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum / values.length);
    }

    /** End-point INL of one code, in LSB, over many converters. */
    private static double inlSigma(TransferTables tables, int bits, int code) {
        int n = (1 << bits) - 1;
        double[] inl = new double[DRAWN];
        for (int k = 0; k < DRAWN; k++) {
            inl[k] = (tables.level(k, code) - tables.level(k, n) * code / n) * n;
        }
        return deviation(inl);
    }

    private static double dnlSigma(TransferTables tables, int bits, int code) {
        int n = (1 << bits) - 1;
        double[] dnl = new double[DRAWN];
        for (int k = 0; k < DRAWN; k++) {
            dnl[k] = (tables.level(k, code) - tables.level(k, code - 1)) * n - 1;
        }
        return deviation(dnl);
    }

    /** 45 comparisons: fails by chance with probability below 1e-7. */
    @Test
    void inlOfEveryCodeFollowsTheBrownianBridgeWhateverTheSegmentation() {
        double sigma = 0.01;
        for (int thermometer : new int[] {0, 2, 4}) {
            TransferTables tables = CurrentSteeringDac.builder(4, 1)
                    .segmented(thermometer)
                    .unitMismatch(sigma)
                    .build()
                    .on(Die.of(RandomStreams.of(4 + thermometer)), DRAWN);
            for (int code = 1; code < 15; code++) {
                double expected = sigma * Math.sqrt(code * (15.0 - code) / 15);
                assertEquals(expected, inlSigma(tables, 4, code), BOUND * expected, "code " + code);
            }
        }
    }

    /** 3 comparisons: fails by chance with probability below 1e-8. */
    @Test
    void inlAtMidScaleIsHalfTheRootOfTheNumberOfCodes() {
        // 0.5 sqrt(2^b) sigma; exactly, at code k of n: sqrt(k (n − k) / n), which is 1.94, 3.97 and 7.98.
        double[] exact = {1.94, 3.97, 7.98};
        for (int bits = 4; bits <= 8; bits += 2) {
            double sigma = 0.002;
            TransferTables tables = CurrentSteeringDac.builder(bits, 1)
                    .unitMismatch(sigma)
                    .build()
                    .on(Die.of(RandomStreams.of(bits)), DRAWN);
            double measured = inlSigma(tables, bits, 1 << (bits - 1)) / sigma;
            assertEquals(exact[bits / 2 - 2], measured, BOUND * measured);
            assertEquals(0.5 * Math.sqrt(1 << bits), measured, (BOUND + 0.033) * measured);
        }
    }

    /** 9 comparisons: fails by chance with probability below 2e-8. */
    @Test
    void dnlAtMidCodeIsThatOfAllUnitsWhenBinaryAndOfOneWhenUnary() {
        for (int bits = 4; bits <= 8; bits += 2) {
            double sigma = 0.002;
            Die die = Die.of(RandomStreams.of(70 + bits));
            int middle = 1 << (bits - 1);
            CurrentSteeringDac.Builder dac = CurrentSteeringDac.builder(bits, 1).unitMismatch(sigma);
            double binary = dnlSigma(dac.binary().build().on(die, DRAWN), bits, middle) / sigma;
            double unary = dnlSigma(dac.unary().build().on(die, DRAWN), bits, middle) / sigma;
            double segmented = dnlSigma(dac.segmented(2).build().on(die, DRAWN), bits, middle) / sigma;
            double n = (1 << bits) - 1;
            assertEquals(Math.sqrt(n), binary, BOUND * binary);
            assertEquals(1, unary, BOUND);
            // A segment of 2^(b−2) sources goes on while all 2^(b−2) − 1 lower ones go off.
            double switched = Math.sqrt((1 << (bits - 1)) - 1);
            assertEquals(switched, segmented, BOUND * switched);
        }
    }

    /**
     * At each code, the DNL is that of the sources which change: σ times the root of their number (31 comparisons of three
     * converters: fails by chance with probability below 2e-7).
     */
    @Test
    void dnlOfEveryCodeIsThatOfTheSourcesThatChange() {
        int bits = 5;
        double sigma = 0.002;
        for (int thermometer : new int[] {0, 2, 5}) {
            int lowBits = bits - thermometer;
            TransferTables tables = CurrentSteeringDac.builder(bits, 1)
                    .segmented(thermometer)
                    .unitMismatch(sigma)
                    .build()
                    .on(Die.of(RandomStreams.of(90 + thermometer)), DRAWN);
            for (int code = 1; code < 1 << bits; code++) {
                int ones = Integer.numberOfTrailingZeros(code);
                int changed = ones < lowBits ? (2 << ones) - 1 : (2 << lowBits) - 1;
                if (lowBits == 0) {
                    changed = 1;
                }
                double expected = sigma * Math.sqrt(changed);
                assertEquals(expected, dnlSigma(tables, bits, code), BOUND * expected, thermometer + ", " + code);
            }
        }
    }

    /**
     * The mean of the largest |INL| of a unary converter, in σ: 2.8, 6.3 and 13.3 at 4, 6 and 8 bits, by independent draws of
     * bridges of n steps. It spreads by a third of it, so that 10,000 converters leave 0.4 %: bounds are six of those and half a
     * digit.
     */
    @Test
    void theLargestInlOfAUnaryConverterIsThatOfABridge() {
        double[] mean = {2.8, 6.3, 13.3};
        double sigma = 0.002;
        for (int bits = 4; bits <= 8; bits += 2) {
            int n = (1 << bits) - 1;
            TransferTables tables = CurrentSteeringDac.builder(bits, 1)
                    .unary()
                    .unitMismatch(sigma)
                    .build()
                    .on(Die.of(RandomStreams.of(50 + bits)), DRAWN);
            double sum = 0;
            for (int k = 0; k < DRAWN; k++) {
                double largest = 0;
                for (int code = 1; code < n; code++) {
                    double inl = (tables.level(k, code) - tables.level(k, n) * code / n) * n;
                    largest = Math.max(largest, Math.abs(inl));
                }
                sum += largest;
            }
            double expected = mean[bits / 2 - 2];
            assertEquals(expected, sum / DRAWN / sigma, 0.05 + 0.024 * expected);
        }
    }

    /** Runge-Kutta integration of Kirchhoff's law at the output node, instead of the exponential. */
    @Test
    void theSmallestCodesSettleSlowest() {
        double unit = 1e-9;
        double load = 1e-7;
        double capacitance = 1e-15;
        double fullScale = 16 * Si.nA;
        CurrentSteeringDac dac = CurrentSteeringDac.builder(4, fullScale)
                .outputConductance(unit, load)
                .outputCapacitance(capacitance)
                .build();
        double time = 15e-9;
        TransferTables early = dac.on(DIE, 2, time);
        TransferTables settled = dac.on(DIE, 2);
        double previous = 0;
        for (int code = 1; code <= 15; code++) {
            double v = 0;
            int steps = 1000;
            double h = time / steps;
            for (int step = 0; step < steps; step++) {
                double k1 = slope(v, code, fullScale, unit, load, capacitance);
                double k2 = slope(v + h / 2 * k1, code, fullScale, unit, load, capacitance);
                double k3 = slope(v + h / 2 * k2, code, fullScale, unit, load, capacitance);
                double k4 = slope(v + h * k3, code, fullScale, unit, load, capacitance);
                v += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
            }
            assertEquals(load * v, early.level(1, code), 1e-11 * fullScale);
            double reached = early.level(1, code) / settled.level(1, code);
            assertTrue(reached > previous && reached < 1, "code " + code + " reached " + reached);
            previous = reached;
            assertEquals(capacitance / (load + code * unit), dac.timeConstant(code), 1e-20);
        }
        assertEquals(0, early.level(0, 0));
        double slowest = capacitance / (load + unit);
        Activity none = new Activity(0, 1, 0, 0);
        assertEquals(5 * Math.log(2) * slowest, dac.cost(none).time(), 1e-12 * slowest);
        CurrentSteeringDac.Builder lax = dac.toBuilder().settlingError(16);
        assertEquals(0, lax.build().cost(none).time(), 1e-20);
    }

    private static double slope(double v, int code, double fullScale, double unit, double load, double capacitance) {
        return (code * (fullScale / 15 - unit * v) - load * v) / capacitance;
    }

    @Test
    void settlingGoesAloneAndNeedsALoad() {
        CurrentSteeringDac.Builder builder = CurrentSteeringDac.builder(4, 1).outputCapacitance(1e-15);
        String message =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(message.contains("outputCapacitance = 1.0E-15") && message.contains("load"), message);
        CurrentSteeringDac dac = builder.outputConductance(0, 1e-6).build();
        assertEquals(1, dac.imperfections().size());
        assertEquals(CurrentSteeringDac.SETTLING, dac.imperfections().get(0).id());
        assertEquals(1 - Math.exp(-1), dac.on(DIE, 1, 1e-9).level(0, 15), 1e-12);
        assertEquals(
                1, dac.without(CurrentSteeringDac.SETTLING).on(DIE, 1, 1e-9).level(0, 15));
    }

    @Test
    void unaryConverterIsMonotoneWhereTheBinaryOneIsNot() {
        CurrentSteeringDac.Builder dac = CurrentSteeringDac.builder(8, 1).unitMismatch(0.1);
        TransferTables unary = dac.unary().build().on(DIE, 100);
        TransferTables binary = dac.binary().build().on(DIE, 100);
        boolean fell = false;
        for (int k = 0; k < 100; k++) {
            for (int code = 1; code < 256; code++) {
                assertTrue(unary.level(k, code) > unary.level(k, code - 1));
                fell |= binary.level(k, code) < binary.level(k, code - 1);
            }
        }
        assertTrue(fell);
    }

    @Test
    void segmentationChangesNeitherEndOfTheScale() {
        CurrentSteeringDac.Builder dac = CurrentSteeringDac.builder(6, 1).unitMismatch(0.05);
        TransferTables unary = dac.unary().build().on(DIE, 5);
        TransferTables binary = dac.binary().build().on(DIE, 5);
        for (int k = 0; k < 5; k++) {
            assertEquals(unary.level(k, 63), binary.level(k, 63), 1e-12);
        }
    }

    /** The node voltage found by bisection of Kirchhoff's law, instead of the formula. */
    @Test
    void outputResistanceDividesTheCurrentWithTheLoad() {
        double unitConductance = 2e-10;
        double load = 1e-7;
        double fullScale = 16 * Si.nA;
        TransferTables tables = CurrentSteeringDac.builder(4, fullScale)
                .outputConductance(unitConductance, load)
                .build()
                .on(DIE, 1);
        for (int code = 0; code <= 15; code++) {
            double low = 0;
            double high = 1;
            for (int step = 0; step < 200; step++) {
                double v = (low + high) / 2;
                double net = code * (fullScale / 15 - unitConductance * v) - load * v;
                if (net > 0) {
                    low = v;
                } else {
                    high = v;
                }
            }
            assertEquals(load * low, tables.level(0, code), 1e-12 * fullScale);
        }
        // The loss grows with the square of the code: a gain error and a bow.
        double lossAtTop = fullScale - tables.level(0, 15);
        double lossAtHalf = fullScale * 7 / 15 - tables.level(0, 7);
        assertTrue(lossAtTop > 4 * lossAtHalf && lossAtHalf > 0);
    }

    @Test
    void outputResistanceIsNoMismatch() {
        CurrentSteeringDac dac = (CurrentSteeringDac) imperfect(6, 1);
        assertEquals(2, dac.imperfections().size());
        double compressed =
                dac.without(CurrentSteeringDac.UNIT_MISMATCH).on(DIE, 1).level(0, 63);
        assertEquals(1 / (1 + 63e-3), compressed, 1e-12);
    }

    @Test
    void mismatchFollowsPelgrom() {
        // g_m/I = 27 per volt and A_VT = 3 mV um on 1 um2: 8.1 %; with A_beta = 1 % um: sqrt(8.1² + 1²) %.
        assertEquals(0.081, new Pelgrom(3e-9, 0).currentSpread(27, 1e-6, 1e-6), 1e-12);
        assertEquals(
                Math.sqrt(0.081 * 0.081 + 0.01 * 0.01), new Pelgrom(3e-9, 1e-8).currentSpread(27, 2e-6, 0.5e-6), 1e-12);
        Pelgrom pelgrom = new Pelgrom(3e-9, 1e-8);
        assertEquals(0.5, pelgrom.currentSpread(20, 4e-6, 1e-6) / pelgrom.currentSpread(20, 1e-6, 1e-6), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> pelgrom.currentSpread(20, 0, 1e-6));
        assertThrows(IllegalArgumentException.class, () -> new Pelgrom(-1, 0));
    }

    /** Counts the sources that change between every two words, by which bit or segment each belongs to. */
    @Test
    void switchingEnergyIsThatOfTheSourcesThatChange() {
        for (int thermometer = 0; thermometer <= 5; thermometer++) {
            int lowBits = 5 - thermometer;
            double changed = 0;
            for (int from = 0; from < 32; from++) {
                for (int to = 0; to < 32; to++) {
                    changed += Math.abs((from >> lowBits) - (to >> lowBits)) * (1 << lowBits);
                    for (int bit = 0; bit < lowBits; bit++) {
                        changed += ((from >> bit) & 1) != ((to >> bit) & 1) ? 1 << bit : 0;
                    }
                }
            }
            Cost cost = CurrentSteeringDac.builder(5, 1)
                    .segmented(thermometer)
                    .supply(2)
                    .biasCurrent(0)
                    .unitSwitchCapacitance(1e-15)
                    .build()
                    .cost(new Activity(1, 1, 0, 0));
            assertEquals(changed / 1024 * 0.5 * 1e-15 * 4, cost.energy(), 1e-27);
        }
    }

    @Test
    void whatFallsAcrossTheLoadIsNotCountedTwice() {
        CurrentSteeringDac.Builder dac = CurrentSteeringDac.builder(4, 1).supply(1.2);
        Activity charge = new Activity(0, 1, 0, 1e-15);
        assertEquals(1.2e-15, dac.build().cost(charge).energy(), 1e-27);
        assertEquals(0.7e-15, dac.outputVoltage(0.5).build().cost(charge).energy(), 1e-27);
    }

    /** Area and energy per conversion as the area and energy tables of aCortex give them. */
    @Test
    void acortexConverterTakesWhatThePaperSays() {
        CurrentSteeringDac dac = CurrentSteeringDac.acortex55nm(4, 16 * Si.nA);
        double time = 50 * Si.ns;
        Cost cost = dac.cost(new Activity(1, 1, time, 8 * Si.nA * time));
        assertEquals(10.1 * Si.um2, cost.area(), 0.03 * 10.1 * Si.um2);
        assertEquals(52e-15, cost.energy(), 0.1 * 52e-15);
        assertTrue(dac.imperfections().isEmpty());
        assertEquals(4, dac.bits());
    }

    @Test
    void refusesParametersOutOfRange() {
        CurrentSteeringDac.Builder builder = CurrentSteeringDac.builder(4, 1);
        assertThrows(IllegalArgumentException.class, () -> builder.segmented(5));
        assertThrows(IllegalArgumentException.class, () -> builder.unitMismatch(0.2));
        assertThrows(IllegalArgumentException.class, () -> builder.unitMismatch(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> builder.outputConductance(1e-9, 0));
        assertThrows(IllegalArgumentException.class, () -> builder.supply(0));
        String message = assertThrows(IllegalArgumentException.class, () -> builder.biasCurrent(-1))
                .getMessage();
        assertEquals("biasCurrent = -1.0: must be a finite number >= 0", message);
    }

    /** Sources of I/k each have 2qI/k, k of them 2qI: of 1 µA 3.204e-25 A²/Hz, whatever the word length. */
    @Test
    void sourcesInWeakInversionAddUpToTheShotNoiseOfTheirCurrent() {
        for (int bits : new int[] {1, 4, 10}) {
            Dac dac = CurrentSteeringDac.builder(bits, 2 * Si.uA).build();
            assertEquals(3.204353268e-25, dac.noise(1 * Si.uA, Conditions.ROOM), 1e-34);
            assertEquals(0, dac.noise(0, Conditions.ROOM));
        }
    }

    /** In weak inversion γ = n/2 and g_m = I/(n U_t), so that 4kTγ g_m is 2qI for every n and temperature. */
    @Test
    void thermalNoiseOfTheChannelInWeakInversionIsShotNoise() {
        for (double n : new double[] {1, 1.3, 2}) {
            for (Conditions at : new Conditions[] {Conditions.ROOM, Conditions.ROOM.atTemperature(400)}) {
                Dac dac = CurrentSteeringDac.builder(4, 2 * Si.uA)
                        .channelNoise(n / 2, 1 / (n * at.thermalVoltage()))
                        .build();
                assertEquals(3.204353268e-25, dac.noise(1 * Si.uA, at), 1e-33);
            }
        }
    }

    /** γ = 2/3 and an overdrive of 0.2 V: {@code 4kT · 2/3 · 2 · 1 µA / 0.2 V} = 1.1045e-25 A²/Hz at 300 K. */
    @Test
    void sourcesInStrongInversionHaveLess() {
        Dac dac = CurrentSteeringDac.builder(4, 2 * Si.uA)
                .channelNoise(2.0 / 3, 10)
                .build();
        assertEquals(1.104519e-25, dac.noise(1 * Si.uA, Conditions.ROOM.atTemperature(300)), 1e-31);
        assertThrows(
                IllegalArgumentException.class,
                () -> CurrentSteeringDac.builder(4, 1).channelNoise(0, 10));
        assertThrows(
                IllegalArgumentException.class,
                () -> CurrentSteeringDac.builder(4, 1).channelNoise(1, Double.NaN));
    }
}
