package org.vmmlib.tests.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.macro.Wires;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.FlickerSpectrum;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.run.Chunks;
import org.vmmlib.core.run.Progress;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.flash.ReferenceCells;
import org.vmmlib.devices.memory.PhaseChangeMemory;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.noise.Drift;
import org.vmmlib.noise.FlickerNoise;
import org.vmmlib.noise.Fluctuation;
import org.vmmlib.noise.ProgrammingError;
import org.vmmlib.noise.ReadNoise;
import org.vmmlib.noise.ReadNoiseOfCells;
import org.vmmlib.noise.RowNoise;
import org.vmmlib.noise.StuckCells;
import org.vmmlib.noise.TuningTolerance;
import org.vmmlib.noise.ageing.ChargeLoss;
import org.vmmlib.noise.ageing.PowerLawDrift;
import org.vmmlib.noise.ageing.Relaxation;
import org.vmmlib.noise.fault.BrokenLines;
import org.vmmlib.noise.fault.DefectClusters;
import org.vmmlib.noise.fault.DefectDensity;
import org.vmmlib.noise.fault.FaultyRowDrivers;
import org.vmmlib.noise.fault.StuckKind;
import org.vmmlib.noise.fault.StuckLines;
import org.vmmlib.noise.telegraph.TelegraphAmplitude;
import org.vmmlib.noise.telegraph.TelegraphNoise;
import org.vmmlib.noise.variability.CellVariability;
import org.vmmlib.noise.variability.Gradient;
import org.vmmlib.noise.variability.LineVariability;
import org.vmmlib.noise.variability.VariedQuantity;
import org.vmmlib.peripherals.dac.CurrentSteeringDac;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/** What an effect draws is its own: no other effect, no block and no number of threads changes a bit of it. */
class EffectStreamsTest {

    private static final int BITS = 4;
    private static final int ROWS = 4;
    private static final int VECTORS = 24;
    private static final Conditions LATER = Conditions.ROOM.atAge(1000);
    private static final DMatrixRMaj WEIGHTS =
            new DMatrixRMaj(new double[][] {{0.3, -0.7, 0.2}, {1, 0.2, -0.4}, {-0.5, 0.9, 0.1}, {0.6, 0.6, -0.8}});

    /** Of any cell. */
    private static List<Effect> common() {
        StuckKind kind = new StuckKind(0.5, 1e-4);
        return List.of(
                new TuningTolerance(0.02),
                new StuckCells(0.05, 0.05, 1e-4),
                CellVariability.devices(VariedQuantity.RELATIVE, 0.03),
                CellVariability.cycles(VariedQuantity.LOGARITHMIC, 0.03, 3),
                LineVariability.rows(VariedQuantity.RELATIVE, 0.02),
                LineVariability.columns(VariedQuantity.RELATIVE, 0.02),
                Gradient.drawn(VariedQuantity.RELATIVE, 0.02, 0.01),
                DefectClusters.of(0.01, 2, 0.5, kind),
                DefectDensity.of(0.05, 2, kind),
                new StuckLines(0.1, 0.1, kind),
                new BrokenLines(0.1, 0.1, BrokenLines.Of.LINES),
                new FaultyRowDrivers(0.5, 0.4),
                new RowNoise(1e8),
                new ReadNoise(1e7),
                new ReadNoiseOfCells(1e7),
                FlickerNoise.of(new FlickerSpectrum(1e-4, 1, 1e7)).every(1e-6),
                TelegraphNoise.builder(3e-6, 1e-6, 1e-6)
                        .affected(0.5)
                        .amplitude(TelegraphAmplitude.saturating(0.3, 1e5), 0.5)
                        .decades(1)
                        .build());
    }

    private static List<Effect> with(Effect... more) {
        List<Effect> all = new ArrayList<>(common());
        all.addAll(List.of(more));
        return all;
    }

    private static Macro.Builder macro(CellLaw law, List<Effect> effects, boolean mismatch) {
        VoltageDac.Builder dac = VoltageDac.builder(BITS, 0.2);
        TransimpedanceSensing.Builder sensing = TransimpedanceSensing.builder(0, Polarity.SINK, 1e4);
        if (mismatch) {
            dac.unitMismatch(0.02).referenceError(0.01);
            sensing.offset(1e-3).gainError(0.01);
        }
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(new AmplitudeEncoder(dac.build(), 1e-6))
                .law(law)
                .conditions(LATER)
                .readout(sensing.build())
                .effects(effects);
    }

