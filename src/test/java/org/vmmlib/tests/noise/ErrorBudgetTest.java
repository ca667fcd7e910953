package org.vmmlib.tests.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.macro.Wires;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.metrics.ErrorStatistics;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.FlickerSpectrum;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.run.Progress;
import org.vmmlib.core.run.TrialStore;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.noise.FlickerNoise;
import org.vmmlib.noise.ReadNoise;
import org.vmmlib.noise.StuckCells;
import org.vmmlib.noise.TuningTolerance;
import org.vmmlib.noise.budget.BudgetResult;
import org.vmmlib.noise.budget.ErrorBudget;
import org.vmmlib.noise.budget.ErrorEstimate;
import org.vmmlib.noise.budget.SourceError;
import org.vmmlib.noise.budget.View;
import org.vmmlib.noise.budget.ViewBudget;
import org.vmmlib.noise.variability.CellVariability;
import org.vmmlib.noise.variability.VariedQuantity;
import org.vmmlib.peripherals.converter.CyclicAdc;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/**
 * Budgets of linear resistors read by transimpedance amplifiers, whose errors are known in closed form. Chances of false
 * failure are for one run; seeds are fixed.
 */
class ErrorBudgetTest {

    private static final int INPUTS = 12;
    private static final int OUTPUTS = 8;
    private static final int VECTORS = 16;
    private static final int INPUT_BITS = 4;
    private static final int BITS = 6;
    private static final int TRIALS = 40;
    private static final double TRANSIMPEDANCE = 1e4;
    private static final double FULL_SCALE = 1;
    private static final FlickerSpectrum FLICKER = new FlickerSpectrum(1e-4, 1, 1e6);

    private static Macro.Builder circuit(Effect... effects) {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(
                        new AmplitudeEncoder(VoltageDac.builder(INPUT_BITS, 0.2).build(), 1e-6))
                .law(new LinearReram(ConductanceWindow.aluminaTitania()))
                .readout(TransimpedanceSensing.builder(0, Polarity.SINK, TRANSIMPEDANCE)
                        .build())
                .effects(List.of(effects));
    }

    private static Converter converter() {
        return CyclicAdc.builder(BITS, Activation.BOUNDED_RELU, Levels.Quantity.VOLTAGE, FULL_SCALE)
                .inputBias(0.5 * FULL_SCALE / (1 << BITS))
                .build();
    }

    private static DMatrixRMaj weights() {
        DMatrixRMaj weights = new DMatrixRMaj(INPUTS, OUTPUTS);
        RandomStreams.of(5).stream("test.weights", 0).gaussians(0, weights.data, 0, weights.data.length);
        return weights;
    }

    private static Codes inputs() {
        int[] words = new int[VECTORS * INPUTS];
        for (int k = 0; k < words.length; k++) {
            words[k] = RandomStreams.of(5).stream("test.inputs", 0).below(1 << INPUT_BITS, k);
        }
        return Codes.unsigned(INPUT_BITS, VECTORS, INPUTS, words);
    }

    private static ErrorBudget.Builder budget(Macro macro) {
        return ErrorBudget.of(macro, weights(), inputs()).trials(TRIALS).bits(BITS);
    }

    private static BudgetResult run(Macro macro) throws InterruptedException {
        return budget(macro).build().run(2, TrialStore.none(), Progress.silent());
    }

    private static ViewBudget levels(Effect... effects) throws InterruptedException {
        return run(circuit(effects).build()).view(View.BEFORE_QUANTISER).orElseThrow();
    }

