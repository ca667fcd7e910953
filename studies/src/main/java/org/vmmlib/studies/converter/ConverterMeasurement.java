package org.vmmlib.studies.converter;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.metrics.CodeTransfer;
import org.vmmlib.core.metrics.Linearity;
import org.vmmlib.core.metrics.SineSpectrum;
import org.vmmlib.core.metrics.SineTest;
import org.vmmlib.core.metrics.TransitionLevels;

/**
 * What one channel of a converter measures. Everything is in units of the activation's output, y from 0 to 1, so that a
 * converter with any activation should have equal steps: its input is {@code fullScale · f⁻¹(y) − inputBias}. Immutable.
 *
 * <p>The static figures are those without noise, by search; the spectrum is that of a sine wave over the full scale, noise
 * included.
 */
public final class ConverterMeasurement {

    private static final SineTest WAVE = new SineTest(1 << 14, 1009);
    /** How far beyond the full scale the search looks. */
    private static final double BEYOND = 0.5;
    /** A sigmoid has no end: so close to 0 and 1 its inputs are taken. */
    private static final double EDGE = 1e-9;

    private final Converter converter;
    private final TransitionLevels levels;
    private final Optional<Linearity> endPoint;
    private final Optional<Linearity> bestFit;
    private final SineSpectrum spectrum;

    private ConverterMeasurement(Converter converter, Die die) {
        this.converter = converter;
        Converter quiet = withoutNoise(converter);
        boolean uniform = converter.activation().uniform();
        double low = uniform ? -BEYOND : 0;
        double high = uniform ? 1 + BEYOND : 1;
        levels = TransitionLevels.search(transfer(quiet, die), converter.bits(), low, high);
        double step = Math.scalb(1.0, -converter.bits());
        boolean line = finite(levels) > 1;
        endPoint = line ? Optional.of(Linearity.endPoint(levels, step, step)) : Optional.empty();
        bestFit = line ? Optional.of(Linearity.bestFit(levels, step, step)) : Optional.empty();
        spectrum = WAVE.spectrum(transfer(converter, die).codes(WAVE.levels(0.5, 0.5)));
    }

    /** Measures the first channel of a converter on a die. */
    public static ConverterMeasurement of(Converter converter, Die die) {
        return new ConverterMeasurement(converter, die);
    }

    private static long finite(TransitionLevels levels) {
        long count = 0;
        double last = Double.NaN;
        for (double level : levels.levels()) {
            if (!Double.isInfinite(level) && level != last) {
                count++;
                last = level;
            }
        }
        return count;
    }

    private static Converter withoutNoise(Converter converter) {
        Converter quiet = converter;
        for (Imperfection has : converter.imperfections()) {
            if (has.id().endsWith("-noise") || has.id().endsWith("jitter")) {
                quiet = quiet.without(has.id());
            }
        }
        return quiet;
    }

    /** Words of one channel as a function of y; each use begins with call 0. */
    private static CodeTransfer transfer(Converter converter, Die die) {
        Converter.Channels channel = converter.on(die, 1);
        return outputs -> {
            DMatrixRMaj inputs = new DMatrixRMaj(outputs.length, 1);
            for (int k = 0; k < outputs.length; k++) {
                inputs.data[k] = input(converter, outputs[k]);
            }
            return channel.convert(inputs, 0, new Saturation()).data();
        };
    }

    /** The level whose ideal output is y. */
    static double input(Converter converter, double y) {
        Activation activation = converter.activation();
        double u = activation == Activation.LINEAR
                ? 2 * y - 1
                : activation.uniform() ? y : activation.inverse(Math.max(EDGE, Math.min(1 - EDGE, y)));
        return converter.fullScale() * u - converter.inputBias();
    }

    /** The converter. */
    public Converter converter() {
        return converter;
    }

    /** Outputs y at which the word rises, without noise. */
    public TransitionLevels levels() {
        return levels;
    }

    /** Linearity by the end points; absent where the word rises at one level only. */
    public Optional<Linearity> endPoint() {
        return endPoint;
    }

    /** Linearity by the best fit; absent where the word rises at one level only. */
    public Optional<Linearity> bestFit() {
        return bestFit;
    }

    /** Spectrum of the words of a sine wave over the full scale. */
    public SineSpectrum spectrum() {
        return spectrum;
    }
}
