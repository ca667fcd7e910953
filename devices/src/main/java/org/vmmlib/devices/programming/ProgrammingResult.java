package org.vmmlib.devices.programming;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellState;

/**
 * What programming an array did, with its evidence. Immutable; the matrices must not be written to.
 */
public final class ProgrammingResult {

    /**
     * A place in the array.
     *
     * @param row word line
     * @param column bit line
     */
    public record Cell(int row, int column) {}

    private final CellState state;
    private final DMatrixRMaj verifyError;
    private final DMatrixRMaj readError;
    private final DMatrixRMaj disturbance;
    private final int[] pulses;
    private final Totals totals;
    private final List<Cell> unconverged;
    private final List<Cell> exhausted;

    /**
     * Sums over a run.
     *
     * @param rounds times that the array was gone through
     * @param reads verifying reads
     * @param disturbances times that a pulse moved a cell that was not selected
     * @param writeEnergy joules
     * @param readEnergy joules
     * @param time seconds
     * @param nextPulse pulses that the array has had in its life
     * @param residual worst of all solves
     * @param kirchhoffError worst of all solves
     */
    record Totals(
            int rounds,
            long reads,
            long disturbances,
            double writeEnergy,
            double readEnergy,
            double time,
            long nextPulse,
            double residual,
            double kirchhoffError) {}

    ProgrammingResult(TuningRun run, DMatrixRMaj verifyError, DMatrixRMaj readError, double tolerance) {
        this.state = run.array.state();
        this.verifyError = verifyError;
        this.readError = readError;
        this.disturbance = run.disturbance;
        this.pulses = run.pulses.clone();
        this.totals = run.totals();
        this.exhausted = run.exhausted().stream()
                .map(k -> new Cell(k / verifyError.numCols, k % verifyError.numCols))
                .toList();
        List<Cell> out = new ArrayList<>();
        for (int k = 0; k < verifyError.getNumElements(); k++) {
            if (!(Math.abs(verifyError.data[k]) <= tolerance)) {
                out.add(new Cell(k / verifyError.numCols, k % verifyError.numCols));
            }
        }
        unconverged = List.copyOf(out);
    }

    /** What the cells store in the end. */
    public CellState state() {
        return state;
    }

    /** N×M relative error of the current that a verifying read in the array gives in the end. */
    public DMatrixRMaj verifyError() {
        return verifyError;
    }

    /**
     * N×M relative error of each cell's own read current, without lines and neighbours; it has what the reads missed.
     */
    public DMatrixRMaj readError() {
        return readError;
    }

    /** N×M sum of what pulses that were meant for other cells moved each cell by, in the unit of the state. */
    public DMatrixRMaj disturbance() {
        return disturbance;
    }

    /** Cells whose verifying read is out of tolerance in the end, row by row. */
    public List<Cell> unconverged() {
        return unconverged;
    }

    /** Cells whose last visit used up its budget, row by row; a later pulse may yet have moved one into tolerance. */
    public List<Cell> exhausted() {
        return exhausted;
    }

    /** Pulses that a cell was selected for. */
    public int pulses(int row, int column) {
        return pulses[row * verifyError.numCols + column];
    }

    /** Pulses that were applied. */
    public long totalPulses() {
        return IntStream.of(pulses).asLongStream().sum();
    }

    /** Times that the array was gone through. */
    public int rounds() {
        return totals.rounds;
    }

    /** Verifying reads. */
    public long reads() {
        return totals.reads;
    }

    /** Times that a pulse moved a cell that was not selected. */
    public long disturbances() {
        return totals.disturbances;
    }

    /** Energy drawn from the line drivers by the pulses, joules. */
    public double writeEnergy() {
        return totals.writeEnergy;
    }

    /** Energy drawn by the verifying reads, joules. */
    public double readEnergy() {
        return totals.readEnergy;
    }

    /** Pulses and reads, one after the other, seconds. */
    public double time() {
        return totals.time;
    }

    /** Pulses that the array has had in its life: where the numbering goes on. */
    public long nextPulse() {
        return totals.nextPulse;
    }

    /** Worst relative residual of all solves; see {@link org.vmmlib.core.crossbar.solve.Solution#residual}. */
    public double residual() {
        return totals.residual;
    }

    /** Worst Kirchhoff error of all solves; see {@link org.vmmlib.core.crossbar.solve.Solution#kirchhoffError}. */
    public double kirchhoffError() {
        return totals.kirchhoffError;
    }
}
