package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.TwoPhaseEncoder;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.ThresholdReadout;
import org.vmmlib.peripherals.integrator.TwoPhase;
import org.vmmlib.peripherals.integrator.TwoPhaseMapping;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * Columns that fall while cells with DIBL discharge them: {@code C dV/dt = −S(t) h(V)}, where h is what the drain voltage
 * makes of every cell's current and S the sum of the weights that are on. Separated, {@code C ∫ dV/h(V) = ∫ S dt}: a
 * quadrature, adaptive and apart from the integration in time, says when the threshold is met.
 */
class FallingColumnTest {

    private static final double TIME = 32 * Si.ns;
    private static final double SWING = 0.2;
    private static final double ON = 0.65;
    private static final int ROWS = 9;
    private static final int COLUMNS = 3;
    private static final int VECTORS = 5;
    private static final int BITS = 5;

    private static double quadrature(DoubleUnaryOperator f, double from, double to) {
        return new IterativeLegendreGaussIntegrator(16, 1e-13, 0).integrate(100_000, f::applyAsDouble, from, to);
    }

    @ParameterizedTest
    @CsvSource({"0.005, 0.7", "0.03, 0.7", "0.1, 0.7", "0.03, 0.32", "0.1, 0.25"})
    void edgesAreThoseOfTheSeparatedEquation(double dibl, double reset) {
        FloatingGateCell cell = FloatingGateCell.exponential()
                .saturation(true)
                .window(-0.25, 1)
                .dibl(dibl)
                .build();
        DoubleUnaryOperator h = v -> cell.unitSignal(DriveKind.GATE_VOLTAGE, ON, v, Conditions.ROOM);
        RandomStream draw = RandomStreams.of(7).stream("test", 0);
        DMatrixRMaj weights = new DMatrixRMaj(ROWS, COLUMNS);
        for (int k = 0; k < weights.data.length; k++) {
            weights.data[k] = k == 0 ? 1 : draw.uniform(k);
        }
        int[] words = new int[VECTORS * ROWS];
        for (int k = 0; k < words.length; k++) {
            words[k] = draw.below(1 << BITS, 1000 + k);
        }
        for (TwoPhase.Bias bias : TwoPhase.Bias.values()) {
            TwoPhase scheme = new TwoPhase(TIME, bias, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
            // A little less than at reset, so that every threshold is met.
            double c = 0.8 * scheme.capacitance(ROWS, h.applyAsDouble(reset), SWING);
            ProgrammedMacro macro = Macro.builder()
                    .mapping(new TwoPhaseMapping(scheme))
                    .encoder(TwoPhaseEncoder.words(
                            PulseDriver.gates(Double.NEGATIVE_INFINITY, ON).build(), BITS, TIME))
                    .law(cell)
                    .readout(ThresholdReadout.builder(
                                    scheme,
                                    Integrator.onLine(reset, Polarity.SOURCE, c).build(),
                                    SWING)
                            .build())
                    .build()
                    .program(weights, Die.of(RandomStreams.of(1)));
            Codes codes = Codes.unsigned(BITS, VECTORS, ROWS, words);
            DMatrixRMaj high = macro.multiply(codes, 0).outputs();
            DMatrixRMaj cells = macro.plan().arrays().get(0);
            Codes rows = (Codes) macro.plan().expand(codes, 0);
            double needed = c * quadrature(v -> 1 / h.applyAsDouble(v), reset - SWING, reset);
            for (int b = 0; b < VECTORS; b++) {
                for (int j = 0; j < COLUMNS; j++) {
                    double first = 0;
                    double slope = 0;
                    for (int i = 0; i < cells.numRows; i++) {
                        first += cells.get(i, j) * (TIME * rows.get(b, i) / rows.highest());
                        slope += cells.get(i, j);
                    }
                    double edge = (needed - first) / slope;
                    String where = bias + ", vector " + b + ", column " + j;
                    assertEquals(Math.min(TIME, Math.max(0, TIME - edge)), high.get(b, j), 1e-8 * TIME, where);
                }
            }
        }
    }
}
