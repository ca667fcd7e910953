package org.vmmlib.studies.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmmlib.core.crossbar.AgingLaw;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.noise.Drift;
import org.vmmlib.noise.ageing.ChargeLoss;
import org.vmmlib.noise.ageing.PowerLawDrift;
import org.vmmlib.noise.ageing.Relaxation;

/** Every device that can age does, by the effect that is meant for it, and every other one is refused. */
class DeviceAgeingTest {

    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;
    private static final PowerLawDrift POWER_LAW = new PowerLawDrift(0.05, 0.01, 1);
    private static final Relaxation RELAXATION = new Relaxation(-0.02, 0.01, 1);

    static Stream<NamedDevice> devices() {
        return Devices.all().stream();
    }

    private static CellState programmed(NamedDevice device) {
        DMatrixRMaj weights = new DMatrixRMaj(1, device.weights().size());
        for (int k = 0; k < weights.data.length; k++) {
            weights.data[k] = device.weights().get(k);
        }
        return device.law().store(weights, Conditions.ROOM);
    }

    private static double[] currents(NamedDevice device, CellState state) {
        int count = state.columns();
        double[] row = new double[count];
        double[] column = new double[count];
        double[] current = new double[count];
        Arrays.fill(row, device.bias().row());
        Arrays.fill(column, device.bias().column());
        device.law()
                .bind(state, Conditions.ROOM)
                .evaluate(0, device.bias().gate(), row, column, current, new double[count], new double[count]);
        return current;
    }

    private static double[] aged(NamedDevice device, Effect.OnAge effect, double age) {
        return currents(
                device,
                effect.age(
                        device.law(),
                        programmed(device),
                        Conditions.ROOM.atAge(age),
                        RandomStreams.of(1).stream(effect.id(), 0)));
    }

    private static boolean states(CellLaw law) {
        return law instanceof AgingLaw aging && aging.ages();
    }

    private static boolean storesThresholds(CellLaw law) {
        return law.planes().stream().anyMatch(plane -> plane.unit().equals("V"));
    }

    /** The one that fits; none for two-state junctions, which nothing moves by a part. */
    private static Effect.OnAge fitting(CellLaw law) {
        if (states(law)) {
            return new Drift();
        }
        return storesThresholds(law) ? ChargeLoss.builder(-0.2, 30 * DAY).build() : POWER_LAW;
    }

    /** Cells at the end of their window may stay there; the others move, and further by the day than by the hour. */
    @ParameterizedTest
    @MethodSource("devices")
    void whatCanAgeChangesItsOutputWithTime(NamedDevice device) {
        if (device.name().equals("mtj")) {
            assertRefused("its cells cannot be off by a part", () -> aged(device, POWER_LAW, HOUR));
            return;
        }
        Effect.OnAge effect = fitting(device.law());
        double[] fresh = currents(device, programmed(device));
        assertArrayEquals(fresh, aged(device, effect, 0), device.name());
        double[] hour = aged(device, effect, HOUR);
        double[] day = aged(device, effect, DAY);
        int moved = 0;
        for (int k = 0; k < fresh.length; k++) {
            double early = Math.abs(hour[k] - fresh[k]);
            double late = Math.abs(day[k] - fresh[k]);
            moved += early > 1e-5 * Math.abs(fresh[k]) && late > 1.05 * early ? 1 : 0;
        }
        assertTrue(2 * moved >= fresh.length, device.name() + ": " + moved + " cells moved");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void anEffectThatIsNotForADeviceIsRefused(NamedDevice device) {
        CellLaw law = device.law();
        if (!states(law)) {
            assertRefused("drift", () -> aged(device, new Drift(), HOUR));
        }
        if (states(law) || storesThresholds(law)) {
            String reason = states(law) ? "states a drift of its own" : "stores thresholds";
            assertRefused(reason, () -> aged(device, POWER_LAW, HOUR));
            assertRefused(reason, () -> aged(device, RELAXATION, HOUR));
        }
        if (!storesThresholds(law)) {
            assertRefused(
                    "stores no charge",
                    () -> aged(device, ChargeLoss.builder(0, 1).build(), HOUR));
        }
    }

    @Test
    void theDevicesWithMeasuredDriftAreThese() {
        assertEquals(
                Set.of("neurram", "cmo-hfox", "pcm", "pcm-hermes", "sonos"),
                devices()
                        .filter(device -> states(device.law()))
                        .map(NamedDevice::name)
                        .collect(Collectors.toSet()));
    }

    @Test
    void anAgeBeyondWhatWasMeasuredIsRefused() {
        NamedDevice sonos = Devices.named("sonos");
        assertRefused("was measured up to", () -> aged(sonos, new Drift(), 6 * DAY));
    }

    private static void assertRefused(String part, Executable action) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, action).getMessage());
        assertTrue(message.contains(part), message);
    }
}
