package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.studies.design.Designs;
import org.vmmlib.studies.design.LayerSpec;

/** What a macro shows in front of its converters. */
class MacroLevelsTest {

    private static final DMatrixRMaj WEIGHTS = new DMatrixRMaj(new double[][] {{0.3, -0.7}, {1, 0.2}, {0, 0}});

    @ParameterizedTest
    @ValueSource(strings = {"nor-ins", "passive-ins"})
    void theLevelsAreWhatTheMacroGivesWithoutItsConverter(String name) {
        Macro macro = Designs.named(name).macro(new LayerSpec(4, 6, 1.0 / 15, 1, 2), false);
        Macro levelsOnly = macro.toBuilder().converter(null).build();
        Die die = Die.of(RandomStreams.of(4));
        Codes inputs = Codes.unsigned(4, 3, 2, new int[] {15, 3, 0, 9, 7, 1});
        DMatrixRMaj levels = new DMatrixRMaj(1, 1);
        MacroResult words = macro.program(WEIGHTS, die).multiply(inputs, 5, levels);
        DMatrixRMaj given = levelsOnly.program(WEIGHTS, die).multiply(inputs, 5).outputs();
        assertEquals(3, levels.numRows);
        assertEquals(2, levels.numCols);
        assertArrayEquals(given.data, levels.data);
        // A matrix that held something else before gives the same.
        macro.program(WEIGHTS, die).multiply(inputs, 5, levels);
        assertArrayEquals(given.data, levels.data);
        assertArrayEquals(macro.program(WEIGHTS, die).multiply(inputs, 5).outputs().data, words.outputs().data);
    }
}
