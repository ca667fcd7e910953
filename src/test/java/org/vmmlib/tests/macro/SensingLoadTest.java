package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.LambertW;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.sensing.ConveyorSensing;
import org.vmmlib.peripherals.sensing.MirrorSensing;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/** The input of a sense amplifier is part of the network that the array is solved in. */
class SensingLoadTest {

    private static final double VOLTAGE = 0.3;
    private static final double LARGEST = 100 * Si.uS;

    /** Level of two cells of the largest conductance on one column. */
    private static double level(Readout readout, Conditions conditions) {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(new AmplitudeEncoder(VoltageDac.builder(1, VOLTAGE).build(), 1e-6))
                .law(new LinearReram(ConductanceWindow.of(0, LARGEST)))
                .readout(readout)
                .conditions(conditions)
                .build()
                .program(new DMatrixRMaj(new double[][] {{1}, {1}}), Die.of(RandomStreams.of(1)))
                .multiply(Codes.unsigned(1, 1, 2, new int[] {1, 1}), 0)
                .outputs()
                .get(0, 0);
    }

    @Test
    void theInputResistanceIsInSeriesWithTheColumn() {
        double resistance = 500;
        double expected = VOLTAGE / (1 / (2 * LARGEST) + resistance);
        Readout conveyor =
                ConveyorSensing.builder(0, Polarity.SINK).input(2e-4, 9).build();
        Readout mirror = MirrorSensing.builder(0, Polarity.SINK)
                .inputResistance(resistance)
                .build();
        Readout amplifier = TransimpedanceSensing.builder(0, Polarity.SINK, 1)
                .inputResistance(resistance)
                .build();
        for (Readout readout : new Readout[] {conveyor, mirror, amplifier}) {
            assertEquals(expected, level(readout, Conditions.ROOM), 1e-9 * expected);
        }
    }

    /** {@code i = a G W((I_s/(a G)) e^((V + I_s/G)/a)) − I_s}, a = n k T/q, at the temperature at which the macro is read. */
    @Test
    void theDiodeOfAMirrorFollowsTheTemperatureOfTheMacro() {
        double specific = 10 * Si.nA;
        double g = 2 * LARGEST;
        Readout mirror = MirrorSensing.builder(0, Polarity.SINK)
                .diodeInput(1.3, specific)
                .build();
        for (double kelvin : new double[] {253.15, 298.15, 398.15}) {
            double a = 1.3 * 86.17333262e-6 * kelvin;
            double exponent = Math.log(specific / (a * g)) + (VOLTAGE + specific / g) / a;
            double expected = a * g * LambertW.ofExp(exponent) - specific;
            assertEquals(expected, level(mirror, Conditions.ROOM.atTemperature(kelvin)), 1e-7 * expected);
        }
    }
}
