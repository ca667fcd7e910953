package org.vmmlib.peripherals.integrator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.PulseEncoder;
import org.vmmlib.peripherals.encoder.SpikeEncoder;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.sensing.Polarity;

/** With ideal blocks every encoding gives the same integer product, for any size and words. */
class EncodingProperties {

    private static final Die DIE = Die.of(RandomStreams.of(3));
    private static final double C = 100 * Si.fF;
    private static final double UNIT = 1 * Si.ns;
    private static final double CURRENT = 1 * Si.nA;
    private static final PulseDriver ROWS = PulseDriver.rows(1).build();
    private static final Integrator INTEGRATOR =
            Integrator.virtualGround(0, Polarity.SINK, C).build();

    private static int[][] weights(int rows, int columns, RandomStream draw) {
        int[][] weights = new int[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                weights[i][j] = draw.below(16, (long) i * columns + j);
            }
        }
        return weights;
    }

    private static Codes codes(int bits, int vectors, int rows, boolean signed, RandomStream draw) {
        int[] words = new int[vectors * rows];
        int most = signed ? (1 << bits) - 1 : 1 << bits;
        for (int k = 0; k < words.length; k++) {
            words[k] = draw.below(most, 1_000_000L + k) - (signed ? (1 << (bits - 1)) - 1 : 0);
        }
        return signed ? Codes.signed(bits, vectors, rows, words) : Codes.unsigned(bits, vectors, rows, words);
    }

    private static void requireProduct(
            String what, InputEncoder encoder, Readout readout, Codes x, int[][] weights, double unit) {
        int columns = weights[0].length;
        double[][] cells = new double[weights.length][columns];
        for (int i = 0; i < cells.length; i++) {
            for (int j = 0; j < columns; j++) {
                cells[i][j] = CURRENT * weights[i][j];
            }
        }
        Readout.Session session = readout.on(DIE, columns, Conditions.ROOM).begin(x.vectors(), 0);
        ScheduledArray.sources(cells).run(encoder.on(DIE, weights.length).encode(x, 0), session);
        Levels levels = (Levels) session.finish(new Saturation());
        for (int b = 0; b < x.vectors(); b++) {
            for (int j = 0; j < columns; j++) {
                long expected = 0;
                for (int i = 0; i < weights.length; i++) {
                    expected += (long) weights[i][j] * x.get(b, i);
                }
                assertEquals((double) expected, levels.values().get(b, j) / (CURRENT * unit), 1e-6, what);
            }
        }
    }

    @Property(tries = 60)
    void everyEncodingGivesTheIntegerProduct(
            @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(min = 1, max = 5) int columns,
            @ForAll @IntRange(min = 1, max = 8) int bits,
            @ForAll long seed) {
        RandomStream draw = RandomStreams.of(seed).stream("test", 0);
        int[][] weights = weights(rows, columns, draw);
        Codes x = codes(bits, 4, rows, false, draw);
        int top = (1 << bits) - 1;
        double time = UNIT / C;
        VoltageDac dac = VoltageDac.builder(bits, top).build();
        requireProduct("INS", new AmplitudeEncoder(dac, UNIT), INTEGRATOR, x, weights, time);
        requireProduct("EXP", PulseEncoder.of(ROWS, bits, WordFormat.UNSIGNED, UNIT), INTEGRATOR, x, weights, time);
        requireProduct(
                "temporal", DigitEncoder.temporal(ROWS, bits, WordFormat.UNSIGNED, UNIT), INTEGRATOR, x, weights, time);
        requireProduct("spikes", SpikeEncoder.rates(ROWS, bits, 1, UNIT, 3 * top * UNIT), INTEGRATOR, x, weights, time);
        DigitEncoder lin = DigitEncoder.bits(ROWS, bits, WordFormat.UNSIGNED, UNIT);
        for (boolean last : new boolean[] {true, false}) {
            SuccessiveRescaling sir = SuccessiveRescaling.builder(INTEGRATOR, (Coding.Digits) lin.coding())
                    .shareAfterLast(last)
                    .build();
            requireProduct("LIN", lin, sir, x, weights, UNIT * sir.gain());
        }
    }

    @Property(tries = 60)
    void signedSlicesOfAnyWidthGiveTheIntegerProduct(
            @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(min = 1, max = 5) int columns,
            @ForAll @IntRange(min = 2, max = 10) int bits,
            @ForAll @IntRange(min = 1, max = 6) int width,
            @ForAll WordFormat format,
            @ForAll long seed) {
        RandomStream draw = RandomStreams.of(seed).stream("test", 0);
        int[][] weights = weights(rows, columns, draw);
        Codes x = codes(bits, 3, rows, format.signed(), draw);
        VoltageDac dac = VoltageDac.builder(width, (1 << width) - 1).build();
        DigitEncoder slices = DigitEncoder.slices(dac, bits, format, UNIT);
        SuccessiveRescaling sir = SuccessiveRescaling.builder(INTEGRATOR, (Coding.Digits) slices.coding())
                .digitBits(width)
                .build();
        requireProduct(format + " slices", slices, sir, x, weights, UNIT * sir.gain());
    }
}
