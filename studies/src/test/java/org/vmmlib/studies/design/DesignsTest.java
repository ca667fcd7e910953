package org.vmmlib.studies.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.macro.Macro;

class DesignsTest {

    private static final LayerSpec LAYER = new LayerSpec(4, 6, 1.0 / 15, 0.5, 1);

    static Stream<Design> designs() {
        return Designs.all().stream().flatMap(d -> Stream.concat(Stream.of(d), d.variants().stream()));
    }

    @ParameterizedTest
    @MethodSource("designs")
    void anIdealDesignHasNoImperfectionLeft(Design design) {
        for (Block block : design.macro(LAYER, true).blocks()) {
            assertEquals(
                    List.of(), block.imperfections(), () -> block.datasheet().title());
        }
    }

    @ParameterizedTest
    @MethodSource("designs")
    void everyParameterOfADesignNamesItsSource(Design design) {
        for (Block block : design.macro(LAYER, false).blocks()) {
            assertFalse(block.datasheet().entries().isEmpty());
            for (Datasheet.Entry entry : block.datasheet().entries()) {
                assertFalse(entry.source().isBlank(), entry::parameter);
            }
        }
    }

    @Test
    void gainIsTheCurrentOfOneCellPerStepOfCode() {
        Macro flash = Designs.named("nor-ins").macro(LAYER, true);
        assertEquals(16e-9 / 15, flash.gain(), 1e-20); // 16 nA at code 15 and weight 1
    }

    @Test
    void aDesignIsFoundByItsNameOrRefusedWithTheNamesThereAre() {
        assertEquals("nor-ins-binary", Designs.named("nor-ins-binary").name());
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Designs.named("nor"));
        assertTrue(refusal.getMessage().contains("nor-ins, nor-ins-4bit, nor-ins-binary, passive-ins"));
    }

    @Test
    void aLayerThatCannotBeSizedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new LayerSpec(0, 6, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LayerSpec(4, 13, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LayerSpec(4, 6, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new LayerSpec(4, 6, 1, 1, Double.NaN));
    }
}
