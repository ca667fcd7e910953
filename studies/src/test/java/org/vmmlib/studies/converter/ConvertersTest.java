package org.vmmlib.studies.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.random.RandomStreams;

class ConvertersTest {

    private static final Die DIE = Die.of(RandomStreams.of(5));

    static Stream<NamedConverter> converters() {
        return Converters.all().stream();
    }

    @Test
    void namesAreDifferentAndFindTheirConverter() {
        Set<String> names = new HashSet<>();
        for (NamedConverter converter : Converters.all()) {
            assertTrue(names.add(converter.name()));
            assertEquals(converter.name(), Converters.named(converter.name()).name());
        }
        String message = assertThrows(IllegalArgumentException.class, () -> Converters.named("x"))
                .getMessage();
        assertTrue(message.contains("cyclic, cyclic-sigmoid"), message);
    }

    @ParameterizedTest
    @MethodSource("converters")
    void everyWordLengthThatItSaysCanBeBuilt(NamedConverter named) {
        for (int bits = named.fewestBits(); bits <= named.mostBits(); bits++) {
            Converter design = named.design(bits);
            assertEquals(bits, design.bits());
            Cost cost = design.cost(new Activity(1, 128, 0, 0));
            assertTrue(cost.energy() > 0 && cost.time() > 0 && cost.area() > 0);
            for (Datasheet.Entry entry : design.datasheet().entries()) {
                assertFalse(entry.source().isBlank(), entry::parameter);
                assertTrue(Double.isFinite(entry.value()), entry::parameter);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> named.design(named.fewestBits() - 1));
        assertThrows(IllegalArgumentException.class, () -> named.design(named.mostBits() + 1));
    }

    @ParameterizedTest
    @MethodSource("converters")
    void whatItMeasuresIsTheSameEachTimeAndMakesAPage(NamedConverter named) {
        Converter design = named.design(named.usualBits());
        ConverterMeasurement measured = ConverterMeasurement.of(design, DIE);
        assertSame(design, measured.converter());
        String html = ConverterPage.of(named, measured, 5).toHtml();
        assertEquals(
                html,
                ConverterPage.of(named, ConverterMeasurement.of(design, DIE), 5).toHtml());
        assertTrue(html.contains("Spectrum"));
    }

    /** The imperfections chosen are what a converter of the usual word length can bear: it loses a bit and a half at most. */
    @ParameterizedTest
    @MethodSource("converters")
    void usualWordLengthIsWorthMostOfItsBits(NamedConverter named) {
        Converter design = named.design(named.usualBits());
        double real = ConverterMeasurement.of(design, DIE).spectrum().effectiveBits();
        double ideal =
                ConverterMeasurement.of(Block.ideal(design), DIE).spectrum().effectiveBits();
        assertTrue(real > ideal - 1.5, real + " of " + ideal);
        assertTrue(real < ideal + 0.05, real + " of " + ideal);
    }

    /** Thresholds of an ideal converter are k/2^p of the output, whatever its activation; not of interpolations and tables. */
    @ParameterizedTest
    @MethodSource("converters")
    void idealConvertersHaveEqualStepsInTheirOutput(NamedConverter named) {
        if (Set.of("two-step", "table", "adaptive-sar", "delta-sigma-2").contains(named.name())) {
            return;
        }
        Converter ideal = Block.ideal(named.design(named.usualBits()));
        double[] levels = ConverterMeasurement.of(ideal, DIE).levels().levels();
        for (int k = 1; k <= levels.length; k++) {
            assertEquals(Math.scalb((double) k, -ideal.bits()), levels[k - 1], 1e-12);
        }
    }
}
