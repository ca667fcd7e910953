package org.vmmlib.peripherals.sensing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.peripherals.dac.Pelgrom;

class BinaryBranchesTest {

    /** Relative error of a standard deviation of 10,000 draws: 0.71 %; the bound is six of those, 2e-9 each. */
    private static final int DRAWN = 10_000;

    private static final double BOUND = 0.043;
    private static final Die DIE = Die.of(RandomStreams.of(21));

    private static MirrorSensing mirror(BinaryBranches branches) {
        return MirrorSensing.builder(0, Polarity.SINK).branches(branches).build();
    }

    /** Output of each column for an input of 1 A. */
    private static double[] gains(MirrorSensing mirror, int columns) {
        double[] siemens = new double[columns];
        Arrays.fill(siemens, 1.0);
        return ReadoutContract.levels(
                        mirror.on(DIE, columns, Conditions.ROOM),
                        0,
                        new ResistiveArray(new double[] {1}, 0, siemens),
                        new Saturation())
                .values()
                .data;
    }

    @Test
    void theGainIsTheWordOverTheUnitsOfTheInput() {
        for (int k = 0; k <= 11; k++) {
            assertEquals(Math.scalb(1.0, -k), mirror(BinaryBranches.dividing(k)).gain());
        }
        BinaryBranches four = new BinaryBranches(4, 1, 8, 0, 0, 0);
        for (int word = 1; word < 16; word++) {
            assertEquals(word / 8.0, gains(mirror(four.withWord(word)), 1)[0], 1e-15);
        }
    }

    /** Three words of three mirrors: fails by chance with probability below 2e-8. */
    @Test
    void theGainSpreadsByTheAreaOfWhatIsOnAndOfTheInput() {
        double sigma = 0.01;
        for (int input : new int[] {1, 4, 16}) {
            for (int word : new int[] {1, 10, 15}) {
                BinaryBranches branches = new BinaryBranches(4, word, input, sigma, 0, 0);
                double[] gains = gains(mirror(branches), DRAWN);
                double square = 0;
                for (double gain : gains) {
                    square += Math.pow(gain / branches.gain() - 1, 2);
                }
                double expected = sigma * Math.sqrt(1.0 / word + 1.0 / input);
                assertEquals(expected, Math.sqrt(square / DRAWN), BOUND * expected, "word " + word + " of " + input);
                assertEquals(expected, branches.gainSpread(), 1e-15);
            }
        }
    }

    /** A unit of 1 um2 with A_VT = 3 mV um at 27 per volt has 8.1 %, four of them half of it. */
    @Test
    void mismatchIsThatOfPelgrom() {
        double unit = new Pelgrom(3e-9, 0).currentSpread(27, 1e-6, 1e-6);
        double wide = new Pelgrom(3e-9, 0).currentSpread(27, 4e-6, 1e-6);
        BinaryBranches small = new BinaryBranches(3, 4, 4, unit, 0, 0);
        assertEquals(Math.sqrt(2) * wide, small.gainSpread(), 1e-15);
    }

    @Test
    void branchesOfAChipAreTheSameWhateverTheWord() {
        BinaryBranches branches = new BinaryBranches(3, 1, 4, 0.05, 0, 0);
        int columns = 20;
        double[] one = gains(mirror(branches), columns);
        double[] two = gains(mirror(branches.withWord(2)), columns);
        double[] four = gains(mirror(branches.withWord(4)), columns);
        double[] all = gains(mirror(branches.withWord(7)), columns);
        for (int j = 0; j < columns; j++) {
            assertEquals(one[j] + two[j] + four[j], all[j], 1e-14);
        }
    }

    @Test
    void eachBranchTakesArea() {
        BinaryBranches branches = new BinaryBranches(4, 5, 8, 0, 0.4e-12, 0.6e-12);
        assertEquals((8 + 15) * 0.4e-12 + 4 * 0.6e-12, branches.area(), 1e-24);
        Activity one = new Activity(1, 3, 1e-6, 1e-12);
        double plain = MirrorSensing.builder(0, Polarity.SINK).build().cost(one).area();
        assertEquals(plain + 3 * branches.area(), mirror(branches).cost(one).area(), 1e-22);
        double less = mirror(branches.withWord(1)).cost(one).energy();
        double more = mirror(branches.withWord(9)).cost(one).energy();
        assertEquals(1.2 * 1e-12, more - less, 1e-22, "a gain of 1 more from 1.2 V");
    }

    @Test
    void mismatchOfTheBranchesGoesAlone() {
        MirrorSensing mirror = MirrorSensing.builder(0, Polarity.SINK)
                .branches(BinaryBranches.dividing(2).withUnitMismatch(0.05))
                .gainError(0.01)
                .build();
        assertEquals(2, mirror.imperfections().size());
        MirrorSensing matched = mirror.without(MirrorSensing.BRANCHES);
        assertEquals(1, matched.imperfections().size());
        assertEquals(0.25, matched.gain());
        assertEquals(0.25, gains(Block.ideal(mirror), 1)[0]);
        assertTrue(mirror.datasheet().entries().stream()
                .anyMatch(e -> e.parameter().equals("units of the input") && e.value() == 4));
    }

    @Test
    void refusesParametersOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new BinaryBranches(0, 1, 1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new BinaryBranches(3, 8, 1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new BinaryBranches(3, 0, 1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new BinaryBranches(3, 1, 0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new BinaryBranches(3, 1, 1, 0.2, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new BinaryBranches(3, 1, 1, 0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> BinaryBranches.dividing(12));
    }
}