    private static SourceError source(ViewBudget view, String id) {
        return view.sources().stream()
                .filter(s -> s.imperfection().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The error of an output, in LSB, when each column of its pair errs by a current with this standard deviation. */
    private static double pairNoise(double sigma, ViewBudget view) {
        return Math.sqrt(2) * sigma * TRANSIMPEDANCE / (view.fullScale() / (1 << BITS));
    }

    /** 5120 errors give an RMS to 0.99 % (1 sigma); it is tested to 5.2 sigma, false failures: 2e-7 each. */
    @Test
    void aKnownNormalNoiseGivesItsClosedForm() throws InterruptedException {
        ViewBudget view = levels(new TestEffects.Noise("test.noise", 1e-6));
        double expected = pairNoise(1e-6, view);
        double sigma = 1 / Math.sqrt(2.0 * TRIALS * VECTORS * OUTPUTS);
        ErrorEstimate alone = source(view, "test.noise").alone();
        assertEquals(expected, alone.rms().value(), 5.2 * sigma * expected);
        assertEquals(expected, alone.spread().value(), 5.2 * sigma * expected);
        // The estimate of the squared bias has a standard deviation of expected^2 sqrt(2 / outputs) / trials.
        assertEquals(
                0,
                Math.pow(alone.bias().value(), 2),
                5.2 * expected * expected * Math.sqrt(2.0 / (VECTORS * OUTPUTS)) / TRIALS);
        assertEquals(alone, view.full());
        assertEquals(0, source(view, "test.noise").removed().rms().value(), 1e-9);
        assertEquals(
                0.5 * Math.log1p(12 * Math.pow(alone.rms().value(), 2)) / Math.log(2),
                alone.bitsLost().value(),
                1e-9);
        assertEquals(
                Math.log((1 << BITS) / (Math.sqrt(12) * alone.rms().value())) / Math.log(2),
                alone.effectiveBits(BITS),
                1e-12);
        assertEquals((long) TRIALS * VECTORS * OUTPUTS, alone.compared());
    }

    /**
     * The sample covariance of two independent errors of a and b LSB over n outputs has a standard deviation of ab/sqrt n,
     * and the interaction is twice that; tested to 5.2 sigma, false failures: 2e-7.
     */
    @Test
    void variancesOfIndependentPartsAdd() throws InterruptedException {
        ViewBudget view = levels(new TestEffects.Noise("test.a", 1e-6), new TestEffects.Noise("test.b", 3e-6));
        double a = pairNoise(1e-6, view);
        double b = pairNoise(3e-6, view);
        double sigma = 2 * a * b / Math.sqrt((double) TRIALS * VECTORS * OUTPUTS);
        assertEquals(0, view.interaction().value(), 5.2 * sigma);
        assertTrue(view.interaction().value() != 0);
        assertEquals(a * a, source(view, "test.a").variance().value(), 0.1 * a * a);
        assertEquals(b * b, source(view, "test.b").variance().value(), 0.1 * b * b);
        assertEquals("test.b", view.sources().get(0).imperfection().id());
    }

    /** In a linear circuit the full error is, output by output, the sum of what the parts do with the same draws. */
    @Test
    void aloneAndTogetherTheDrawsAreTheSame() throws InterruptedException {
        ViewBudget view = levels(
                new TuningTolerance(0.05),
                new TestEffects.Noise("test.a", 1e-6),
                new TestEffects.Noise("test.b", 3e-6));
        assertEquals(view.full().rms().value(), view.together().rms().value(), 1e-6);
        assertEquals(view.interaction().value(), view.common().value(), 1e-6);
    }

    @Test
    void aConstantErrorIsBiasAndNoSpread() throws InterruptedException {
        ViewBudget view = levels(new TestEffects.Offset("test.offset", 5e-6));
        double lsb = view.fullScale() / (1 << BITS);
        ErrorEstimate alone = source(view, "test.offset").alone();
        double expected = 5e-6 * TRANSIMPEDANCE / lsb / Math.sqrt(OUTPUTS);
        assertEquals(expected, alone.rms().value(), 1e-6 * expected);
        assertEquals(expected, alone.bias().value(), 1e-6 * expected);
        assertEquals(0, alone.spread().value(), 1e-6 * expected);
        assertEquals(expected, alone.rms().low(), 1e-6 * expected);
        assertEquals(expected, alone.rms().high(), 1e-6 * expected);
    }

    @Test
    void biasesThatCancelAreInteractionThatTheirSumExplains() throws InterruptedException {
        ViewBudget view = levels(new TestEffects.Offset("test.up", 5e-6), new TestEffects.Offset("test.down", -5e-6));
        double square = Math.pow(source(view, "test.up").alone().rms().value(), 2);
        assertTrue(square > 0.01);
        assertEquals(0, view.full().rms().value(), 1e-6);
        assertEquals(2 * square, view.parts().value(), 1e-6 * square);
        assertEquals(-2 * square, view.interaction().value(), 1e-6 * square);
        assertEquals(-2 * square, view.common().value(), 1e-6 * square);
        assertEquals(
                -source(view, "test.up").alone().bitsLost().value(),
                source(view, "test.up").bitsRegained().value(),
                1e-9);
    }

    /** A gain after the noise makes it larger: sigma (1 + g), of which sigma g is interaction. */
    @Test
    void aGainThatActsOnNoiseIsInteractionThatNoSumExplains() throws InterruptedException {
        ViewBudget view = levels(new TestEffects.Noise("test.noise", 3e-6), new TestEffects.Gain("test.gain", 2));
        double noise = pairNoise(3e-6, view);
        // Full: gain error + 2 noise; parts: gain error + noise. Three squares of the noise are left over.
        double left = view.interaction().value() - view.common().value();
        double gain = source(view, "test.gain").alone().rms().value();
        double sigma = 2 * gain * noise / Math.sqrt((double) TRIALS * VECTORS * OUTPUTS);
        assertEquals(3 * noise * noise, left, 5.2 * sigma + 0.31 * noise * noise);
    }

    @Test
    void anImperfectionThatDoesNothingShowsNothing() throws InterruptedException {
        BudgetResult result =
                run(circuit(new TestEffects.Noise("test.noise", 1e-6), new TestEffects.Offset("test.nothing", 0))
                        .converter(converter())
                        .build());
        for (ViewBudget view : result.views()) {
            SourceError nothing = source(view, "test.nothing");
            assertEquals(0, nothing.variance().value());
            assertEquals(0, nothing.variance().low());
            assertEquals(0, nothing.variance().high());
            assertEquals(0, nothing.alone().bitsLost().value());
            assertEquals(0, nothing.bitsRegained().value());
            assertEquals(0, nothing.bitsRegained().high());
            assertEquals(view.none(), nothing.alone());
            assertEquals(view.full(), nothing.removed());
        }
    }

    /** The same errors, taken chip by chip with the metrics of the core. */
    @Test
    void afterTheQuantiserItIsTheErrorOfTheOutputs() throws InterruptedException {
        Macro macro = circuit(new TuningTolerance(0.05), new TestEffects.Noise("test.noise", 1e-5))
                .converter(converter())
                .build();
        BudgetResult result = run(macro);
        ErrorStatistics error = ErrorStatistics.none();
        int worst = 0;
        double largest = 0;
        for (int t = 0; t < TRIALS; t++) {
            ProgrammedMacro chip =
                    macro.program(weights(), Die.of(RandomStreams.of(1).forTrial(t)));
            ErrorStatistics ofChip = ErrorStatistics.within(
                    chip.multiply(inputs(), 0).outputs(),
                    chip.ideal(inputs()),
                    converter().reconstruct(0),
                    converter().reconstruct((1 << BITS) - 1));
            error = error.plus(ofChip);
            worst = ofChip.rms() > largest ? t : worst;
            largest = Math.max(largest, ofChip.rms());
        }
        ErrorEstimate full = result.outermost().full();
        assertEquals(View.AFTER_QUANTISER, result.outermost().view());
        assertEquals(error.count(), full.compared());
        assertTrue(error.count() < (long) TRIALS * VECTORS * OUTPUTS, "some outputs are clipped alike");
        assertEquals(
                error.rms() * (1 << BITS), full.rms().value(), 1e-6 * full.rms().value());
        assertEquals(error.effectiveBits(1), full.effectiveBits(BITS), 1e-6);
        assertEquals(worst, result.worst().worstTrial());
        assertEquals(
                Math.log(1 / (Math.sqrt(12) * largest)) / Math.log(2),
                result.worst().worstBits(),
                1e-6);
    }

    /** Rounding to the nearest of the words errs by 1/sqrt 12 LSB; the deterministic 60 or so values miss it by 20 %. */
    @Test
    void withoutImperfectionsTheQuantiserIsLeft() throws InterruptedException {
        BudgetResult result = run(circuit(new TestEffects.Noise("test.noise", 1e-5))
                .converter(converter())
                .build());
        ErrorEstimate none = result.outermost().none();
        assertEquals(1 / Math.sqrt(12), none.rms().value(), 0.2 / Math.sqrt(12));
        assertEquals(none.rms().value(), none.bias().value(), 1e-6, "the same on every chip");
        assertEquals(
                0, result.view(View.BEFORE_QUANTISER).orElseThrow().none().rms().value(), 1e-9);
    }

    /** An offset of 1 LSB into the first column shifts levels by that, and a quantiser that rounds too. */
    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"LINEAR", "BOUNDED_RELU"})
    void anLsbIsTheWidthOfACode(Activation activation) throws InterruptedException {
        Converter adc = CyclicAdc.builder(BITS, activation, Levels.Quantity.VOLTAGE, FULL_SCALE)
                .build();
        double range = activation == Activation.LINEAR ? 2 : 1;
        double current = range * FULL_SCALE / (1 << BITS) / TRANSIMPEDANCE;
        BudgetResult result = run(circuit(new TestEffects.Offset("test.offset", current))
                .converter(adc)
                .build());
        ViewBudget before = result.view(View.BEFORE_QUANTISER).orElseThrow();
        assertEquals(range * FULL_SCALE, before.fullScale(), 1e-12);
        // Each output that is off is off by 1 LSB, so the sum of squares is their number.
        double squares =
                Math.pow(before.full().rms().value(), 2) * before.full().compared() / TRIALS;
        assertEquals(Math.rint(squares), squares, 1e-4);
        assertTrue(squares > 0.5 && squares < VECTORS + 0.5, () -> squares + " outputs off");
        assertEquals(1, result.view(View.AFTER_QUANTISER).orElseThrow().fullScale());
    }

