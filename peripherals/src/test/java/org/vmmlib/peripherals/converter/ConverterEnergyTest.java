package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Levels;

/** Energies of converters from their own circuits: C V² of what switches, I V t of what conducts, counted by hand. */
class ConverterEnergyTest {

    private static final Levels.Quantity VOLTAGE = Levels.Quantity.VOLTAGE;
    private static final double V = 1.1;

    private static double energy(Converter design, int vectors, int channels) {
        return design.cost(new Activity(vectors, channels, 0, 0)).energy();
    }

    private static void equal(double expected, double actual) {
        assertEquals(expected, actual, 1e-12 * expected);
    }

    @Test
    void flashSwitchesEveryComparatorAndItsLadderConducts() {
        FlashAdc flash = FlashAdc.builder(6, Activation.RELU, VOLTAGE, 1)
                .supply(V)
                .comparatorCapacitance(4 * Si.fF)
                .ladderCurrent(20 * Si.uA)
                .conversionTime(3 * Si.ns)
                .build();
        equal(35 * (63 * 4e-15 * V * V + V * 20e-6 * 3e-9), energy(flash, 7, 5));
    }

    @Test
    void deltaSigmaSwitchesItsCapacitorsInEveryPeriod() {
        DeltaSigmaAdc first = DeltaSigmaAdc.builder(8, Activation.RELU, VOLTAGE, 1)
                .supply(V)
                .periodCapacitance(15 * Si.fF)
                .clockPeriod(2 * Si.ns)
                .build();
        equal(35 * 256 * 15e-15 * V * V, energy(first, 7, 5));
        equal(512e-9, first.cost(new Activity(7, 5, 0, 0)).time());
        equal(
                35 * 60 * 15e-15 * V * V,
                energy(first.toBuilder().modulator(2, 60).build(), 7, 5));
    }

    @Test
    void twoStepsTakeACycleForEachBit() {
        TwoStepAdc design = TwoStepAdc.builder(3, 4, Activation.SIGMOID, VOLTAGE, 1)
                .supply(V)
                .comparatorCapacitance(6 * Si.fF)
                .referenceCurrent(2 * Si.uA)
                .cycleTime(2 * Si.ns)
                .build();
        equal(35 * 7 * (6e-15 * V * V + V * 2e-6 * 2e-9), energy(design, 7, 5));
    }

    /**
     * The DAC of a conventional search: {@code Σ_i 2^(p+1−2i) (2^i − 1) C V²} for the p decisions, here of 3 bits by hand:
     * 4 + 3 + 7/4. A channel that stops early saves the small steps alone.
     */
    @Test
    void adaptiveSearchPaysForTheDecisionsItTakes() {
        SarAdc sar = SarAdc.builder(3, Activation.RELU, VOLTAGE, 1)
                .supply(V)
                .unitCapacitance(2 * Si.fF)
                .cycleCapacitance(9 * Si.fF)
                .build();
        double all = V * V * (2e-15 * (4 + 3 + 1.75) + 3 * 9e-15);
        equal(all, energy(sar, 1, 1));
        double two = V * V * (2e-15 * (4 + 3) + 2 * 9e-15);
        equal(5 * (all + two), energy(AdaptiveSarAdc.of(sar, 3, 2), 5, 2));
    }

    @Test
    void aTableAddsTheReadOfItsWords() {
        SarAdc front =
                SarAdc.builder(8, Activation.LINEAR, VOLTAGE, 1).supply(V).build();
        ActivationTable table = ActivationTable.of(front, 5, Activation.SIGMOID, 0.25);
        // 8 word lines and 5 bit lines' crossings of 1 fF at 1 V.
        equal(energy(front, 7, 3) + 21 * 8 * 5 * 1e-15, energy(table, 7, 3));
    }

    /** {@code a V² + b V} in the supply and nothing else: b of the currents, a of the capacitances; nothing is a constant. */
    @Test
    void energyIsQuadraticInTheSupply() {
        Activation relu = Activation.RELU;
        Map<String, DoubleFunction<Converter>> capacitive = new LinkedHashMap<>();
        capacitive.put("sar", v -> SarAdc.builder(6, relu, VOLTAGE, 1).supply(v).build());
        capacitive.put(
                "delta-sigma",
                v -> DeltaSigmaAdc.builder(6, relu, VOLTAGE, 1).supply(v).build());
        capacitive.put("counter", v -> TimeCounter.builder(6, relu, 1).supply(v).build());
        capacitive.put(
                "comparator",
                v -> SingleComparator.builder(relu, VOLTAGE, 1).supply(v).build());
        capacitive.forEach((name, design) -> {
            double one = energy(design.apply(0.6), 3, 4);
            assertEquals(4, energy(design.apply(1.2), 3, 4) / one, 1e-12, name);
        });
        Map<String, DoubleFunction<Converter>> conducting = new LinkedHashMap<>();
        conducting.put(
                "ramp", v -> RampAdc.builder(6, relu, VOLTAGE, 1).supply(v).build());
        conducting.put(
                "flash", v -> FlashAdc.builder(6, relu, VOLTAGE, 1).supply(v).build());
        conducting.put(
                "cyclic", v -> CyclicAdc.builder(6, relu, VOLTAGE, 1).supply(v).build());
        conducting.put(
                "two-step",
                v -> TwoStepAdc.builder(3, 3, relu, VOLTAGE, 1).supply(v).build());
        conducting.forEach((name, design) -> {
            double one = energy(design.apply(0.5), 3, 4);
            double two = energy(design.apply(1), 3, 4);
            double three = energy(design.apply(1.5), 3, 4);
            // Of a quadratic through the origin the third difference vanishes.
            assertEquals(0, three - 3 * two + 3 * one, 1e-12 * three, name);
            assertTrue(two > 2 * one && two < 4 * one, name);
        });
    }
}
