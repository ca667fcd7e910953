package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.devices.flash.NorFlash;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.peripherals.converter.SarAdc;
import org.vmmlib.peripherals.dac.CurrentSteeringDac;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.digital.DigitReadout;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.PulseEncoder;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.SuccessiveRescaling;
import org.vmmlib.peripherals.sensing.MirrorSensing;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/** With ideal blocks, every coding of the inputs gives the same product, and bit slices give it exactly. */
class CodingProperties {

    private static final int LARGEST = 7;
    private static final int ADC_BITS = 14;
    private static final double PHASE = 1e-6;
    private static final NorFlash FLASH = NorFlash.esf3Nor55().ideal();
    private static final LinearReram RESISTOR = new LinearReram(ConductanceWindow.of(0, 100 * Si.uS));
    private static final PulseDriver ROWS = PulseDriver.rows(0.2).build();

    /** Weights, words and their integer product. */
    private record Task(DMatrixRMaj weights, Codes codes, long[][] product) {

        static Task draw(int rows, int outputs, int bits, WordFormat format, boolean bias, long seed) {
            boolean signed = format.signed();
            RandomStream draw = RandomStreams.of(seed).stream("test", 0);
            DMatrixRMaj weights = new DMatrixRMaj(rows, outputs);
            for (int k = 0; k < weights.data.length; k++) {
                weights.data[k] = draw.below(2 * LARGEST + 1, k) - LARGEST;
            }
            weights.data[0] = -LARGEST;
            int inputs = bias ? rows - 1 : rows;
            int vectors = 3;
            int[] words = new int[vectors * inputs];
            int highest = signed ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
            int lowest = format == WordFormat.SIGN_MAGNITUDE ? -highest : signed ? -highest - 1 : 0;
            for (int k = 0; k < words.length; k++) {
                words[k] = lowest + draw.below(highest - lowest + 1, 1_000_000 + k);
            }
            long[][] product = new long[vectors][outputs];
            for (int b = 0; b < vectors; b++) {
                for (int j = 0; j < outputs; j++) {
                    for (int i = 0; i < rows; i++) {
                        int x = i < inputs ? words[b * inputs + i] : highest;
                        product[b][j] += Math.round(weights.get(i, j)) * x;
                    }
                }
            }
            Codes codes =
                    signed ? Codes.signed(bits, vectors, inputs, words) : Codes.unsigned(bits, vectors, inputs, words);
            return new Task(weights, codes, product);
        }

        MacroResult run(Macro macro) {
            return macro.program(weights, Die.of(RandomStreams.of(3))).multiply(codes, 0);
        }
    }

    /** The readout whose words count the smallest weight: its converters' step is the level of one digit on it. */
    private static Readout exact(
            Macro.Builder builder, Readout sensing, Levels.Quantity quantity, InputEncoder encoder) {
        Coding.Digits digits = (Coding.Digits) encoder.coding();
        double fullScale = 1;
        for (int k = 0; k < 2; k++) {
            SarAdc adc = SarAdc.builder(ADC_BITS, Activation.LINEAR, quantity, fullScale)
                    .inputBias(Math.scalb(fullScale, -ADC_BITS))
                    .build();
            Readout readout = DigitReadout.of(sensing, adc, digits);
            if (k == 1) {
                return readout;
            }
            fullScale *= builder.readout(readout).build().gain() / LARGEST;
        }
        throw new AssertionError();
    }

    private static void multipliesExactly(Macro.Builder builder, Task task) {
        MacroResult result = task.run(builder.build());
        Codes words = result.codes().orElseThrow();
        for (int b = 0; b < task.product().length; b++) {
            for (int j = 0; j < words.channels(); j++) {
                assertEquals(task.product()[b][j], words.get(b, j));
                assertEquals((double) task.product()[b][j], result.outputs().get(b, j));
            }
        }
        assertEquals(0, result.saturation().total());
        DMatrixRMaj ideal = builder.build()
                .program(task.weights(), Die.of(RandomStreams.of(3)))
                .ideal(task.codes());
        for (int k = 0; k < ideal.data.length; k++) {
            assertEquals(ideal.data[k], result.outputs().data[k], 1e-8, "in steps of the words");
        }
    }