    @Test
    void aCircuitWithoutImperfectionsHasABudgetToo() throws InterruptedException {
        BudgetResult result = run(circuit().converter(converter()).build());
        assertTrue(result.outermost().sources().isEmpty());
        assertEquals(result.outermost().none(), result.outermost().full());
        assertEquals(0, result.outermost().interaction().value());
        assertEquals(0, result.outermost().full().bitsLost().value());
    }

    @Test
    void yieldCountsTheChipsThatArePreciseEnough() throws InterruptedException {
        Macro macro = circuit(new TuningTolerance(0.05)).converter(converter()).build();
        double[] bits = new double[TRIALS];
        for (int t = 0; t < TRIALS; t++) {
            ProgrammedMacro chip =
                    macro.program(weights(), Die.of(RandomStreams.of(1).forTrial(t)));
            bits[t] = ErrorStatistics.within(
                            chip.multiply(inputs(), 0).outputs(),
                            chip.ideal(inputs()),
                            converter().reconstruct(0),
                            converter().reconstruct((1 << BITS) - 1))
                    .effectiveBits(1);
        }
        double required = Arrays.stream(bits).average().orElseThrow();
        long good = Arrays.stream(bits).filter(b -> b >= required).count();
        BudgetResult result = budget(macro).required(required).build().run(1, TrialStore.none(), Progress.silent());
        assertEquals(good, result.ownYield().good());
        assertEquals((double) good / TRIALS, result.ownYield().fraction().value());
        assertTrue(good > 0 && good < TRIALS);
    }

