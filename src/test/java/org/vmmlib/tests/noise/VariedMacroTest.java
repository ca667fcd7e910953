package org.vmmlib.tests.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.flash.NorFlash;
import org.vmmlib.devices.memory.MemoryCell;
import org.vmmlib.devices.memory.PhaseChangeMemory;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.noise.Drift;
import org.vmmlib.noise.ProgrammingError;
import org.vmmlib.noise.ageing.PowerLawDrift;
import org.vmmlib.noise.fault.BrokenLines;
import org.vmmlib.noise.fault.FaultyRowDrivers;
import org.vmmlib.noise.telegraph.TelegraphAmplitude;
import org.vmmlib.noise.telegraph.TelegraphNoise;
import org.vmmlib.noise.variability.CellVariability;
import org.vmmlib.noise.variability.Gradient;
import org.vmmlib.noise.variability.VariedQuantity;
import org.vmmlib.peripherals.dac.CurrentSteeringDac;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.SuccessiveRescaling;
import org.vmmlib.peripherals.sensing.MirrorSensing;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/** Variability, faults and drift at the outputs of macros of real cells. */
class VariedMacroTest {

    private static final int BITS = 4;
    private static final DMatrixRMaj WEIGHTS = new DMatrixRMaj(new double[][] {{0.3, -0.7}, {1, 0.2}, {-0.5, 0.9}});
    private static final CellLaw TITANIA = new LinearReram(ConductanceWindow.aluminaTitania());

    private static double[] outputs(CellLaw law, Conditions conditions, List<Effect> effects, int... words) {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(new AmplitudeEncoder(VoltageDac.builder(BITS, 0.2).build(), 1e-6))
                .law(law)
                .conditions(conditions)
                .readout(TransimpedanceSensing.builder(0, Polarity.SINK, 1e4).build())
                .effects(effects)
                .build()
                .program(WEIGHTS, Die.of(RandomStreams.of(1)))
                .multiply(Codes.unsigned(BITS, 1, 3, words), 0)
                .outputs()
                .data;
    }

    /** A threshold higher by ΔV carries {@code exp(−κ ΔV/U_t)} of the current: 2.7 % per millivolt at κ = 0.7, 25 °C. */
    @Test
    void aThresholdMismatchIsExponentialInTheCurrentOfAFloatingGate() {
        FloatingGateCell cell = FloatingGateCell.exponential().kappa(0.7).build();
        DMatrixRMaj weights = new DMatrixRMaj(20, 30);
        weights.fill(0.3);
        CellState target = cell.store(weights, Conditions.ROOM);
        CellVariability effect = CellVariability.devices(VariedQuantity.THRESHOLD, 5e-3);
        CellState off = effect.program(cell, target, Conditions.ROOM, RandomStreams.of(3).stream(effect.id(), 0));
        double[] current = new double[30];
        double[] meant = new double[30];
        double[] drains = new double[30];
        Arrays.fill(drains, 1);
        for (int i = 0; i < 20; i++) {
            read(cell, target, i, drains, meant);
            read(cell, off, i, drains, current);
            for (int j = 0; j < 30; j++) {
                double shift = off.plane("threshold").get(i, j)
                        - target.plane("threshold").get(i, j);
                double expected = Math.exp(-0.7 * shift / 0.025692579);
                assertEquals(expected, current[j] / meant[j], 1e-7 * expected);
                assertNotEquals(0, shift);
            }
        }
    }

    private static void read(FloatingGateCell cell, CellState state, int row, double[] drains, double[] out) {
        cell.bind(state, Conditions.ROOM)
                .evaluate(row, 0.5, new double[30], drains, out, new double[30], new double[30]);
    }

    /** Without spread of ν all conductances, and so all outputs of ideal blocks, fall by ((t + t0)/t0)^−ν. */
    @Test
    void outputsOfAChipFallByThePowerOfTime() {
        CellLaw wide = MemoryCell.builder("wide window", new LinearReram(ConductanceWindow.of(0, 1e-3)))
                .weights(ConductanceWindow.of(10e-6, 100e-6))
                .build();
        List<Effect> drift = List.of(new PowerLawDrift(0.06, 0, 10));
        double[] fresh = outputs(wide, Conditions.ROOM, drift, 3, 8, 15);
        double[] day = outputs(wide, Conditions.ROOM.atAge(86_400), drift, 3, 8, 15);
        for (int j = 0; j < fresh.length; j++) {
            assertEquals(fresh[j] * Math.pow(8641, -0.06), day[j], 1e-12 * Math.abs(fresh[j]));
        }
    }

