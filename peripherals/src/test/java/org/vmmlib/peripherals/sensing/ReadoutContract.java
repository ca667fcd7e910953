package org.vmmlib.peripherals.sensing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Levels;

/** What every readout of one phase keeps to. */
abstract class ReadoutContract {

    static final Die DIE = Die.of(RandomStreams.of(11));

    private static final double[] SOURCES = {0.1, 0.25, 0, 0.17};

    /** An ideal readout that sinks the current of a source-driven array at 0 V. */
    abstract Readout ideal();

    /** What the ideal readout makes of a current. */
    abstract double idealLevel(double current);

    /** A readout that sinks current, with every imperfection that it can have and a swing of half the ideal levels. */
    abstract Readout imperfect(double lowest, double highest);

    static Levels levels(Readout.Columns columns, long firstCall, ColumnPort array, Saturation saturation) {
        Readout.Session session = columns.begin(array.vectors(), firstCall);
        session.phase(durations(array.vectors()), array);
        return (Levels) session.finish(saturation);
    }

    static double[] durations(int vectors) {
        double[] durations = new double[vectors];
        Arrays.fill(durations, 1e-8);
        return durations;
    }

    private static ResistiveArray array(double... sources) {
        return new ResistiveArray(sources, 0, 1e-6, 2e-6, 0.5e-6);
    }

    @Test
    void idealReadoutHoldsTheColumnsAndScalesTheirCurrents() {
        ResistiveArray array = array(SOURCES);
        Saturation saturation = new Saturation();
        DMatrixRMaj values = levels(ideal().on(DIE, 3, Conditions.ROOM), 0, array, saturation)
                .values();
        double[] conductances = {1e-6, 2e-6, 0.5e-6};
        for (int b = 0; b < 4; b++) {
            for (int j = 0; j < 3; j++) {
                double expected = idealLevel(conductances[j] * SOURCES[b]);
                assertEquals(expected, values.get(b, j), 1e-14 * Math.abs(idealLevel(1e-6)));
            }
        }
        assertEquals(1, array.pulls(), "a virtual ground asks once");
        assertEquals(0, saturation.total());
    }

    @Test
    void aBatchIsItsVectorsOneByOne() {
        Readout.Columns columns = imperfect(-1, 1).on(DIE, 3, Conditions.ROOM);
        DMatrixRMaj whole =
                levels(columns, 50, array(SOURCES), new Saturation()).values();
        for (int b = 0; b < 4; b++) {
            DMatrixRMaj one =
                    levels(columns, 50 + b, array(SOURCES[b]), new Saturation()).values();
            assertArrayEquals(Arrays.copyOfRange(whole.data, 3 * b, 3 * b + 3), one.data);
        }
    }

    @Test
    void mismatchIsOfTheDie() {
        Readout readout = imperfect(-1, 1);
        double[] here = levels(readout.on(DIE, 3, Conditions.ROOM), 0, array(SOURCES), new Saturation())
                .values()
                .data;
        double[] again = levels(readout.on(DIE, 3, Conditions.ROOM), 9, array(SOURCES), new Saturation())
                .values()
                .data;
        double[] other = levels(readout.on(DIE.part(1), 3, Conditions.ROOM), 0, array(SOURCES), new Saturation())
                .values()
                .data;
        assertArrayEquals(here, again);
        for (int k = 0; k < 6; k++) {
            assertNotEquals(here[k], other[k]);
        }
    }

    @Test
    void whatLeavesTheSwingIsClippedAndCounted() {
        double low = idealLevel(0.05e-6);
        double high = idealLevel(0.2e-6);
        Readout wide = Block.ideal(imperfect(low, high));
        Readout narrow = imperfect(low, high);
        for (Imperfection one : narrow.imperfections()) {
            if (!one.id().equals("sense.swing")) {
                narrow = narrow.without(one.id());
            }
        }
        double[] free = levels(wide.on(DIE, 3, Conditions.ROOM), 0, array(SOURCES), new Saturation())
                .values()
                .data;
        Saturation saturation = new Saturation();
        double[] clipped = levels(narrow.on(DIE, 3, Conditions.ROOM), 0, array(SOURCES), saturation)
                .values()
                .data;
        long below = 0;
        long above = 0;
        for (int k = 0; k < free.length; k++) {
            below += free[k] < low ? 1 : 0;
            above += free[k] > high ? 1 : 0;
            assertEquals(Math.min(high, Math.max(low, free[k])), clipped[k]);
        }
        assertTrue(below > 0 && above > 0);
        assertEquals(below, saturation.counts().get("sense.bottom"));
        assertEquals(above, saturation.counts().get("sense.top"));
    }

    @Test
    void aSecondPhaseIsRefusedWithWhatToUseInstead() {
        Readout.Session session = ideal().on(DIE, 3, Conditions.ROOM).begin(1, 0);
        session.phase(durations(1), array(0.1));
        String message = assertThrows(IllegalArgumentException.class, () -> session.phase(durations(1), array(0.1)))
                .getMessage();
        assertTrue(message.contains("sensing") && message.contains("integrating readout"), message);
    }

    @Test
    void refusesAnotherArrayThanItWasBegunWith() {
        Readout.Columns columns = ideal().on(DIE, 3, Conditions.ROOM);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> columns.begin(2, 0).phase(durations(2), array(0.1)))
                .getMessage();
        assertTrue(message.contains("1 vectors of 3") && message.contains("2 of 3"), message);
        assertThrows(
                IllegalArgumentException.class,
                () -> ideal().on(DIE, 2, Conditions.ROOM).begin(1, 0).phase(durations(1), array(0.1)));
        assertThrows(IllegalStateException.class, () -> columns.begin(1, 0).finish(new Saturation()));
    }

    @Test
    void eachImperfectionGoesAloneAndNoneIsLeft() {
        Readout readout = imperfect(-1, 1);
        for (Imperfection one : readout.imperfections()) {
            Readout less = readout.without(one.id());
            assertEquals(
                    readout.imperfections().size() - 1, less.imperfections().size());
            assertTrue(less.imperfections().stream().noneMatch(i -> i.id().equals(one.id())));
        }
        assertThrows(IllegalArgumentException.class, () -> readout.without("none.such"));
        double[] bare = levels(Block.ideal(readout).on(DIE, 3, Conditions.ROOM), 0, array(SOURCES), new Saturation())
                .values()
                .data;
        double[] ideal = levels(ideal().on(DIE, 3, Conditions.ROOM), 0, array(SOURCES), new Saturation())
                .values()
                .data;
        assertArrayEquals(ideal, bare);
        assertEquals(0, Block.ideal(readout).inputResistance());
    }

    @Test
    void energyGrowsWithTimeAndChargeAndAreaWithTheColumns() {
        Readout readout = ideal();
        Cost one = readout.cost(new Activity(10, 3, 1e-6, 1e-13));
        assertTrue(one.energy() > 0 && one.area() > 0);
        assertEquals(
                2 * one.energy(), readout.cost(new Activity(20, 3, 2e-6, 2e-13)).energy(), 1e-12 * one.energy());
        assertTrue(readout.cost(new Activity(10, 3, 1e-6, 2e-13)).energy() > one.energy());
        assertEquals(2 * one.area(), readout.cost(new Activity(0, 6, 0, 0)).area(), 1e-12 * one.area());
    }

    @Test
    void everyParameterHasItsSource() {
        for (Datasheet.Entry entry : imperfect(-1, 1).datasheet().entries()) {
            assertFalse(entry.source().isBlank(), entry.parameter());
        }
    }
}