    private static Codes inputs() {
        int[] words = new int[VECTORS * ROWS];
        for (int k = 0; k < words.length; k++) {
            words[k] = k * 7 % 16;
        }
        return Codes.unsigned(BITS, VECTORS, ROWS, words);
    }

    private static double[] run(Macro macro, long chip) {
        return macro.program(WEIGHTS, Die.of(new RandomStreams(3, chip)))
                .multiply(inputs(), 0)
                .outputs()
                .data;
    }

    private static List<Double> seen(CellLaw law, Effect effect, List<Effect> before, List<Effect> after) {
        return seen(law, effect, before, after, true);
    }

    private static List<Double> seen(
            CellLaw law, Effect effect, List<Effect> before, List<Effect> after, boolean mismatch) {
        Witness witness = Witness.of(effect, law);
        List<Effect> all = new ArrayList<>(before);
        all.add(witness.effect());
        all.addAll(after);
        run(macro(law, all, mismatch).build(), 0);
        assertFalse(witness.log().isEmpty());
        return witness.log();
    }

    /** So that equal logs tell something. By chance 20 lines or 400 cells would break alike with less than 1e-6. */
    @Test
    void anotherChipDrawsOtherNumbers() {
        CellLaw law = new LinearReram(ConductanceWindow.aluminaTitania());
        for (Effect effect : with(new PowerLawDrift(0.05, 0.02, 1), new Relaxation(0, 0.01, 1))) {
            Witness first = Witness.of(effect, law);
            Witness second = Witness.of(effect, law);
            run(macro(law, List.of(first.effect()), false).build(), 0);
            run(macro(law, List.of(second.effect()), false).build(), 1);
            assertNotEquals(first.log(), second.log(), effect.id());
        }
    }

    private static void assertIndependent(CellLaw law, List<Effect> effects) {
        for (Effect effect : effects) {
            List<Double> alone = seen(law, effect, List.of(), List.of());
            assertEquals(alone, seen(law, effect, List.of(), List.of(), false), effect.id() + " and blocks");
            for (Effect other : effects) {
                if (other != effect) {
                    String pair = effect.id() + " and " + other.id();
                    assertEquals(alone, seen(law, effect, List.of(other), List.of()), pair);
                    assertEquals(alone, seen(law, effect, List.of(), List.of(other)), pair);
                }
            }
        }
    }

    @Test
    void noEffectChangesWhatAnotherDraws() {
        assertIndependent(
                new LinearReram(ConductanceWindow.aluminaTitania()),
                with(new PowerLawDrift(0.05, 0.02, 1), new Relaxation(0, 0.01, 1)));
    }

    @Test
    void noEffectChangesWhatAMemoryDrawsOfItsOwn() {
        List<Effect> stated = List.of(new ProgrammingError(), new Drift(), new Fluctuation());
        CellLaw memory = PhaseChangeMemory.mushroom();
        List<Effect> all = new ArrayList<>(stated);
        all.addAll(common());
        assertIndependent(memory, all);
    }

    /** Without the effects, and with each of them, a probe sees the same words become the same voltages. */
    @Test
    void noEffectChangesTheMismatchOfBlocks() {
        List<Double> alone = drives(List.of());
        for (Effect effect : common()) {
            assertEquals(alone, drives(List.of(effect)), effect.id());
        }
        Set<String> ids = new HashSet<>();
        for (Effect effect : with(
                new PowerLawDrift(0, 0, 1),
                new Relaxation(0, 0, 1),
                new ProgrammingError(),
                new Drift(),
                new Fluctuation())) {
            assertTrue(ids.add(effect.id()), effect.id());
        }
        for (Block block : macro(new LinearReram(ConductanceWindow.aluminaTitania()), List.of(), true)
                .build()
                .blocks()) {
            block.imperfections().forEach(imperfection -> assertTrue(ids.add(imperfection.id()), imperfection.id()));
        }
    }