    /** The variance of thermal noise is proportional to the temperature, and the draws are the same at each. */
    @Test
    void temperatureCornersReadWhatWasTunedAtAnother() throws InterruptedException {
        Macro macro = circuit(new ReadNoise(1e15)).build();
        double room = Conditions.ROOM.temperature();
        BudgetResult result =
                budget(macro).temperatures(List.of(room, 400.0)).build().run(2, TrialStore.none(), Progress.silent());
        assertEquals(3, result.corners().size());
        assertEquals(result.corners().get(0), result.corners().get(1));
        double cold = result.corners().get(0).error().rms().value();
        double hot = result.corners().get(2).error().rms().value();
        assertTrue(cold > 0.01, () -> "error " + cold);
        assertEquals(400 / room, hot * hot / (cold * cold), 1e-5);
        assertEquals(400, result.worst().temperature());
    }

    @Test
    void threadsChangeNothing() throws InterruptedException {
        Macro macro = circuit(new TuningTolerance(0.05), new TestEffects.Noise("test.noise", 1e-6))
                .converter(converter())
                .build();
        ErrorBudget budget = budget(macro).temperatures(List.of(350.0)).build();
        BudgetResult one = budget.run(1, TrialStore.none(), Progress.silent());
        assertEquals(one, budget.run(2, TrialStore.none(), Progress.silent()));
        assertEquals(one, budget.run(4, TrialStore.none(), Progress.silent()));
    }

