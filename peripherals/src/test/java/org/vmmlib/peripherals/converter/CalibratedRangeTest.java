package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Levels;

class CalibratedRangeTest {

    private static final DMatrixRMaj LEVELS = new DMatrixRMaj(new double[][] {{-5, 1, 2, 3}, {4, -0.5, 0.25, 0}});

    @Test
    void linearTakesMagnitudesAndReluWhatIsAboveZero() {
        assertEquals(5, CalibratedRange.of(Activation.LINEAR, LEVELS).maximum());
        assertEquals(4, CalibratedRange.of(Activation.RELU, LEVELS).maximum());
        assertEquals(4, CalibratedRange.of(Activation.BOUNDED_RELU, LEVELS).percentile(100));
    }

    @Test
    void percentileIsTheSmallestLevelThatSoManyAreAtOrBelow() {
        // Magnitudes 0, 0.25, 0.5, 1, 2, 3, 4, 5.
        CalibratedRange range = CalibratedRange.of(Activation.LINEAR, LEVELS);
        assertEquals(4, range.percentile(87.5));
        assertEquals(5, range.percentile(87.6));
        assertEquals(1, range.percentile(50));
        assertEquals(0.25, range.percentile(12.6));
    }

    /** Of normal levels the range of 99.73 % is 3 sigma; of 20,000 its error is 0.03, and 6 of them fail by 2e-9. */
    @Test
    void rangeOfNormalLevelsClipsTheShareThatItSays() {
        DMatrixRMaj levels = new DMatrixRMaj(200, 100);
        RandomStreams.of(4).stream("test", 0).gaussians(0, levels.data, 0, 20_000);
        double fullScale = CalibratedRange.of(Activation.LINEAR, levels).percentile(99.73);
        assertEquals(3, fullScale, 6 * 0.03);
        Converter adc = SarAdc.builder(8, Activation.LINEAR, Levels.Quantity.CURRENT, fullScale)
                .build();
        Saturation saturation = new Saturation();
        adc.on(ConverterContract.DIE, 100).convert(levels, 0, saturation);
        assertEquals(0.0027 * 20_000, (double) saturation.total(), 1);
    }

    @Test
    void refusesDataThatGivesNoRange() {
        String empty = assertThrows(
                        IllegalArgumentException.class,
                        () -> CalibratedRange.of(Activation.LINEAR, new DMatrixRMaj(0, 3)))
                .getMessage();
        assertTrue(empty.startsWith("levels is empty: "), empty);
        DMatrixRMaj bad = LEVELS.copy();
        bad.data[2] = Double.NaN;
        assertThrows(IllegalArgumentException.class, () -> CalibratedRange.of(Activation.LINEAR, bad));
        assertThrows(IllegalArgumentException.class, () -> CalibratedRange.of(Activation.SIGMOID, LEVELS));
        CalibratedRange range = CalibratedRange.of(Activation.LINEAR, LEVELS);
        assertThrows(IllegalArgumentException.class, () -> range.percentile(0));
        assertThrows(IllegalArgumentException.class, () -> range.percentile(100.1));
        assertThrows(IllegalArgumentException.class, () -> range.percentile(Double.NaN));
        String zero = assertThrows(IllegalArgumentException.class, () -> range.percentile(1))
                .getMessage();
        assertTrue(zero.contains("is 0"), zero);
        DMatrixRMaj negative = new DMatrixRMaj(new double[][] {{-1, -2}});
        assertThrows(
                IllegalArgumentException.class,
                () -> CalibratedRange.of(Activation.RELU, negative).maximum());
    }
}
