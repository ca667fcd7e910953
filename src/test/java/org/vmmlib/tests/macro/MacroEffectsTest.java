package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.Superposition;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.noise.TuningTolerance;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.PulseEncoder;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;
import org.vmmlib.studies.design.Designs;
import org.vmmlib.studies.design.LayerSpec;

/** Effects on wires and drives reach the array as the same change of the circuit does; a macro lists and drops them. */
class MacroEffectsTest {

    private static final int BITS = 4;
    private static final double FULL_SCALE = 0.2;
    private static final DMatrixRMaj WEIGHTS = new DMatrixRMaj(new double[][] {{0.3, -0.7}, {1, 0.2}, {-0.5, 0.9}});

    private static Macro.Builder resistors(Effect... effects) {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(new AmplitudeEncoder(
                        VoltageDac.builder(BITS, FULL_SCALE).build(), 1e-6))
                .law(new LinearReram(ConductanceWindow.aluminaTitania()))
                .readout(TransimpedanceSensing.builder(0, Polarity.SINK, 1e4).build())
                .effects(List.of(effects));
    }

    private static double[] levels(Macro macro, int... words) {
        return macro.program(WEIGHTS, Die.of(RandomStreams.of(1)))
                .multiply(Codes.unsigned(BITS, 1, 3, words), 0)
                .outputs()
                .data;
    }

    /** One step of the DAC more on the second row. */
    private record OneStepMore() implements Effect.OnDrive {
        @Override
        public String id() {
            return "test.step";
        }

        @Override
        public String description() {
            return "a step more";
        }

        @Override
        public void disturb(Drive drive, DMatrixRMaj drives) {
            drives.data[1] += FULL_SCALE / ((1 << BITS) - 1);
        }
    }

    /** The driver of the second row is cut off. */
    private record CutRow() implements Effect.OnWires {
        @Override
        public String id() {
            return "test.cut";
        }

        @Override
        public String description() {
            return "a row cut off";
        }

        @Override
        public Lines wires(Lines lines, RandomStream draws) {
            return lines.toBuilder().openRowSegment(1, 0).build();
        }
    }

    @Test
    void aStepAddedToADriveIsAStepOfItsWord() {
        assertArrayEquals(
                levels(resistors().build(), 3, 8, 15),
                levels(resistors(new OneStepMore()).build(), 3, 7, 15),
                1e-15);
    }

    @Test
    void aRowCutOffIsARowWithoutInput() {
        double[] silent = levels(resistors().build(), 3, 0, 15);
        double[] cut = levels(resistors(new CutRow()).build(), 3, 7, 15);
        assertArrayEquals(silent, cut, 1e-9 * Math.abs(silent[0]));
        assertNotEquals(levels(resistors().build(), 3, 7, 15)[0], cut[0], 1e-3 * Math.abs(cut[0]));
    }

    @Test
    void noiseOnTheDrivesForbidsSuperposition() {
        Macro.Builder pulses = resistors(new OneStepMore())
                .encoder(PulseEncoder.of(PulseDriver.rows(FULL_SCALE).build(), BITS, WordFormat.UNSIGNED, 1e-9))
                .readout(Integrator.virtualGround(0, Polarity.SINK, 1e-12).build())
                .superposition(Superposition.REQUIRED);
        String refusal = String.valueOf(
                assertThrows(IllegalArgumentException.class, pulses::build).getMessage());
        assertTrue(refusal.startsWith("superposition = REQUIRED"), refusal);
        pulses.effects(List.of()).build();
    }

    @Test
    void twoEffectsThatWouldDrawTheSameNumbersAreRefused() {
        Macro.Builder twice = resistors(new TuningTolerance(0.01), new TuningTolerance(0.05));
        String refusal = String.valueOf(
                assertThrows(IllegalArgumentException.class, twice::build).getMessage());
        assertTrue(refusal.startsWith("effects has array.tuning twice"), refusal);
    }

    @Test
    void everyImperfectionOfADesignCanBeDroppedUntilItIsIdeal() {
        LayerSpec layer = new LayerSpec(4, 6, 1.0 / 15, 1, 2);
        for (String name : List.of("nor-ins", "passive-ins")) {
            Macro macro = Designs.named(name).macro(layer, false);
            List<String> ids = new ArrayList<>(
                    macro.imperfections().stream().map(Imperfection::id).toList());
            assertTrue(ids.containsAll(List.of("array.tuning", "array.read-noise")), ids.toString());
            while (!ids.isEmpty()) {
                macro = macro.without(ids.remove(ids.size() - 1));
                assertEquals(
                        ids,
                        macro.imperfections().stream().map(Imperfection::id).toList());
            }
            String refusal = assertThrows(IllegalArgumentException.class, without(macro, "array.tuning"))
                    .getMessage();
            assertTrue(refusal.startsWith("imperfection = array.tuning: this circuit has only []"), refusal);
        }
    }

    private static Executable without(Macro macro, String id) {
        return () -> macro.without(id);
    }
}
