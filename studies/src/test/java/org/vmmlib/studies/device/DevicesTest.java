package org.vmmlib.studies.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.flash.FloatingGateCell;

class DevicesTest {

    static Stream<NamedDevice> devices() {
        return Devices.all().stream();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void everyParameterNamesItsSource(NamedDevice device) {
        assertFalse(device.datasheet().entries().isEmpty());
        for (Datasheet.Entry entry : device.datasheet().entries()) {
            assertFalse(entry.source().isBlank(), entry::parameter);
            assertFalse(Double.isNaN(entry.value()), entry::parameter);
        }
    }

    /** At 25 °C, where they were tuned, cells carry more the higher their weight. */
    @ParameterizedTest
    @MethodSource("devices")
    void readCurrentsRiseWithTheWeight(NamedDevice device) {
        Cells cells = new Cells(
                device.law(),
                device.weights().stream().mapToDouble(Double::doubleValue).toArray());
        double[] currents = cells.read(Conditions.ROOM, device.bias());
        assertTrue(currents[currents.length - 1] > 0);
        for (int k = 1; k < currents.length; k++) {
            assertTrue(
                    currents[k] > currents[k - 1],
                    device.name() + ", weight " + device.weights().get(k));
        }
    }

    /** Those whose weights are shares of the highest current; others have a current at weight 0. */
    @ParameterizedTest
    @ValueSource(strings = {"esf3", "esf3-source", "nor-180", "nand-3d"})
    void theWeightsShownAreTunedToTheirShareOfTheHighestCurrent(String name) {
        NamedDevice device = Devices.named(name);
        double[] weights =
                device.weights().stream().mapToDouble(Double::doubleValue).toArray();
        double[] currents = new Cells(device.law(), weights).read(Conditions.ROOM, device.bias());
        for (int k = 0; k < weights.length; k++) {
            assertEquals(weights[k], currents[k] / currents[weights.length - 1], 2e-3 * weights[k]);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aPageIsTheSameEachTimeAndStandsAtAnyTemperature(NamedDevice device) {
        for (double kelvin : new double[] {200, 298.15, 400}) {
            Conditions conditions = Conditions.ROOM.atTemperature(kelvin);
            String html = DevicePage.of(device, conditions).toHtml();
            assertEquals(html, DevicePage.of(device, conditions).toHtml());
            assertTrue(html.contains("Weight against temperature"));
            assertTrue(html.contains("against current") || html.contains("against input current"));
        }
    }

    /** {@code w(T) = w0^(T0/T)} of unchanged charge: 0.1 becomes 1.471 times as much from 25 to 85 °C. */
    @Test
    void aGateCoupledWeightMovesWithTemperatureAsDerived() {
        FloatingGateCell cell = FloatingGateCell.exponential().build();
        Cells cells = new Cells(cell, 0.1, 1);
        Bias.Gates bias = new Bias.Gates(0, 1, 0.6, 0.5, 0);
        double[] hot = cells.read(Conditions.ROOM.atTemperature(358.15), bias);
        assertEquals(0.1471, hot[0] / hot[1], 0.00005);
    }

    /** Currents per cell at the read point, from the papers. */
    @ParameterizedTest
    @CsvSource({"esf3, 16e-9", "nor-180, 30e-9", "esf3-source, 1e-6", "titania, 28.571e-6"})
    void theReadPointIsThePublishedOne(String name, double amperes) {
        NamedDevice device = Devices.named(name);
        assertEquals(amperes, new Cells(device.law(), 1).read(Conditions.ROOM, device.bias())[0], 1e-4 * amperes);
    }

    @Test
    void namesAreUniqueAndUnknownOnesAreRefusedWithThoseThereAre() {
        List<String> names = devices().map(NamedDevice::name).toList();
        Set<String> distinct = new HashSet<>(names);
        assertEquals(names.size(), distinct.size());
        assertFalse(distinct.contains("list"));
        for (String name : names) {
            assertEquals(name, Devices.named(name).name());
        }
        String message = assertThrows(IllegalArgumentException.class, () -> Devices.named("x"))
                .getMessage();
        assertTrue(message.contains("x") && message.contains(String.join(", ", names)), message);
    }
}
