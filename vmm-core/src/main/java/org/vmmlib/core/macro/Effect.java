package org.vmmlib.core.macro;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.RowPort;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Phase;

/**
 * Something random that happens to an array. A macro has none unless it is given one. Mismatch of a block's own parts is
 * not an effect but a parameter of that block, drawn when the block is put on a die.
 */
public sealed interface Effect {

    /** Stable id, such as {@code array.tuning}; it keys the random stream. */
    String id();

    /** One line for a person. */
    String description();

    /** Acts on the cells when they are programmed. */
    non-sealed interface OnProgramming extends Effect {

        /**
         * The state that programming leaves.
         *
         * @param target what was meant
         * @param draws the stream of this effect on this array; element = row-major index of the cell
         */
        CellState program(CellLaw law, CellState target, Conditions conditions, RandomStream draws);

        /**
         * The faults that cells are left with: those there are, unless the effect makes more.
         *
         * @param faults those that there are
         * @param draws the stream of this effect on this array; element = row-major index of the cell
         */
        default CellFaults faults(CellFaults faults, RandomStream draws) {
            return faults;
        }
    }

    /** Acts on the wires when the array is made: broken lines, lines of unlike resistance. */
    non-sealed interface OnWires extends Effect {

        /**
         * The wires as they came out.
         *
         * @param lines as they were meant
         * @param draws the stream of this effect on this array
         */
        Lines wires(Lines lines, RandomStream draws);
    }

    /** Acts on the state by the time that a chip is read: drift, relaxation. Drawn once for a chip. */
    non-sealed interface OnAge extends Effect {

        /**
         * The state that the chip is read with.
         *
         * @param conditions with the age at which it is read
         * @param draws the stream of this effect on this array; element = row-major index of the cell
         */
        CellState age(CellLaw law, CellState programmed, Conditions conditions, RandomStream draws);
    }

    /** Acts on what drives the rows in each phase, so that all cells of a row see the same: noise of DACs and row ports. */
    non-sealed interface OnDrive extends Effect {

        /**
         * Adds to what the encoder puts on the rows.
         *
         * @param drive the phase as it was meant
         * @param drives B×N row voltages, input currents or gate voltages. Modified: added to.
         */
        void disturb(Drive drive, DMatrixRMaj drives);
    }

    /**
     * The rows in one phase of a batch, as an effect sees them.
     *
     * @param encoder the encoders of the rows
     * @param rowPort what turns their currents into gate voltages, or null where nothing does
     * @param phase as it was meant. Not to be modified.
     * @param conditions of the read
     * @param at where in the run it is
     * @param draws the stream of the effect on this array; the call is the global index of a vector
     */
    record Drive(
            InputEncoder.Rows encoder,
            RowPort.@Nullable Rows rowPort,
            Phase phase,
            Conditions conditions,
            Moment at,
            RandomStream draws) {}

    /**
     * Where in a run a phase is.
     *
     * @param phase its index in the schedule
     * @param starts seconds from the start of each vector to that of the phase. Not to be modified.
     * @param firstCall global index of the first vector
     */
    record Moment(int phase, double[] starts, long firstCall) {}

    /** Acts on the column currents of each phase: noise, telegraph noise. */
    non-sealed interface OnRead extends Effect {

        /**
         * Adds to the currents. What it adds depends on the read and its keyed stream alone, so that asking again in the
         * same phase gives the same.
         *
         * @param read the array as it is read
         * @param currents B×M signal currents, amperes. Modified: added to.
         */
        void disturb(Read read, DMatrixRMaj currents);
    }

    /**
     * One phase of a batch, as an effect on the array sees it. The matrices are not to be modified.
     *
     * @param array the array, of which noise of a cell reaches a column by its {@link PreparedCrossbar#adjoint}
     * @param excitation terminals and gates of the read
     * @param durations of the phase, seconds, one for each vector
     * @param columnVoltage column voltage at rest, volts
     * @param signal B×M undisturbed signal currents, amperes
     * @param conditions of the read
     * @param at where in the run it is
     * @param draws the stream of the effect on this array; the call is the global index of a vector
     * @param memory what effects keep of this array
     * @param inputResistance ohms at each column that are the readout's, whose noise it states itself; they are among the
     *     sense resistances of the array's lines
     */
    record Read(
            PreparedCrossbar array,
            Excitation excitation,
            double[] durations,
            double columnVoltage,
            DMatrixRMaj signal,
            Conditions conditions,
            Moment at,
            RandomStream draws,
            ArrayMemory memory,
            double inputResistance) {

        /** A read by a readout without input resistance. */
        public Read(
                PreparedCrossbar array,
                Excitation excitation,
                double[] durations,
                double columnVoltage,
                DMatrixRMaj signal,
                Conditions conditions,
                Moment at,
                RandomStream draws,
                ArrayMemory memory) {
            this(array, excitation, durations, columnVoltage, signal, conditions, at, draws, memory, 0);
        }

        /** The cells. */
        public ArrayCells cells() {
            return array.cells();
        }

        /** Whether every cell sees the voltages of its two terminals, so that its noise reaches its column whole. */
        public boolean ideal() {
            return array.crossbar().lines().ideal() && excitation.rows().allConnected();
        }

        /** B×N row voltages (source-driven cells) or gate voltages (gate-driven). */
        public DMatrixRMaj drives() {
            return excitation.gates().numCols == 0 ? excitation.rowVoltages() : excitation.gates();
        }
    }
}
