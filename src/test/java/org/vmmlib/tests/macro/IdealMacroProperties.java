package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.solve.IdealSolver;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.devices.flash.NorFlash;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.peripherals.converter.CyclicAdc;
import org.vmmlib.peripherals.dac.CurrentSteeringDac;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.sensing.MirrorSensing;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/** With ideal blocks and enough bits, a macro returns the exact integer product, for any size, tiling and words. */
class IdealMacroProperties {

    private static final int BITS = 16;
    private static final int OFFSET = 1 << (BITS - 1);

    @Property(tries = 60)
    void flashMacroReturnsTheIntegerProduct(
            @ForAll @IntRange(min = 2, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 6) int outputs,
            @ForAll @IntRange(min = 1, max = 17) int blockRows,
            @ForAll @IntRange(min = 1, max = 6) int bits,
            @ForAll boolean bias,
            @ForAll long seed) {
        NorFlash flash = NorFlash.esf3Nor55().ideal();
        Macro.Builder builder = Macro.builder()
                .mapping(new DifferentialPairs(bias))
                .arraySize(blockRows, 6)
                .encoder(new AmplitudeEncoder(
                        CurrentSteeringDac.builder(bits, flash.inputCurrent()).build(), 1e-6))
                .rowPort(flash.references())
                .law(flash.cell())
                .solver(new IdealSolver())
                .readout(MirrorSensing.builder(flash.drainVoltage(), Polarity.SOURCE)
                        .build());
        multipliesExactly(builder, Levels.Quantity.CURRENT, rows, outputs, bits, bias, seed);
    }

    @Property(tries = 60)
    void passiveMacroReturnsTheIntegerProduct(
            @ForAll @IntRange(min = 2, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 6) int outputs,
            @ForAll @IntRange(min = 1, max = 17) int arrayRows,
            @ForAll @IntRange(min = 1, max = 6) int bits,
            @ForAll boolean bias,
            @ForAll long seed) {
        Macro.Builder builder = Macro.builder()
                .mapping(new DifferentialPairs(bias))
                .arraySize(arrayRows, 6)
                .encoder(new AmplitudeEncoder(VoltageDac.builder(bits, 0.2).build(), 1e-6))
                .law(new LinearReram(ConductanceWindow.aluminaTitania()))
                .solver(new IdealSolver())
                .readout(TransimpedanceSensing.builder(0, Polarity.SINK, 5000).build());
        multipliesExactly(builder, Levels.Quantity.VOLTAGE, rows, outputs, bits, bias, seed);
    }

    private static void multipliesExactly(
            Macro.Builder builder, Levels.Quantity quantity, int rows, int outputs, int bits, boolean bias, long seed) {
        RandomStream draw = RandomStreams.of(seed).stream("test", 0);
        int[][] weights = new int[rows][outputs];
        DMatrixRMaj matrix = new DMatrixRMaj(rows, outputs);
        int largest = 1;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < outputs; j++) {
                weights[i][j] = draw.below(15, (long) i * outputs + j) - 7;
                matrix.set(i, j, weights[i][j]);
                largest = Math.max(largest, Math.abs(weights[i][j]));
            }
        }
        matrix.set(0, 0, largest);
        weights[0][0] = largest;
        int inputs = bias ? rows - 1 : rows;
        int vectors = 5;
        int[] words = new int[vectors * inputs];
        for (int k = 0; k < words.length; k++) {
            words[k] = draw.below(1 << bits, 1_000_000 + k);
        }
        Codes codes = Codes.unsigned(bits, vectors, inputs, words);

        double unit = builder.build().gain() / largest;
        Macro macro = builder.converter(CyclicAdc.builder(BITS, Activation.LINEAR, quantity, unit * OFFSET)
                        .inputBias(0.5 * unit)
                        .build())
                .build();
        MacroResult result =
                macro.program(matrix, Die.of(RandomStreams.of(seed))).multiply(codes, 0);

        Codes products = result.codes().orElseThrow();
        for (int b = 0; b < vectors; b++) {
            for (int j = 0; j < outputs; j++) {
                int expected = 0;
                for (int i = 0; i < rows; i++) {
                    expected += weights[i][j] * (i < inputs ? codes.get(b, i) : codes.highest());
                }
                assertEquals(expected, products.get(b, j) - OFFSET);
            }
        }
        assertEquals(0, result.saturation().total());
    }
}
