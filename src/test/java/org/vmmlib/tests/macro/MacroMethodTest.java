package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.macro.Wires;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.SinhReram;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/** A macro that is not told how to solve its arrays takes what is fastest, says so, and gives the same levels. */
final class MacroMethodTest {

    private static final int ROWS = 24;
    private static final int OUTPUTS = 10;
    private static final int BITS = 4;
    private static final LinearReram RESISTOR = new LinearReram(ConductanceWindow.aluminaTitania());

    private static Macro.Builder builder(CellLaw law, Wires wires) {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(new AmplitudeEncoder(VoltageDac.builder(BITS, 0.2).build(), 1e-6))
                .law(law)
                .wires(wires)
                .readout(TransimpedanceSensing.builder(0, Polarity.SINK, 5000).build());
    }

    private static ProgrammedMacro program(Macro macro) {
        RandomStream draw = RandomStreams.of(1).stream("weights", 0);
        DMatrixRMaj weights = new DMatrixRMaj(ROWS, OUTPUTS);
        for (int k = 0; k < weights.data.length; k++) {
            weights.data[k] = 2 * draw.uniform(k) - 1;
        }
        return macro.program(weights, Die.of(RandomStreams.of(1)));
    }

    private static Codes inputs(int vectors) {
        RandomStream draw = RandomStreams.of(1).stream("inputs", 0);
        int[] words = new int[vectors * ROWS];
        for (int k = 0; k < words.length; k++) {
            words[k] = draw.below(1 << BITS, k);
        }
        return Codes.unsigned(BITS, vectors, ROWS, words);
    }

    private static String method(ProgrammedMacro macro, int vectors, long firstCall) {
        return macro.multiply(inputs(vectors), firstCall).evidence().method();
    }

    @Test
    void transferMatrixIsForManyInputsOnTheSameResistors() {
        ProgrammedMacro macro =
                program(builder(RESISTOR, Wires.resistive(10, 10, 0)).build());
        assertEquals("Schur complement, conjugate gradients", method(macro, 24, 0));
        assertEquals("transfer matrix", method(macro, 25, 0));
        assertEquals("transfer matrix", method(macro, 1, 24));
        assertEquals("Schur complement, conjugate gradients", method(macro, 1, 0), "whatever came before");
    }

    @Test
    void otherCellsAndOtherWiresHaveOtherMethods() {
        SinhReram sinh = new SinhReram(ConductanceWindow.aluminaTitania(), 3);
        assertEquals(
                "Newton, Schur complement, conjugate gradients",
                method(program(builder(sinh, Wires.resistive(10, 10, 0)).build()), 30, 0));
        String ideal = method(program(builder(RESISTOR, Wires.ideal()).build()), 30, 0);
        assertTrue(ideal.startsWith("product"), ideal);
        Macro given = builder(RESISTOR, Wires.resistive(10, 10, 0))
                .solver(new ReferenceSolver())
                .build();
        assertEquals("sparse Cholesky", method(program(given), 30, 0));
    }

    @Test
    void levelsAreThoseOfTheReferenceSolverWhateverTheMethod() {
        Macro.Builder builder = builder(RESISTOR, Wires.resistive(10, 10, 30));
        ProgrammedMacro chosen = program(builder.build());
        ProgrammedMacro reference =
                program(builder.solver(new ReferenceSolver()).build());
        for (int vectors : new int[] {5, 40}) {
            MacroResult expected = reference.multiply(inputs(vectors), 0);
            MacroResult actual = chosen.multiply(inputs(vectors), 0);
            for (int k = 0; k < vectors * OUTPUTS; k++) {
                // The residual of the Schur solver is 1e-10 or less; the largest levels are some 0.1 V.
                assertEquals(expected.outputs().data[k], actual.outputs().data[k], 1e-10);
            }
            assertEquals(
                    expected.cost().energyPerVector(),
                    actual.cost().energyPerVector(),
                    1e-9 * expected.cost().energyPerVector());
        }
    }
}
