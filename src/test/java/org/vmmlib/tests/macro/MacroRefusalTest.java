package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.solve.IdealSolver;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.Wires;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.devices.flash.NorFlash;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.peripherals.converter.CyclicAdc;
import org.vmmlib.peripherals.converter.SarAdc;
import org.vmmlib.peripherals.dac.CurrentSteeringDac;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.digital.DigitReadout;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.sensing.MirrorSensing;
import org.vmmlib.peripherals.sensing.Polarity;

/** Parts that do not fit are refused when the macro is built, with both named. */
class MacroRefusalTest {

    private static final NorFlash FLASH = NorFlash.esf3Nor55();

    private static Macro.Builder flash() {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(new AmplitudeEncoder(
                        CurrentSteeringDac.builder(4, FLASH.inputCurrent()).build(), 1e-6))
                .rowPort(FLASH.references())
                .law(FLASH.cell())
                .solver(new IdealSolver())
                .readout(MirrorSensing.builder(FLASH.drainVoltage(), Polarity.SOURCE)
                        .build());
    }

    private static void refuses(Macro.Builder builder, String... words) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, builder::build);
        for (String word : words) {
            assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
        }
    }

    @Test
    void aVoltageEncoderOnGateDrivenCells() {
        AmplitudeEncoder voltages =
                new AmplitudeEncoder(VoltageDac.builder(4, 0.2).build(), 1e-6);
        refuses(flash().encoder(voltages), "amplitude encoder", "floating-gate cell", "use a current encoder");
    }

    @Test
    void aCurrentEncoderOnResistors() {
        refuses(flash().law(new LinearReram(ConductanceWindow.of(0, 1e-4))), "drives gates", "use a voltage encoder");
    }

    @Test
    void aMirrorOfTheOtherPolarity() {
        refuses(
                flash().readout(MirrorSensing.builder(FLASH.drainVoltage(), Polarity.SINK)
                        .build()),
                "mirror",
                "polarity");
    }

    @Test
    void bitsForAReadoutThatHoldsNoCharge() {
        DigitEncoder bits =
                DigitEncoder.bits(PulseDriver.currents(FLASH.inputCurrent()).build(), 4, WordFormat.UNSIGNED, 1e-6);
        refuses(flash().encoder(bits), "current-mirror sensing", "bit encoder (LIN)", "[1.0, 2.0, 4.0, 8.0]");
    }

    @Test
    void bitsForAnIntegratorThatDoesNotWeighThem() {
        DigitEncoder bits =
                DigitEncoder.bits(PulseDriver.currents(FLASH.inputCurrent()).build(), 4, WordFormat.UNSIGNED, 1e-6);
        refuses(
                flash().encoder(bits)
                        .readout(Integrator.virtualGround(FLASH.drainVoltage(), Polarity.SOURCE, 1e-12)
                                .build()),
                "virtual-ground integrator",
                "bit encoder (LIN)",
                "readout for that coding");
    }

    private static DigitReadout digits(DigitEncoder encoder) {
        return DigitReadout.of(
                MirrorSensing.builder(FLASH.drainVoltage(), Polarity.SOURCE).build(),
                SarAdc.builder(6, Activation.RELU, Levels.Quantity.CURRENT, 1e-6)
                        .build(),
                (Coding.Digits) encoder.coding());
    }

    @Test
    void digitsOfOtherWordsThanTheReadoutConverts() {
        PulseDriver gates = PulseDriver.currents(FLASH.inputCurrent()).build();
        DigitEncoder four = DigitEncoder.bits(gates, 4, WordFormat.UNSIGNED, 1e-6);
        DigitEncoder signed = DigitEncoder.bits(gates, 4, WordFormat.TWOS_COMPLEMENT, 1e-6);
        String each = "conversion in every phase, by current-mirror sensing (source)";
        refuses(flash().encoder(signed).readout(digits(four)), each, "bit encoder (LIN)", "twos complement", "-8.0");
        refuses(flash().readout(digits(four)), each, "amplitude encoder (INS)", "use an encoder that it fits");
        flash().encoder(four).readout(digits(four)).build();
    }

    @Test
    void aConverterBehindAReadoutThatConverts() {
        DigitEncoder bits =
                DigitEncoder.bits(PulseDriver.currents(FLASH.inputCurrent()).build(), 4, WordFormat.UNSIGNED, 1e-6);
        refuses(
                flash().encoder(bits)
                        .readout(digits(bits))
                        .converter(CyclicAdc.builder(4, Activation.RELU, Levels.Quantity.CURRENT, 1)
                                .build()),
                "conversion in every phase",
                "leave out");
    }

    @Test
    void aPhaseInWhichTheReadoutDoesNotConvert() {
        DigitEncoder hasty =
                DigitEncoder.bits(PulseDriver.currents(FLASH.inputCurrent()).build(), 4, WordFormat.UNSIGNED, 2e-9);
        refuses(
                flash().encoder(hasty).readout(digits(hasty)),
                "phase duration = 2.0E-9 s",
                "conversion in every phase");
    }

    @Test
    void aConverterOfAnotherQuantity() {
        refuses(
                flash().converter(CyclicAdc.builder(4, Activation.RELU, Levels.Quantity.VOLTAGE, 1)
                        .build()),
                "gives a current",
                "takes a voltage");
    }

    @Test
    void wiresWithResistanceForASolverWithout() {
        refuses(flash().wires(Wires.resistive(1, 1, 0)), "ReferenceSolver");
    }

    @Test
    void aPhaseInWhichTheGatesDoNotSettle() {
        AmplitudeEncoder hasty = new AmplitudeEncoder(
                CurrentSteeringDac.builder(4, FLASH.inputCurrent()).build(), 1e-9);
        refuses(flash().encoder(hasty), "phase duration = 1.0E-9 s", "to settle");
    }

    @Test
    void aMissingPart() {
        refuses(Macro.builder().mapping(new DifferentialPairs(false)), "encoder is missing");
    }

    @Test
    void inputsOfAnotherWidthOrWordLength() {
        Die die = Die.of(RandomStreams.of(1));
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1}, {-1}});
        var chip = flash().build().program(weights, die);
        assertThrows(IllegalArgumentException.class, () -> chip.multiply(Codes.unsigned(4, 1, 3, new int[3]), 0));
        assertThrows(IllegalArgumentException.class, () -> chip.multiply(Codes.unsigned(5, 1, 2, new int[2]), 0));
        Levels levels = new Levels(new DMatrixRMaj(1, 2), Levels.Quantity.CURRENT);
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> chip.multiply(levels, 0));
        assertTrue(refusal.getMessage().contains("takes words"), refusal.getMessage());
    }
}
