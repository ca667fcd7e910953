package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Si;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.PulseEncoder;
import org.vmmlib.peripherals.encoder.SpikeEncoder;
import org.vmmlib.peripherals.encoder.TwoPhaseEncoder;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.SuccessiveRescaling;
import org.vmmlib.peripherals.integrator.ThresholdReadout;
import org.vmmlib.peripherals.integrator.TwoPhase;
import org.vmmlib.peripherals.neuron.MultiBitNeuron;
import org.vmmlib.peripherals.neuron.NeuronReadout;
import org.vmmlib.peripherals.sensing.MirrorSensing;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/** Every encoder with every readout: built where the readout can make something of the phases, else refused, both named. */
class EncodersAndReadoutsTest {

    private static final int BITS = 4;
    private static final double TIME = 32 * Si.ns;
    private static final CellLaw RESISTOR = new LinearReram(ConductanceWindow.aluminaTitania());
    private static final CellLaw GATED = FloatingGateCell.exponential().build();

    /** What the phases stand for, and so which readouts are right. */
    private enum Kind {
        AMPLITUDES,
        CHARGES,
        BITS,
        BITS_TWOS_COMPLEMENT,
        SLICES_OF_TWO,
        TWO_PHASES
    }

    private static Map<InputEncoder, Kind> encoders(PulseDriver driver) {
        Map<InputEncoder, Kind> all = new LinkedHashMap<>();
        all.put(PulseEncoder.of(driver, BITS, WordFormat.UNSIGNED, 1 * Si.ns), Kind.CHARGES);
        all.put(DigitEncoder.temporal(driver, BITS, WordFormat.UNSIGNED, 1 * Si.ns), Kind.CHARGES);
        all.put(SpikeEncoder.rates(driver, BITS, 1, 1 * Si.ns, 100 * Si.ns), Kind.CHARGES);
        all.put(SpikeEncoder.randomRates(driver, BITS, 1, 1 * Si.ns, 100 * Si.ns), Kind.CHARGES);
        all.put(SpikeEncoder.trains(driver, 100 * Si.ns), Kind.CHARGES);
        all.put(DigitEncoder.bits(driver, BITS, WordFormat.UNSIGNED, TIME), Kind.BITS);
        all.put(DigitEncoder.bits(driver, BITS, WordFormat.TWOS_COMPLEMENT, TIME), Kind.BITS_TWOS_COMPLEMENT);
        all.put(TwoPhaseEncoder.words(driver, BITS, TIME), Kind.TWO_PHASES);
        all.put(TwoPhaseEncoder.pulses(driver, TIME), Kind.TWO_PHASES);
        return all;
    }

