package org.vmmlib.studies.converter;

import java.util.List;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.converter.ActivationTable;
import org.vmmlib.peripherals.converter.AdaptiveSarAdc;
import org.vmmlib.peripherals.converter.CyclicAdc;
import org.vmmlib.peripherals.converter.DeltaSigmaAdc;
import org.vmmlib.peripherals.converter.FlashAdc;
import org.vmmlib.peripherals.converter.RampAdc;
import org.vmmlib.peripherals.converter.SarAdc;
import org.vmmlib.peripherals.converter.SingleComparator;
import org.vmmlib.peripherals.converter.TimeCounter;
import org.vmmlib.peripherals.converter.TwoStepAdc;

/**
 * The named converters. The papers give few imperfections of theirs; those here are chosen, about what a converter of the
 * usual word length can bear, so that one sees what each does.
 */
public final class Converters {

    private static final double ROOM = 300;

    private Converters() {}

    /** All of them, in the order to show. A converter is one line here. */
    public static List<NamedConverter> all() {
        return List.of(
                new NamedConverter("cyclic", "cyclic ADC of the 55-nm aCortex, ReLU", 1, 4, 12, Converters::cyclic),
                new NamedConverter(
                        "cyclic-sigmoid",
                        "cyclic ADC of the 55-nm aCortex, sigmoid in its references",
                        1,
                        4,
                        12,
                        bits -> cyclic(bits, Activation.SIGMOID)),
                new NamedConverter("ramp", "ramp ADC, shared by 1024 columns", 1, 6, 12, Converters::ramp),
                new NamedConverter("sar", "SAR ADC of ISAAC, shared by 128 columns", 1, 8, 12, Converters::sar),
                new NamedConverter(
                        "adaptive-sar",
                        "SAR ADC of ISAAC, without its two lowest decisions",
                        3,
                        8,
                        12,
                        bits -> AdaptiveSarAdc.of(sar(bits), bits - 2)),
                new NamedConverter("flash", "flash ADC with trimmed comparators", 1, 4, 8, Converters::flash),
                new NamedConverter(
                        "tdc", "time-to-digital counter of the 3D-aCortex at 1 GHz", 1, 4, 12, Converters::counter),
                new NamedConverter(
                        "delta-sigma",
                        "incremental delta-sigma ADC of first order",
                        1,
                        8,
                        10,
                        bits -> deltaSigma(bits).build()),
                new NamedConverter(
                        "delta-sigma-2",
                        "incremental delta-sigma ADC of second order",
                        4,
                        8,
                        12,
                        bits -> deltaSigma(bits)
                                .modulator(2, (int) Math.ceil(5 * Math.sqrt(1 << bits)))
                                .build()),
                new NamedConverter(
                        "two-step", "coarse sigmoid, then linear between its points", 2, 8, 12, Converters::twoStep),
                new NamedConverter(
                        "table",
                        "table of a sigmoid behind a linear SAR ADC of as many bits",
                        1,
                        8,
                        12,
                        Converters::table),
                new NamedConverter("comparator", "single comparator, binary", 1, 1, 1, bits -> comparator()));
    }

    /**
     * The converter of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names there are
     */
    public static NamedConverter named(String name) {
        List<NamedConverter> all = all();
        return all.stream()
                .filter(converter -> converter.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = all.stream().map(NamedConverter::name).toList();
                    return new IllegalArgumentException(
                            "converter = " + name + ": must be list, or one of " + String.join(", ", names));
                });
    }

    private static Converter cyclic(int bits) {
        return cyclic(bits, Activation.RELU);
    }

    private static Converter cyclic(int bits, Activation activation) {
        return CyclicAdc.acortex55nm(bits, activation, 1 * Si.uA).toBuilder()
                .source("chosen")
                .comparatorOffset(20 * Si.nA)
                .offsetTrimStep(4 * Si.nA)
                .comparatorNoise(3 * Si.nA)
                .residueGainError(-0.003)
                .residueGainSpread(0.003)
                .referenceError(0.01)
                .build();
    }

    private static Converter ramp(int bits) {
        return RampAdc.builder(bits, Activation.RELU, Levels.Quantity.VOLTAGE, 0.5)
                .source("chosen")
                .rampSlopeSpread(0.01)
                .rampCurvature(0.002)
                .rampStepMismatch(0.05)
                .comparatorOffset(2 * Si.mV)
                .comparatorNoise(0.5 * Si.mV)
                .comparatorDelay(0.2 * Si.ns)
                .build();
    }

    private static SarAdc sar(int bits) {
        return sar(bits, Activation.RELU, 1);
    }

    private static SarAdc sar(int bits, Activation activation, double fullScale) {
        return SarAdc.isaac32nm(bits, activation, fullScale).toBuilder()
                .source("chosen")
                .capacitorMismatch(0.01)
                .comparatorOffset(1 * Si.mV)
                .comparatorNoise(0.5 * Si.mV)
                .source("kT/C of the unit capacitors at 300 K")
                .sampledOn((1 << bits) * Si.fF, ROOM)
                .build();
    }

    private static Converter flash(int bits) {
        return FlashAdc.builder(bits, Activation.RELU, Levels.Quantity.VOLTAGE, 0.5)
                .source("chosen")
                .comparatorOffset(15 * Si.mV)
                .offsetTrimStep(5 * Si.mV)
                .comparatorNoise(1 * Si.mV)
                .resistorMismatch(0.01)
                .build();
    }

    private static Converter counter(int bits) {
        return TimeCounter.builder(bits, Activation.BOUNDED_RELU, (1 << bits) * Si.ns)
                .source("chosen")
                .jitter(0.05 * Si.ns)
                .latchDelay(0.1 * Si.ns)
                .clockSpread(0.001)
                .build();
    }

    private static DeltaSigmaAdc.Builder deltaSigma(int bits) {
        return DeltaSigmaAdc.builder(bits, Activation.RELU, Levels.Quantity.VOLTAGE, 1)
                .source("chosen")
                .integratorLeak(0.0005)
                .comparatorOffset(0.02)
                .samplingNoise(2 * Si.mV)
                .referenceError(0.002);
    }

    private static Converter twoStep(int bits) {
        int fine = Math.max(1, bits / 2 - 1);
        return TwoStepAdc.builder(bits - fine, fine, Activation.SIGMOID, Levels.Quantity.VOLTAGE, 0.1)
                .source("chosen")
                .coarseOffset(0.3 * Si.mV)
                .fineOffset(0.3 * Si.mV)
                .comparatorNoise(0.1 * Si.mV)
                .referenceError(0.003)
                .fineRangeSpread(0.005)
                .build();
    }

    private static Converter table(int bits) {
        return ActivationTable.of(sar(bits, Activation.LINEAR, 0.6), bits, Activation.SIGMOID, 0.1);
    }

    private static Converter comparator() {
        return SingleComparator.builder(Activation.LINEAR, Levels.Quantity.CURRENT, 1 * Si.uA)
                .source("chosen")
                .comparatorOffset(20 * Si.nA)
                .comparatorNoise(3 * Si.nA)
                .build();
    }
}
