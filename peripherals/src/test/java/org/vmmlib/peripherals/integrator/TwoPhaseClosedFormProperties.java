package org.vmmlib.peripherals.integrator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.TwoPhaseEncoder;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * The two-phase readout (arXiv:1711.10673) by itself, on current sources of any size, undistorted: with a bias
 * {@code I_0 = (C ΔV/T − Σ I_i)/2} in both phases, the pulse is {@code Σ I_i x_i/(I_0 + Σ I_i)}, which is no product of fixed
 * weights; with the currents distorted by the published formula it is the product.
 */
class TwoPhaseClosedFormProperties {

    private static final Die DIE = Die.of(RandomStreams.of(5));
    private static final double TIME = 32 * Si.ns;
    private static final double SWING = 0.2;
    private static final int BITS = 6;
    private static final int TOP = 63;
    private static final TwoPhaseEncoder ENCODER =
            TwoPhaseEncoder.words(PulseDriver.rows(1).build(), BITS, TIME);

    /** Pulse of one column of sources, the last row the bias, on in both phases. */
    private static double pulse(double[] currents, int[] words, double c) {
        double[][] cells = new double[currents.length][1];
        int[] rows = new int[currents.length];
        for (int i = 0; i < currents.length; i++) {
            cells[i][0] = currents[i];
            rows[i] = i < words.length ? words[i] : TOP;
        }
        TwoPhase scheme =
                new TwoPhase(TIME, TwoPhase.Bias.BOTH_PHASES, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        ThresholdReadout readout = ThresholdReadout.builder(
                        scheme, Integrator.onLine(0.7, Polarity.SOURCE, c).build(), SWING)
                .build();
        Readout.Session session = readout.on(DIE, 1, Conditions.ROOM).begin(1, 0);
        ScheduledArray.sources(cells)
                .run(ENCODER.on(DIE, rows.length).encode(Codes.unsigned(BITS, 1, rows.length, rows), 0), session);
        Saturation saturation = new Saturation();
        double high = ((Edges) session.finish(saturation)).high(0, 0);
        assertEquals(0, saturation.total());
        return high;
    }

    @Property(tries = 100)
    void anyCurrentsGiveTheirWeightedMean(
            @ForAll @IntRange(min = 1, max = 256) int rows,
            @ForAll @DoubleRange(min = 0.05, max = 1) double load,
            @ForAll long seed) {
        RandomStream draw = RandomStreams.of(seed).stream("test", 0);
        double[] currents = new double[rows + 1];
        int[] words = new int[rows];
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < rows; i++) {
            currents[i] = 1e-7 * draw.uniform(i);
            words[i] = draw.below(TOP + 1, 1000 + i);
            sum += currents[i];
            weighted += currents[i] * (TIME * words[i] / TOP);
        }
        // A share `load` of what charges the capacitor in a phase is the sum of the currents.
        double c = sum * TIME / (load * SWING);
        double bias = (c * SWING / TIME - sum) / 2;
        currents[rows] = bias;
        assertEquals(weighted / (bias + sum), pulse(currents, words, c), 1e-12 * TIME);
    }

    @Property(tries = 100)
    void currentsDistortedByThePublishedFormulaGiveTheProduct(
            @ForAll @IntRange(min = 1, max = 256) int rows,
            @ForAll @DoubleRange(min = 0.5, max = 4) double largest,
            @ForAll long seed) {
        RandomStream draw = RandomStreams.of(seed).stream("test", 0);
        double[] w = new double[rows];
        int[] words = new int[rows];
        double sum = 0;
        double product = 0;
        for (int i = 0; i < rows; i++) {
            w[i] = largest * draw.uniform(i);
            words[i] = draw.below(TOP + 1, 1000 + i);
            sum += w[i];
            product += w[i] * words[i] / TOP;
        }
        double unit = 50 * Si.nA;
        double c = rows * unit * TIME / SWING;
        double[] currents = new double[rows + 1];
        double total = 0;
        for (int i = 0; i < rows; i++) {
            currents[i] = unit * (c * SWING * w[i]) / (2 * c * SWING * largest - unit * TIME * sum);
            total += currents[i];
        }
        currents[rows] = (c * SWING / TIME - total) / 2;
        assertEquals(TIME * product / (rows * largest), pulse(currents, words, c), 1e-12 * TIME);
    }
}
