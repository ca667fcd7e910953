package org.vmmlib.studies.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.devices.flash.FloatingGateCell;

/** Which devices follow the temperature, and by what law. */
class DeviceTemperatureTest {

    private static final Conditions ROOM = Conditions.ROOM;
    private static final Conditions HOT = ROOM.atTemperature(358.15);
    private static final Conditions COLD = ROOM.atTemperature(253.15);

    /** Channels, barriers and selectors. Of the others no published static law has a temperature in it. */
    private static final Set<String> FOLLOW = Set.of(
            "esf3",
            "esf3-source",
            "esf3-resistor",
            "nor-180",
            "nand-3d",
            "jart",
            "1t1r",
            "1t1r-source",
            "2t2r",
            "1s1r");

    static Stream<NamedDevice> devices() {
        return Devices.all().stream();
    }

    private static Cells cells(NamedDevice device) {
        return new Cells(
                device.law(),
                device.weights().stream().mapToDouble(Double::doubleValue).toArray());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void currentsFollowTheTemperatureWhereTheLawHasOne(NamedDevice device) {
        Cells cells = cells(device);
        double[] room = cells.read(ROOM, device.bias());
        double[] hot = cells.read(HOT, device.bias());
        double[] cold = cells.read(COLD, device.bias());
        if (!FOLLOW.contains(device.name())) {
            assertArrayEquals(room, hot);
            assertArrayEquals(room, cold);
            return;
        }
        for (int k = 0; k < room.length; k++) {
            double up = hot[k] - room[k];
            double down = cold[k] - room[k];
            assertTrue(
                    Math.abs(up) > 1e-4 * Math.abs(room[k]) && up * down < 0,
                    device.name() + ", cell " + k + ": " + Arrays.toString(new double[] {cold[k], room[k], hot[k]}));
        }
    }

    /** 4kTG of every linear cell. */
    @ParameterizedTest
    @MethodSource("devices")
    void thermalNoiseOfLinearCellsIsProportionalToTheTemperature(NamedDevice device) {
        ArrayCells room = device.law().bind(cells(device).state(), ROOM);
        ArrayCells hot = device.law().bind(cells(device).state(), HOT);
        if (room instanceof LinearCells linear) {
            double[] at = density(room);
            double[] above = density(hot);
            for (int j = 0; j < at.length; j++) {
                double g = linear.conductances().data[j];
                assertEquals(4 * Constants.BOLTZMANN * 298.15 * g, at[j], 1e-12 * at[j]);
                assertEquals(4 * Constants.BOLTZMANN * 358.15 * g, above[j], 1e-12 * above[j]);
            }
        }
    }

    private static double[] density(ArrayCells cells) {
        DMatrixRMaj drives = new DMatrixRMaj(1, 1);
        DMatrixRMaj density = new DMatrixRMaj(1, cells.columns());
        cells.noiseDensity(drives, 0, new DMatrixRMaj(1, cells.columns()), density);
        return density.data;
    }

    /** {@code I = I_spec (T/T0)^(2 + BEX) exp(κ (V_G − V_T(T) − threshold)/U_t)}, weights {@code w^(T0/T)}. */
    @Test
    void theExponentialFloatingGateCellFollowsItsFormula() {
        FloatingGateCell cell = FloatingGateCell.exponential()
                .kappa(0.7)
                .specificCurrent(1e-6)
                .referenceThreshold(0.9)
                .mobilityExponent(-1.5)
                .thresholdDrift(-1e-3)
                .build();
        double[] weights = {0.01, 0.1, 0.5, 1};
        Cells cells = new Cells(cell, weights);
        for (Conditions at : new Conditions[] {COLD, ROOM, HOT}) {
            double t = at.temperature();
            double slope = 0.7 / (1.380649e-23 * t / 1.602176634e-19);
            double reference = 1e-6 * Math.sqrt(t / 298.15) * Math.exp(slope * (0.6 - 0.9 + 1e-3 * (t - 298.15)));
            double[] currents = cells.currents(at, 0.6, 0, 1);
            for (int k = 0; k < weights.length; k++) {
                double expected = reference * Math.pow(weights[k], 298.15 / t);
                assertEquals(expected, -currents[k], 1e-10 * expected);
            }
        }
    }

    /** The drain's part, {@code 1 − exp(−V_DS/U_t)}, at 20 mV: 0.5409 at 25 °C, 0.4769 at 85 °C. */
    @Test
    void saturationFollowsTheThermalVoltage() {
        FloatingGateCell saturating =
                FloatingGateCell.exponential().saturation(true).build();
        Cells cells = new Cells(saturating, 1);
        for (double[] part : new double[][] {{298.15, 0.5409}, {358.15, 0.4769}}) {
            Conditions at = ROOM.atTemperature(part[0]);
            double low = cells.currents(at, 0.5, 0, 0.02)[0];
            double high = cells.currents(at, 0.5, 0, 2)[0];
            assertEquals(part[1], low / high, 1e-4);
        }
    }
}
