package org.vmmlib.core.macro;

import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.DriveSchedule;

/** Turns input words into row drives over time: amplitudes (INS), bits (LIN), pulse durations (EXP), spikes. */
public interface InputEncoder extends Block {

    /** What it puts on a row. */
    DriveKind kind();

    /** Word length that it takes, in bits. */
    int bits();

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
         * @param codes B vectors × rows, of the encoder's word length
         * @param firstCall global index of the first vector, which keys jitter and other noise
         * @throws IllegalArgumentException if the words are of another length or count
         */
        DriveSchedule encode(Codes codes, long firstCall);
    }
}