    @Test
    void whatTheTrialsDependOnIsInTheSettingsAndTheirNumberIsNot() {
        Macro macro = circuit(new TestEffects.Noise("test.noise", 1e-6)).build();
        ErrorBudget budget = budget(macro).build();
        assertEquals(budget.settings(), budget(macro).trials(7).build().settings());
        Macro other = circuit(new TuningTolerance(0.05)).build();
        Macro louder = circuit(new TestEffects.Noise("test.noise", 1e-6))
                .readout(TransimpedanceSensing.builder(0, Polarity.SINK, 2 * TRANSIMPEDANCE)
                        .build())
                .build();
        DMatrixRMaj weights = weights();
        weights.data[3] += 1e-9;
        assertDiffer("seed", budget, budget(macro).seed(2).build());
        assertDiffer(
                "temperatures",
                budget,
                budget(macro).temperatures(List.of(300.0)).build());
        assertDiffer("bits", budget, budget(macro).bits(7).build());
        assertDiffer("imperfections", budget, budget(other).build());
        assertDiffer("circuit", budget, budget(louder).build());
        assertDiffer(
                "weights",
                budget,
                ErrorBudget.of(macro, weights, inputs())
                        .trials(TRIALS)
                        .bits(BITS)
                        .build());
        assertDiffer(
                "inputs",
                budget,
                ErrorBudget.of(macro, weights(), inputs().slice(0, 8))
                        .bits(BITS)
                        .build());
    }

    /** A description need not say all: what a circuit gives tells one from another. */
    @Test
    void noNumberOfTheCircuitIsMissedByTheSettings() {
        List<Supplier<Macro>> circuits = List.of(
                () -> circuit(CellVariability.devices(VariedQuantity.RELATIVE, 0.01))
                        .build(),
                () -> circuit(CellVariability.devices(VariedQuantity.RELATIVE, 0.02))
                        .build(),
                () -> circuit(new StuckCells(0.1, 0.1, 1e-5)).build(),
                () -> circuit(new StuckCells(0.1, 0.1, 2e-5)).build(),
                () -> circuit(FlickerNoise.of(FLICKER)).build(),
                () -> circuit(FlickerNoise.of(FLICKER).every(1)).build(),
                () -> circuit().wires(Wires.resistive(1, 1, 10)).build(),
                () -> circuit().wires(Wires.resistive(1, 2, 10)).build());
        Set<String> seen = new HashSet<>();
        for (Supplier<Macro> circuit : circuits) {
            String sum = String.valueOf(budget(circuit.get()).build().settings().get("circuit"));
            assertEquals(sum, budget(circuit.get()).build().settings().get("circuit"));
            assertTrue(seen.add(sum), sum);
        }
    }

    private static void assertDiffer(String setting, ErrorBudget one, ErrorBudget other) {
        assertTrue(
                !String.valueOf(one.settings().get(setting))
                        .equals(other.settings().get(setting)),
                () -> setting + ": " + one.settings());
    }

    @Test
    void whatCannotBeRunIsRefused() {
        Macro macro = circuit(new TestEffects.Noise("test.noise", 1e-6)).build();
        assertRefused("trials = 1: must be from 2 to 1000", () -> budget(macro).trials(1));
        assertRefused("trials = 1001", () -> budget(macro).trials(1001));
        assertRefused("bits = 0", () -> budget(macro).bits(0));
        assertRefused("temperature = -3.0", () -> budget(macro).temperatures(List.of(-3.0)));
        assertRefused("required = NaN", () -> budget(macro).required(Double.NaN));
        assertRefused("confidence = 1.0", () -> budget(macro).confidence(1));
        assertRefused("resamples = 10", () -> budget(macro).resamples(10));
        assertRefused(
                "inputs has 12 values a vector: must be 11",
                () -> ErrorBudget.of(macro, new DMatrixRMaj(11, 2), inputs()).build());
        assertRefused(
                "inputs: all ideal outputs are equal",
                () -> ErrorBudget.of(macro, weights(), Codes.unsigned(INPUT_BITS, 1, INPUTS, new int[INPUTS]))
                        .build());
        int[] words = new int[6000 * INPUTS];
        Arrays.fill(words, 3);
        Codes batch = Codes.unsigned(INPUT_BITS, 6000, INPUTS, words);
        assertRefused(
                "trials = 1000: 4 circuits with 48000 outputs make 192000000 errors",
                () -> ErrorBudget.of(macro, weights(), batch).trials(1000).build());
    }

    private static void assertRefused(String message, Executable call) {
        String refusal = String.valueOf(
                assertThrows(IllegalArgumentException.class, call).getMessage());
        assertTrue(refusal.startsWith(message), refusal);
    }
}