    @Property(tries = 80)
    void slicesOnRowLinesGiveTheIntegerProduct(
            @ForAll @IntRange(min = 2, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 5) int outputs,
            @ForAll @IntRange(min = 1, max = 17) int arrayRows,
            @ForAll @IntRange(min = 2, max = 12) int bits,
            @ForAll @IntRange(min = 1, max = 4) int width,
            @ForAll WordFormat format,
            @ForAll boolean bias,
            @ForAll long seed) {
        Task task = Task.draw(rows, outputs, bits, format, bias, seed);
        DigitEncoder encoder =
                DigitEncoder.slices(VoltageDac.builder(width, 0.2).build(), bits, format, PHASE);
        Macro.Builder builder = Macro.builder()
                .mapping(new DifferentialPairs(bias))
                .arraySize(arrayRows, 6)
                .encoder(encoder)
                .law(RESISTOR);
        Readout sensing = TransimpedanceSensing.builder(0, Polarity.SINK, 5000).build();
        builder.readout(exact(builder, sensing, Levels.Quantity.VOLTAGE, encoder));
        multipliesExactly(builder, task);
    }

    @Property(tries = 80)
    void slicesOnGatesGiveTheIntegerProduct(
            @ForAll @IntRange(min = 2, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 5) int outputs,
            @ForAll @IntRange(min = 1, max = 17) int arrayRows,
            @ForAll @IntRange(min = 2, max = 12) int bits,
            @ForAll @IntRange(min = 1, max = 4) int width,
            @ForAll WordFormat format,
            @ForAll long seed) {
        Task task = Task.draw(rows, outputs, bits, format, false, seed);
        DigitEncoder encoder = DigitEncoder.slices(
                CurrentSteeringDac.builder(width, FLASH.inputCurrent()).build(), bits, format, PHASE);
        Macro.Builder builder = Macro.builder()
                .mapping(new DifferentialPairs(false))
                .arraySize(arrayRows, 6)
                .encoder(encoder)
                .rowPort(FLASH.references())
                .law(FLASH.cell());
        Readout sensing =
                MirrorSensing.builder(FLASH.drainVoltage(), Polarity.SOURCE).build();
        builder.readout(exact(builder, sensing, Levels.Quantity.CURRENT, encoder));
        multipliesExactly(builder, task);
    }

    @Property(tries = 60)
    void everyCodingGivesTheSameProduct(
            @ForAll @IntRange(min = 2, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 5) int outputs,
            @ForAll @IntRange(min = 1, max = 17) int arrayRows,
            @ForAll @IntRange(min = 2, max = 8) int bits,
            @ForAll WordFormat format,
            @ForAll boolean bias,
            @ForAll long seed) {
        Task task = Task.draw(rows, outputs, bits, format, bias, seed);
        Readout amplifier =
                TransimpedanceSensing.builder(0, Polarity.SINK, 5000).build();
        Integrator integrator =
                Integrator.virtualGround(0, Polarity.SINK, 1e-12).build();
        Macro.Builder builder = Macro.builder()
                .mapping(new DifferentialPairs(bias))
                .arraySize(arrayRows, 6)
                .law(RESISTOR);
        DigitEncoder lin = DigitEncoder.bits(ROWS, bits, format, PHASE);
        if (format != WordFormat.TWOS_COMPLEMENT && format != WordFormat.OFFSET_BINARY) {
            same(
                    builder.encoder(PulseEncoder.of(ROWS, bits, format, 10 * Si.ns))
                            .readout(integrator),
                    task);
        }
        if (format == WordFormat.UNSIGNED) {
            same(
                    builder.encoder(new AmplitudeEncoder(
                                    VoltageDac.builder(bits, 0.2).build(), PHASE))
                            .readout(amplifier),
                    task);
        }
        same(
                builder.encoder(DigitEncoder.temporal(ROWS, bits, format, 10 * Si.ns))
                        .readout(integrator),
                task);
        same(
                builder.encoder(lin)
                        .readout(SuccessiveRescaling.builder(integrator, (Coding.Digits) lin.coding())
                                .build()),
                task);
        builder.encoder(lin).readout(exact(builder.encoder(lin), amplifier, Levels.Quantity.VOLTAGE, lin));
        multipliesExactly(builder, task);
        builder.readout(exact(builder, integrator, Levels.Quantity.VOLTAGE, lin));
        multipliesExactly(builder, task);
    }

    /** Levels over the level of one step of code on the smallest weight. */
    private static void same(Macro.Builder builder, Task task) {
        Macro macro = builder.build();
        double[] levels = task.run(macro).levels().orElseThrow().values().data;
        int outputs = task.weights().numCols;
        for (int k = 0; k < levels.length; k++) {
            assertEquals((double) task.product()[k / outputs][k % outputs], levels[k] * LARGEST / macro.gain(), 1e-8);
        }
    }
}
