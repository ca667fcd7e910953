package org.vmmlib.peripherals.parameter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;

/** What blocks rely on: immutable, imperfections absent at their ideal values, sources told. */
class ParametersTest {

    private static final Parameters SOME = Parameters.none()
            .add("voltage", 1.2, "V", "user")
            .flaw("noise", "noise", "noise (sigma)", "V")
            .flaw("gain", "finite gain", "gain", Double.POSITIVE_INFINITY, "")
            .flaw("gain", "finite gain", "gain drift", "1/K")
            .chosen("area", 1, "m2");

    private static final Block BLOCK = new Block() {
        @Override
        public List<Imperfection> imperfections() {
            return SOME.imperfections();
        }

        @Override
        public Block without(String imperfection) {
            throw Block.unknown(this, imperfection);
        }

        @Override
        public Datasheet datasheet() {
            return new Datasheet("block", SOME.entries());
        }
    };

    @Test
    void imperfectionsAreAbsentAtTheirIdealValues() {
        assertEquals(List.of(), SOME.imperfections());
        assertEquals(
                List.of(new Imperfection("noise", "noise"), new Imperfection("gain", "finite gain")),
                SOME.with("gain drift", 0.1).with("noise (sigma)", 1e-3).imperfections());
        assertTrue(SOME.with("gain", 100).has("gain"));
        assertFalse(SOME.with("gain", 100).has("noise"));
    }

    @Test
    void takingAnImperfectionOffMakesAllItsParametersIdealAndNoOther() {
        Parameters flawed = SOME.with("gain", 100).with("gain drift", 0.1).with("noise (sigma)", 1e-3);
        Parameters less = flawed.without(BLOCK, "gain");
        assertEquals(Double.POSITIVE_INFINITY, less.value("gain"));
        assertEquals(0, less.value("gain drift"));
        assertEquals(1e-3, less.value("noise (sigma)"));
        assertEquals("made ideal", source(less, "gain drift"));
        assertEquals("user", source(less, "noise (sigma)"));
        assertThrows(IllegalArgumentException.class, () -> less.without(BLOCK, "gain"));
        assertThrows(IllegalArgumentException.class, () -> less.without(BLOCK, "offset"));
    }

    @Test
    void settingLeavesTheOriginalAsItWas() {
        Parameters other = SOME.from("paper").with("voltage", 2);
        assertEquals(1.2, SOME.value("voltage"));
        assertEquals(2, other.value("voltage"));
        assertEquals("paper", source(other, "voltage"));
        assertEquals("user", source(other.fromUser().with("voltage", 3), "voltage"));
        assertEquals("chosen", source(other, "area"));
        assertEquals("ideal by default", source(other, "noise (sigma)"));
    }

    @Test
    void datasheetsKeepTheOrderAndLeaveInfinitiesOut() {
        assertEquals(
                List.of("voltage", "noise (sigma)", "gain drift", "area"),
                SOME.entries().stream().map(Datasheet.Entry::parameter).toList());
    }

    @Test
    void unknownNamesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SOME.value("currrent"));
        assertThrows(IllegalArgumentException.class, () -> SOME.with("currrent", 1));
    }

    private static String source(Parameters parameters, String name) {
        return parameters.entries().stream()
                .filter(entry -> entry.parameter().equals(name))
                .findFirst()
                .orElseThrow()
                .source();
    }
}