    /** The errors of programming stay and drift with the device: the chip of a day later is the same chip, later. */
    @Test
    void aChipIsReadLaterWithTheErrorsThatItWasProgrammedWith() {
        CellLaw memory = PhaseChangeMemory.mushroom();
        List<Effect> drift = List.of(new Drift());
        List<Effect> both = List.of(new ProgrammingError(), new Drift());
        double[] clean = outputs(memory, Conditions.ROOM, drift, 3, 8, 15);
        double[] fresh = outputs(memory, Conditions.ROOM, both, 3, 8, 15);
        double[] soon = outputs(memory, Conditions.ROOM.atAge(1e-3), both, 3, 8, 15);
        double[] year = outputs(memory, Conditions.ROOM.atAge(3e7), both, 3, 8, 15);
        for (int j = 0; j < fresh.length; j++) {
            assertTrue(Math.abs(fresh[j] - clean[j]) > 1e-3 * Math.abs(clean[j]), "programming error at age 0");
            assertEquals(fresh[j], soon[j], 1e-4 * Math.abs(fresh[j]), "and a millisecond later");
            assertTrue(Math.abs(year[j]) < 0.8 * Math.abs(fresh[j]), "drift");
        }
    }

    /** A gradient given in percent of the current, on two pairs of columns: a linear one reaches ±a at the edges. */
    @Test
    void aGradientAlongTheColumnsWeighsTheInputsByTheirPlace() {
        CellLaw wide = MemoryCell.builder("wide window", new LinearReram(ConductanceWindow.of(0, 1e-3)))
                .weights(ConductanceWindow.of(0, 100e-6))
                .build();
        List<Effect> gradient = List.of(Gradient.given(VariedQuantity.RELATIVE, 0.1, 0, Math.PI / 2));
        for (int row = 0; row < 3; row++) {
            int[] words = new int[3];
            words[row] = 15;
            double[] even = outputs(wide, Conditions.ROOM, List.of(), words);
            double[] tilted = outputs(wide, Conditions.ROOM, gradient, words);
            for (int j = 0; j < even.length; j++) {
                assertEquals(even[j] * (1 + 0.1 * (row - 1)), tilted[j], 1e-12 * Math.abs(even[j]));
            }
        }
    }

    @Test
    void bridgedRowsShareTheMeanOfTheirDrivesAndDeadOnesGiveNothing() {
        double[] mean = outputs(TITANIA, Conditions.ROOM, List.of(), 7, 7, 7);
        double[] bridged = outputs(TITANIA, Conditions.ROOM, List.of(new FaultyRowDrivers(0, 1)), 3, 7, 11);
        assertArrayEquals(mean, bridged, 1e-12);
        double[] dead = outputs(TITANIA, Conditions.ROOM, List.of(new FaultyRowDrivers(1, 0)), 3, 7, 11);
        assertArrayEquals(new double[mean.length], dead, 1e-15);
        // Dead drivers pull their neighbours down: of three bridged rows all are dead.
        double[] both = outputs(TITANIA, Conditions.ROOM, List.of(new FaultyRowDrivers(1, 1)), 3, 7, 11);
        assertArrayEquals(new double[mean.length], both, 1e-15);
    }

    /** 600 drivers of 200 chips: binomial within six standard deviations, 2e-9 each. */
    @Test
    void asManyDriversAreDeadOrBridgedAsTheProbabilitiesSay() {
        Macro dead = single(new FaultyRowDrivers(0.3, 0));
        Macro bridged = single(new FaultyRowDrivers(0, 0.3));
        int silent = 0;
        int shared = 0;
        for (int chip = 0; chip < 200; chip++) {
            Die die = Die.of(new RandomStreams(9, chip));
            for (int row = 0; row < 3; row++) {
                silent += alone(dead, die, row) == 0 ? 1 : 0;
            }
            // The first row drives the second where they are bridged, and the third where all are.
            shared += Math.abs(alone(bridged, die, 0)) < 0.9 * full() ? 1 : 0;
        }
        assertEquals(180, silent, 6 * Math.sqrt(600 * 0.3 * 0.7));
        assertEquals(60, shared, 6 * Math.sqrt(200 * 0.3 * 0.7));
    }

    private static double full() {
        return Math.abs(alone(single(), Die.of(RandomStreams.of(9)), 0));
    }

    private static double alone(Macro macro, Die die, int row) {
        int[] words = new int[3];
        words[row] = 15;
        DMatrixRMaj unit = new DMatrixRMaj(3, 1);
        unit.data[row] = 1;
        return macro.program(unit, die)
                .multiply(Codes.unsigned(BITS, 1, 3, words), 0)
                .outputs()
                .data[0];
    }

    private static Macro single(Effect... effects) {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(new AmplitudeEncoder(VoltageDac.builder(BITS, 0.2).build(), 1e-6))
                .law(new LinearReram(ConductanceWindow.of(0, 1e-4)))
                .readout(TransimpedanceSensing.builder(0, Polarity.SINK, 1e4).build())
                .effects(List.of(effects))
                .build();
    }