    private static List<Double> drives(List<Effect> effects) {
        List<Double> seen = new ArrayList<>();
        List<Effect> all = new ArrayList<>(effects);
        all.add(new Effect.OnDrive() {
            @Override
            public String id() {
                return "test.probe";
            }

            @Override
            public String description() {
                return "sees what the encoder meant";
            }

            @Override
            public void disturb(Effect.Drive drive, DMatrixRMaj drives) {
                for (double value : drive.phase().drives().data) {
                    seen.add(value);
                }
            }
        });
        run(
                macro(new LinearReram(ConductanceWindow.aluminaTitania()), all, true)
                        .build(),
                0);
        return seen;
    }

    @Test
    void anyNumberOfThreadsAndAnyCutOfTheBatchGivesTheSameBits() throws InterruptedException {
        CellLaw law = new LinearReram(ConductanceWindow.aluminaTitania());
        Macro macro = macro(law, with(new PowerLawDrift(0.05, 0.02, 1), new Relaxation(0, 0.01, 1)), true)
                .build();
        double[] one = threaded(macro, 5, 1);
        assertArrayEquals(one, threaded(macro, 5, 2));
        assertArrayEquals(one, threaded(macro, 5, 4));
        assertArrayEquals(one, threaded(macro, VECTORS, 1));
        assertArrayEquals(one, threaded(macro, 1, 2));
        double[] clean = threaded(macro(law, List.of(), true).build(), 5, 1);
        assertNotEquals(clean[0], one[0]);
    }

    /** Nonlinear cells behind wires, in two arrays, whose noise is drawn cell by cell and on the gates. */
    @Test
    void anyNumberOfThreadsGivesTheSameBitsBehindWires() throws InterruptedException {
        FloatingGateCell cell =
                FloatingGateCell.exponential().saturation(true).window(-0.2, 1).build();
        Macro.Builder circuit = Macro.builder()
                .mapping(new DifferentialPairs(false))
                .arraySize(ROWS, 4)
                .encoder(new AmplitudeEncoder(
                        CurrentSteeringDac.builder(BITS, 15 * Si.nA).build(), 1e-6))
                .rowPort(ReferenceCells.builder(cell).build())
                .law(cell)
                .wires(Wires.resistive(1e4, 1e4, 1e4))
                .conditions(LATER)
                .readout(
                        TransimpedanceSensing.builder(0.5, Polarity.SOURCE, 1e6).build());
        double[] clean = threaded(circuit.build(), 5, 1);
        double[] last = clean;
        List<Effect> effects = new ArrayList<>();
        for (Effect effect : List.of(
                CellVariability.devices(VariedQuantity.THRESHOLD, 0.01),
                ChargeLoss.builder(1, 1e6).spread(0.5).build(),
                new StuckCells(0.1, 0.1, 1e-9),
                RowNoise.integrating(),
                ReadNoise.integrating(),
                FlickerNoise.of(new FlickerSpectrum(1e-4, 1, 1e6)).every(1e-6).ofEachCell(),
                TelegraphNoise.builder(3e-6, 1e-6, 1e-6).decades(1).build())) {
            effects.add(effect);
            double[] one = threaded(circuit.effects(effects).build(), 5, 1);
            assertFalse(Arrays.equals(last, one), effect.id());
            last = one;
        }
        ProgrammedMacro chip = circuit.build().program(WEIGHTS, Die.of(RandomStreams.of(3)));
        assertEquals(2, chip.plan().arrays().size());
        assertArrayEquals(last, threaded(chip, 5, 2));
        assertArrayEquals(last, threaded(chip, 5, 4));
    }

    private static double[] threaded(Macro macro, int size, int threads) throws InterruptedException {
        return threaded(macro.program(WEIGHTS, Die.of(RandomStreams.of(3))), size, threads);
    }

    private static double[] threaded(ProgrammedMacro chip, int size, int threads) throws InterruptedException {
        int[] words = inputs().data();
        List<double[]> parts = new Chunks(size, threads)
                .run(
                        VECTORS,
                        (from, to) -> {
                            int[] part = Arrays.copyOfRange(words, from * ROWS, to * ROWS);
                            return chip.multiply(Codes.unsigned(BITS, to - from, ROWS, part), from)
                                    .outputs()
                                    .data;
                        },
                        Progress.silent());
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }
}