    private static Map<Readout, Set<Kind>> readouts(Polarity polarity, double column) {
        Integrator ground =
                Integrator.virtualGround(column, polarity, 100 * Si.fF).build();
        Integrator line = Integrator.onLine(column, polarity, 100 * Si.fF).build();
        TwoPhase scheme =
                new TwoPhase(TIME, TwoPhase.Bias.BOTH_PHASES, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        Map<Readout, Set<Kind>> all = new LinkedHashMap<>();
        all.put(TransimpedanceSensing.builder(column, polarity, 5000).build(), Set.of(Kind.AMPLITUDES));
        all.put(MirrorSensing.builder(column, polarity).build(), Set.of(Kind.AMPLITUDES));
        all.put(ground, Set.of(Kind.AMPLITUDES, Kind.CHARGES));
        all.put(line, Set.of(Kind.AMPLITUDES, Kind.CHARGES));
        all.put(
                SuccessiveRescaling.builder(ground, new Coding.Digits(List.of(1.0, 2.0, 4.0, 8.0)))
                        .build(),
                Set.of(Kind.BITS));
        all.put(
                SuccessiveRescaling.builder(ground, new Coding.Digits(List.of(1.0, 2.0, 4.0, -8.0)))
                        .build(),
                Set.of(Kind.BITS_TWOS_COMPLEMENT));
        all.put(
                SuccessiveRescaling.builder(ground, new Coding.Digits(List.of(1.0, 4.0)))
                        .digitBits(2)
                        .build(),
                Set.of(Kind.SLICES_OF_TWO));
        all.put(ThresholdReadout.builder(scheme, line, 0.2).build(), Set.of(Kind.TWO_PHASES));
        all.put(
                NeuronReadout.spikes(MultiBitNeuron.opamp65(), polarity, column),
                Set.of(Kind.AMPLITUDES, Kind.CHARGES));
        return all;
    }

    private static int check(InputEncoder encoder, Kind kind, CellLaw law, Readout readout, Set<Kind> takes) {
        Macro.Builder builder = Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(encoder)
                .law(law)
                .readout(readout);
        if (takes.contains(kind)) {
            builder.build();
            return 1;
        }
        String message = assertThrows(
                        IllegalArgumentException.class,
                        builder::build,
                        encoder.datasheet().title() + " with "
                                + readout.datasheet().title())
                .getMessage();
        assertTrue(message.contains(encoder.datasheet().title()), message);
        assertTrue(message.contains(readout.datasheet().title()), message);
        assertTrue(message.contains(encoder.coding().title()) && message.contains("use an encoder"), message);
        return 0;
    }

    @Test
    void onResistorsDrivenByTheirRows() {
        Map<InputEncoder, Kind> encoders = encoders(PulseDriver.rows(0.2).build());
        encoders.put(new AmplitudeEncoder(VoltageDac.builder(BITS, 0.2).build(), 1e-6), Kind.AMPLITUDES);
        encoders.put(
                DigitEncoder.slices(VoltageDac.builder(2, 0.2).build(), BITS, WordFormat.UNSIGNED, TIME),
                Kind.SLICES_OF_TWO);
        int built = 0;
        for (Map.Entry<Readout, Set<Kind>> readout : readouts(Polarity.SINK, 0).entrySet()) {
            for (Map.Entry<InputEncoder, Kind> encoder : encoders.entrySet()) {
                built += check(encoder.getKey(), encoder.getValue(), RESISTOR, readout.getKey(), readout.getValue());
            }
        }
        // 1 amplitude encoder with 5 readouts, 5 of charges with 3, bits, signed bits, slices, and both of two phases.
        assertEquals(5 + 5 * 3 + 3 + 2, built);
    }

    @Test
    void onCellsDrivenByTheirGates() {
        int built = 0;
        for (Map.Entry<Readout, Set<Kind>> readout :
                readouts(Polarity.SOURCE, 0.7).entrySet()) {
            for (Map.Entry<InputEncoder, Kind> encoder :
                    encoders(PulseDriver.gates(0, 0.65).build()).entrySet()) {
                built += check(encoder.getKey(), encoder.getValue(), GATED, readout.getKey(), readout.getValue());
            }
        }
        assertEquals(5 * 3 + 2 + 2, built);
    }

    /** A readout for the other kind of cells is refused whatever the encoder. */
    @Test
    void readoutsOfTheOtherPolarityAreRefusedWithTheCells() {
        InputEncoder rows = PulseEncoder.of(PulseDriver.rows(0.2).build(), BITS, WordFormat.UNSIGNED, 1 * Si.ns);
        for (Readout readout : readouts(Polarity.SOURCE, 0.7).keySet()) {
            Macro.Builder builder = Macro.builder()
                    .mapping(new DifferentialPairs(false))
                    .encoder(rows)
                    .law(RESISTOR)
                    .readout(readout);
            String message =
                    assertThrows(IllegalArgumentException.class, builder::build).getMessage();
            assertTrue(message.contains(readout.datasheet().title()), message);
            assertTrue(message.contains(RESISTOR.datasheet().title()) && message.contains("polarity"), message);
        }
    }
}
