package org.vmmlib.devices.programming;

import java.util.Set;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.run.Progress;

/** One run of write-verify over one array. For one thread. */
final class TuningRun {

    private final WriteVerify.Builder p;
    private final SwitchingCells cells;
    private final ArrayAccess access;
    private final SolvedArray solved;
    private final double[] targets;
    /** Whether the read current rises with the state. */
    private final boolean rising;

    private final DMatrixRMaj voltages;
    private final Set<Integer> exhaustedCells = new TreeSet<>();

    Crossbar array;
    final DMatrixRMaj disturbance;
    final int[] pulses;
    private int rounds;
    private long reads;
    private long disturbances;
    private double writeEnergy;
    private double readEnergy;
    private double time;
    private long nextPulse;

    TuningRun(
            WriteVerify.Builder p,
            Crossbar array,
            SwitchingCells cells,
            double[] targets,
            boolean rising,
            SolvedArray solved,
            long firstPulse) {
        this.p = p;
        this.array = array;
        this.cells = cells;
        this.targets = targets;
        this.rising = rising;
        this.solved = solved;
        access = p.access(array.law().topology(), solved);
        voltages = new DMatrixRMaj(array.rows(), array.columns());
        disturbance = new DMatrixRMaj(array.rows(), array.columns());
        pulses = new int[array.rows() * array.columns()];
        nextPulse = firstPulse;
    }

    /** Goes through the array until a round needs no pulse, or the rounds are used up. */
    void run(Progress progress) throws InterruptedException {
        long all = (long) p.rounds * pulses.length;
        boolean quiet = false;
        while (!quiet && rounds < p.rounds) {
            quiet = true;
            for (int k = 0; k < pulses.length; k++) {
                quiet &= !tune(k / array.columns(), k % array.columns());
                progress.done((long) rounds * pulses.length + k + 1, all);
            }
            rounds++;
        }
        progress.done(all, all);
    }

    /** The last reads: relative error of every cell. */
    DMatrixRMaj verify() throws InterruptedException {
        DMatrixRMaj errors = new DMatrixRMaj(array.rows(), array.columns());
        for (int k = 0; k < pulses.length; k++) {
            errors.data[k] = error(k / array.columns(), k % array.columns());
        }
        return errors;
    }

    Set<Integer> exhausted() {
        return exhaustedCells;
    }

    private double error(int row, int column) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        double current = access.read(array, row, column);
        reads++;
        readEnergy += access.readPower() * p.readTime;
        time += p.readTime;
        return current / targets[row * array.columns() + column] - 1;
    }

    /** Visits one cell; says whether it needed pulses. */
    private boolean tune(int row, int column) throws InterruptedException {
        int cell = row * array.columns() + column;
        exhaustedCells.remove(cell);
        double error = error(row, column);
        if (Math.abs(error) <= p.tolerance) {
            return false;
        }
        Amplitudes amplitudes = new Amplitudes(p);
        for (int used = 0; Math.abs(error) > p.tolerance; used++) {
            if (used == p.budget) {
                exhaustedCells.add(cell);
                return true;
            }
            boolean up = (error < 0) == rising;
            boolean fine = Math.abs(error) <= p.fineBand;
            double amplitude = amplitudes.next(up, fine);
            apply(
                    row,
                    column,
                    up ? amplitude : -amplitude,
                    amplitudes.train(up, fine).width());
            pulses[cell]++;
            double after = error(row, column);
            amplitudes.learn(error, after);
            error = after;
        }
        return true;
    }

    private void apply(int row, int column, double amplitude, double width) {
        double power = access.write(array, row, column, amplitude, voltages);
        writeEnergy += power * width;
        time += width;
        CellState before = array.state();
        String plane = before.planes().get(0).name();
        DMatrixRMaj old = before.plane(plane);
        DMatrixRMaj states = old.copy();
        cells.pulse(voltages, width, nextPulse++, states);
        boolean moved = false;
        int selected = row * array.columns() + column;
        for (int k = 0; k < pulses.length; k++) {
            double change = states.data[k] - old.data[k];
            if (change != 0) {
                moved = true;
                if (k != selected) {
                    disturbance.data[k] += change;
                    disturbances++;
                }
            }
        }
        if (moved) {
            array = new Crossbar(array.law(), new CellState(before.planes(), states), array.lines(), array.faults());
        }
    }

    ProgrammingResult.Totals totals() {
        return new ProgrammingResult.Totals(
                rounds,
                reads,
                disturbances,
                writeEnergy,
                readEnergy,
                time,
                nextPulse,
                solved.residual,
                solved.kirchhoffError);
    }
}
