package org.vmmlib.core.macro;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Signal;

/**
 * Turns inputs into row drives over time: words into amplitudes (INS), bits (LIN) or pulse durations (EXP); levels or edges
 * of the array before it, without conversion.
 */
public interface InputEncoder extends Block {

    /** What it puts on a row. */
    DriveKind kind();

    /** What its phases stand for; charge over time unless it says otherwise. */
    default Coding coding() {
        return new Coding.Time();
    }

    /** Word length that it takes, in bits; 0 where it takes levels or edges of the array before it. */
    int bits();

    /**
     * One vector of one channel at full scale, of the kind of signal that it takes: the highest word, unless it says
     * otherwise.
     */
    default Signal fullScaleInput() {
        return Codes.unsigned(bits(), 1, 1, new int[] {steps()});
    }

    /** Steps that {@link #fullScaleInput()} counts: the highest word; 1 for levels and edges. */
    default int steps() {
        return bits() == 0 ? 1 : (1 << bits()) - 1;
    }

    /** The encoders of the rows of one array, with their mismatch drawn. */
    Rows on(Die die, int rows);

    /** Energy over an activity, time that it needs to settle, which a phase must last, and area. */
    Cost cost(Activity activity);

    @Override
    InputEncoder without(String imperfection);

    /** The encoders of one array. Safe to share. */
    interface Rows {

        /**
         * The schedule of a batch.
         *
         * @param inputs B vectors × rows: words of the encoder's length, or levels or edges, as it takes
         * @param firstCall global index of the first vector, which keys jitter and other noise
         * @throws IllegalArgumentException if the inputs are of another kind, word length or count
         */
        DriveSchedule encode(Signal inputs, long firstCall);

        /**
         * White noise of what is put on the rows, one-sided; none unless an encoder states it.
         *
         * @param drives vectors × rows drives of a phase, of its {@link InputEncoder#kind kind}. Not modified.
         * @param density vectors × rows, in the square of the drives' unit per hertz. Reshaped and modified.
         */
        default void noise(DMatrixRMaj drives, Conditions conditions, DMatrixRMaj density) {
            density.reshape(drives.numRows, drives.numCols);
            density.zero();
        }
    }
}
