package org.vmmlib.devices.transistor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;

class MosChannelTest {

    private static final Conditions ROOM = Conditions.ROOM;

    private static MosChannel channel(double dibl) {
        return MosTransistor.builder().dibl(dibl).build().at(ROOM);
    }

    @Test
    void weakInversionIsTheSubthresholdExponential() {
        // I_0 exp((κ(V_G − V_T + σ V_DS) − V_S)/U_t) (1 − exp(−V_DS/U_t)), to the inversion coefficient; 85 mV per
        // decade.
        double ut = ROOM.thermalVoltage();
        MosChannel channel = channel(0.05);
        for (double gate : new double[] {-0.2, 0, 0.1}) {
            for (double drain : new double[] {0.05, 0.3, 0.8}) {
                double lowered = 0.05 * (Math.hypot(drain - 0.02, ut) - ut);
                double expected =
                        1e-6 * Math.exp((0.7 * (gate - 0.4 + lowered) - 0.02) / ut) * -Math.expm1(-(drain - 0.02) / ut);
                double inversion = expected / 1e-6;
                assertEquals(1, channel.current(channel.pinchOff(gate), 0.02, drain) / expected, 2 * inversion + 1e-12);
            }
        }
        double decade = Math.log(10) * ut / 0.7;
        double ratio = channel.current(channel.pinchOff(decade - 0.3), 0, 0.5)
                / channel.current(channel.pinchOff(-0.3), 0, 0.5);
        assertEquals(10, ratio, 1e-5);
        assertEquals(0.085, decade, 1e-3);
    }

    @Test
    void noiseIsShotNoiseInWeakAndTwoThirdsOfTheConductanceInStrongInversion() {
        MosChannel channel = channel(0);
        double kelvin = ROOM.temperature();
        double weak = channel.pinchOff(-0.2);
        double shot = 2 * Constants.ELEMENTARY_CHARGE * channel.current(weak, 0, 0.5);
        assertEquals(1, channel.noiseDensity(weak, 0, 0.5, kelvin) / shot, 1e-6);
        double strong = channel.pinchOff(40);
        double thermal = 4 * Constants.BOLTZMANN * kelvin * channel.sourceSlope(strong, 0, 60);
        assertEquals(2.0 / 3, channel.noiseDensity(strong, 0, 60, kelvin) / thermal, 1e-3);
        double triode = 4 * Constants.BOLTZMANN * kelvin * channel.drainSlope(strong, 0.1, 0.1);
        assertEquals(1, channel.noiseDensity(strong, 0.1, 0.1, kelvin) / triode, 1e-12);
    }

    @Test
    void slopesAreTheDerivatives() {
        MosChannel[] channels = {
            channel(0.05), channel(0.05).law(false, true, 0.05), channel(0).law(false, false, 0)
        };
        double h = 1e-5;
        for (MosChannel c : channels) {
            for (double gate : new double[] {0, 0.45, 0.6}) {
                double p = c.pinchOff(gate);
                for (double[] at : new double[][] {{0, 0.5}, {0.1, 0.12}, {0.3, 0}}) {
                    double byDrain = (c.current(p, at[0], at[1] + h) - c.current(p, at[0], at[1] - h)) / (2 * h);
                    double bySource = (c.current(p, at[0] - h, at[1]) - c.current(p, at[0] + h, at[1])) / (2 * h);
                    double scale = Math.abs(byDrain) + Math.abs(bySource);
                    assertEquals(byDrain, c.drainSlope(p, at[0], at[1]), 1e-6 * scale);
                    assertEquals(bySource, c.sourceSlope(p, at[0], at[1]), 1e-6 * scale);
                }
            }
        }
    }

    @Test
    void thresholdAndSpecificCurrentFollowTheTemperature() {
        MosChannel hot = MosTransistor.builder().thresholdDrift(-1e-3).build().at(ROOM.atTemperature(2 * 298.15));
        assertEquals(1e-6 * Math.sqrt(2), hot.specificCurrent(), 1e-18);
        assertEquals(0.4 - 0.29815, hot.threshold(), 1e-12);
    }

    @Test
    void everyParameterHasASource() {
        Datasheet.Builder sheet = Datasheet.of("test");
        MosTransistor.builder().kappa(0.8).from("a paper").build().describe(sheet, "select");
        for (Datasheet.Entry entry : sheet.build().entries()) {
            assertTrue(entry.parameter().startsWith("select "));
            assertTrue(!entry.source().isBlank());
        }
        assertTrue(sheet.build().entries().stream()
                .anyMatch(e -> e.value() == 0.8 && e.source().equals("a paper")));
    }
}
