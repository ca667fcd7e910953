package org.vmmlib.tests.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.macro.Wires;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.physics.FlickerSpectrum;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.flash.ReferenceCells;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.SinhReram;
import org.vmmlib.noise.FlickerNoise;
import org.vmmlib.noise.ReadNoise;
import org.vmmlib.noise.RowNoise;
import org.vmmlib.peripherals.dac.CurrentSteeringDac;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/** Noise in a whole circuit of gate-coupled cells, without converters. */
class NoisyMacroTest {

    private static final FloatingGateCell CELL =
            FloatingGateCell.exponential().saturation(true).build();

    private static ProgrammedMacro macro(DMatrixRMaj weights, Effect... effects) {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(new AmplitudeEncoder(
                        CurrentSteeringDac.builder(4, 15 * Si.nA).build(), 1e-6))
                .rowPort(ReferenceCells.builder(CELL).build())
                .law(CELL)
                .readout(TransimpedanceSensing.builder(0.5, Polarity.SOURCE, 1000)
                        .build())
                .effects(List.of(effects))
                .build()
                .program(weights, Die.of(RandomStreams.of(6)));
    }

    private static double[] outputs(ProgrammedMacro macro, int from, int vectors, int rows) {
        int[] words = new int[vectors * rows];
        for (int k = 0; k < words.length; k++) {
            words[k] = 1 + (from * rows + k) % 15;
        }
        return macro.multiply(Codes.unsigned(4, vectors, rows, words), from).outputs().data;
    }

    /** A row's noise goes through its weights like its input: relative errors of one row's columns are all the same. */
    @Test
    void noiseOfARowIsCommonToItsColumns() {
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1, 0.5, 0.25}});
        double[] clean = outputs(macro(weights), 0, 30, 1);
        double[] noisy = outputs(macro(weights, RowNoise.integrating()), 0, 30, 1);
        for (int b = 0; b < 30; b++) {
            double relative = noisy[3 * b] / clean[3 * b] - 1;
            assertTrue(Math.abs(relative) > 1e-6);
            for (int j = 1; j < 3; j++) {
                // Cells of weight 0 have a little of each current.
                assertEquals(relative, noisy[3 * b + j] / clean[3 * b + j] - 1, 1e-9 + 1e-6 * Math.abs(relative));
            }
        }
    }

    @Test
    void allNoiseIsTheSameWhereverTheBatchIsCut() {
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1, 0.5}, {-0.25, 0.75}, {0.1, -1}});
        ProgrammedMacro macro = macro(
                weights,
                RowNoise.integrating(),
                new ReadNoise(1e6),
                FlickerNoise.of(new FlickerSpectrum(1e-6, 1, 1e6)).every(2e-6));
        double[] whole = outputs(macro, 0, 9, 3);
        double[] begin = outputs(macro, 0, 4, 3);
        double[] end = outputs(macro, 4, 5, 3);
        assertArrayEquals(Arrays.copyOfRange(whole, 0, 8), begin);
        assertArrayEquals(Arrays.copyOfRange(whole, 8, 18), end);
    }

    /** Reads of few vectors and of many are solved in two ways; what one has found is not taken by the other. */
    @Test
    void noiseDoesNotDependOnWhatWasReadBefore() {
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1, 0.5}, {-0.25, 0.75}, {0.1, -1}});
        double[] fresh = outputs(passive(weights), 0, 5, 3);
        ProgrammedMacro used = passive(weights);
        outputs(used, 0, 40, 3);
        assertArrayEquals(fresh, outputs(used, 0, 5, 3));
        assertArrayEquals(outputs(passive(weights), 0, 40, 3), outputs(used, 0, 40, 3));
    }

    private static ProgrammedMacro passive(DMatrixRMaj weights) {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(new AmplitudeEncoder(VoltageDac.builder(4, 0.2).build(), 1e-6))
                .law(new LinearReram(ConductanceWindow.aluminaTitania()))
                .wires(Wires.resistive(3, 5, 50))
                .readout(TransimpedanceSensing.builder(0, Polarity.SINK, 1000).build())
                .effects(List.of(new ReadNoise(1e6)))
                .build()
                .program(weights, Die.of(RandomStreams.of(6)));
    }

    /**
     * Behind an input resistance R a column of conductance G has {@code 4kTG/(1 + GR)²}: an amplifier makes its resistance by
     * feedback, and what noise it has is for it to state. Six standard deviations of a variance of 20,000 numbers.
     */
    @Test
    void anInputResistanceLetsNoiseOutAndHasNoneOfItsOwn() {
        int vectors = 20_000;
        double r = 2000;
        double gain = 1000;
        double hertz = 1e6;
        ConductanceWindow window = ConductanceWindow.of(10e-6, 100e-6);
        DMatrixRMaj weights = new DMatrixRMaj(3, 1);
        weights.fill(1);
        double kt = Constants.BOLTZMANN * Conditions.ROOM.temperature();
        double expected = 0;
        for (double g : new double[] {300e-6, 30e-6}) {
            expected += 4 * kt * g / Math.pow(1 + g * r, 2) * hertz * gain * gain;
        }
        for (CellLaw law : List.of(new LinearReram(window), new SinhReram(window, 4))) {
            DMatrixRMaj levels = new DMatrixRMaj(1, 1);
            Macro.builder()
                    .mapping(new DifferentialPairs(false))
                    .encoder(new AmplitudeEncoder(VoltageDac.builder(4, 0.2).build(), 1e-6))
                    .law(law)
                    .readout(TransimpedanceSensing.builder(0, Polarity.SINK, gain)
                            .inputResistance(r)
                            .build())
                    .effects(List.of(new ReadNoise(hertz)))
                    .build()
                    .program(weights, Die.of(RandomStreams.of(6)))
                    .multiply(Codes.unsigned(4, vectors, 3, new int[3 * vectors]), 0, levels);
            double variance = NoisyReads.covariance(levels.data, levels.data);
            assertEquals(1, variance / expected, 6 * Math.sqrt(2.0 / vectors));
        }
    }
}