    /** A trap that is always full takes the part 1 − 1/(1 + a) of a current, whichever way that flows. */
    @Test
    void telegraphNoiseTakesFromTheSignalOfGateDrivenCellsToo() {
        NorFlash esf3 = NorFlash.esf3Nor55().ideal();
        TelegraphNoise full = TelegraphNoise.builder(1e-9, 1e3, 1e-3)
                .amplitude(TelegraphAmplitude.constant(0.25), 0)
                .build();
        double[] clean = flash(esf3, List.of());
        double[] noisy = flash(esf3, List.of(full));
        for (int j = 0; j < clean.length; j++) {
            assertNotEquals(0, clean[j]);
            assertEquals(clean[j] / 1.25, noisy[j], 1e-9 * Math.abs(clean[j]));
        }
    }

    /** A slow trap is in one state in all phases of a vector, so the whole word has the error or none of it has. */
    @Test
    void aSlowTrapActsOnAllPhasesOfAVectorAlike() {
        int words = 15;
        int trapped = 0;
        for (int chip = 0; chip < 60; chip++) {
            for (int word = 1; word <= words; word += 7) {
                double clean = pulsed(List.of(), chip, word);
                double noisy = pulsed(
                        List.of(TelegraphNoise.builder(1, 1, 1e-6)
                                .amplitude(TelegraphAmplitude.constant(0.25), 0)
                                .build()),
                        chip,
                        word);
                boolean captured = noisy < 0.9 * clean;
                trapped += captured ? 1 : 0;
                assertEquals(captured ? clean / 1.25 : clean, noisy, 1e-12 * clean);
            }
        }
        assertTrue(trapped > 0 && trapped < 180);
    }

    /** Charge of one cell that a word drives bit by bit. */
    private static double pulsed(List<Effect> effects, int chip, int word) {
        DigitEncoder bits = DigitEncoder.bits(PulseDriver.rows(0.2).build(), BITS, WordFormat.UNSIGNED, 1e-9);
        Integrator integrator =
                Integrator.virtualGround(0, Polarity.SINK, 1e-12).build();
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(bits)
                .law(new LinearReram(ConductanceWindow.of(0, 1e-4)))
                .readout(SuccessiveRescaling.builder(integrator, (Coding.Digits) bits.coding())
                        .build())
                .effects(effects)
                .build()
                .program(new DMatrixRMaj(new double[][] {{1}}), Die.of(new RandomStreams(4, chip)))
                .multiply(Codes.unsigned(BITS, 1, 1, new int[] {word}), 0)
                .outputs()
                .data[0];
    }

    @Test
    void aBrokenSourceLineTakesItsCellsFromAFlashArray() {
        NorFlash esf3 = NorFlash.esf3Nor55().ideal();
        double[] clean = flash(esf3, List.of());
        double[] broken = flash(esf3, List.of(new BrokenLines(1, 0, BrokenLines.Of.SEGMENTS)));
        for (int j = 0; j < clean.length; j++) {
            assertEquals(0, broken[j], 1e-9 * Math.abs(clean[j]));
        }
    }

    private static double[] flash(NorFlash process, List<Effect> effects) {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(new AmplitudeEncoder(
                        CurrentSteeringDac.builder(BITS, process.inputCurrent()).build(), 1e-4))
                .rowPort(process.references())
                .law(process.cell())
                .readout(MirrorSensing.builder(process.drainVoltage(), Polarity.SOURCE)
                        .build())
                .effects(effects)
                .build()
                .program(WEIGHTS, Die.of(RandomStreams.of(1)))
                .multiply(Codes.unsigned(BITS, 1, 3, new int[] {3, 8, 15}), 0)
                .outputs()
                .data;
    }

    @Test
    void columnsBrokenEverywhereGiveNothing() {
        double[] whole = outputs(TITANIA, Conditions.ROOM, List.of(), 15, 15, 15);
        double[] broken =
                outputs(TITANIA, Conditions.ROOM, List.of(new BrokenLines(0, 1, BrokenLines.Of.SEGMENTS)), 15, 15, 15);
        assertArrayEquals(new double[whole.length], broken, 1e-9);
        assertTrue(Math.abs(whole[0]) > 1e-3);
    }

    @Test
    void twoEffectsOfOneNameAreRefusedAndOfTwoNamesAddUp() {
        CellVariability one = CellVariability.devices(VariedQuantity.RELATIVE, 0.01);
        String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class, () -> single(one, CellVariability.devices(one.varied(), 0.02)))
                .getMessage());
        assertTrue(message.startsWith("effects has array.variability.devices twice"), message);
        single(one, one.named("more"));
    }
}
