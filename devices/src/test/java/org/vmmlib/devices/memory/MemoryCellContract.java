package org.vmmlib.devices.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.FluctuatingCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.CellLawContract;

/** What cells with statistics keep beyond the contract of every law. */
abstract class MemoryCellContract extends CellLawContract {

    static final double MICRO = 1e-6;
    static final double DAY = 86_400;

    /** Draws of one state: 40,000, so that a standard deviation has an error of 0.35 %. */
    private static final int SIDE = 200;

    @Override
    protected double[] voltages() {
        return new double[] {-0.5, -0.25, -1e-3, 0, 1e-9, 0.02, 0.2, 0.4};
    }

    @Override
    protected double[] gates() {
        return new double[] {0};
    }

    @Override
    protected Point read() {
        return new Point(0, 0.2, 0);
    }

    static RandomStream draws(long seed, String effect) {
        return RandomStreams.of(seed).stream(effect, 0);
    }

    static CellState filled(MemoryCell cell, double siemens) {
        DMatrixRMaj g = new DMatrixRMaj(SIDE, SIDE);
        g.fill(siemens);
        return cell.state(g);
    }

    /** Mean of the conductances. */
    static double mean(CellState state) {
        double sum = 0;
        for (double g : state.plane("conductance").data) {
            sum += g;
        }
        return sum / state.plane("conductance").data.length;
    }

    /** Standard deviation of the conductances. */
    static double deviation(CellState state) {
        double mean = mean(state);
        double squares = 0;
        for (double g : state.plane("conductance").data) {
            squares += (g - mean) * (g - mean);
        }
        return Math.sqrt(squares / state.plane("conductance").data.length);
    }

    /**
     * The moments of programmed conductances. The sample mean is off by 6 of its standard errors with probability 2e-9,
     * the sample deviation too: 6/sqrt(2 · 40,000) = 2.1 %.
     */
    static void assertSpread(MemoryCell cell, double target, double sigma, double tolerance) {
        CellState programmed =
                cell.program(filled(cell, target), Conditions.ROOM, draws(11, "array.programming-error"));
        String where = String.format(Locale.ROOT, "%s at %s S", cell.datasheet().title(), target);
        assertEquals(target, mean(programmed), 6 * sigma / SIDE, where);
        assertEquals(sigma, deviation(programmed), 0.022 * sigma + tolerance, where);
    }

    static CellState aged(MemoryCell cell, CellState programmed, double seconds) {
        return cell.age(programmed, Conditions.ROOM.atAge(seconds), draws(12, "array.drift"));
    }

    static void assertUnchangedAtAgeZero(MemoryCell cell, double siemens) {
        CellState programmed =
                cell.program(filled(cell, siemens), Conditions.ROOM, draws(3, "array.programming-error"));
        assertArrayEquals(
                programmed.plane("conductance").data, aged(cell, programmed, 0).plane("conductance").data);
    }

    /** Ageing in two steps is ageing in one: it starts from what was programmed. */
    static void assertAgesFromWhatWasProgrammed(MemoryCell cell, double siemens) {
        CellState programmed =
                cell.program(filled(cell, siemens), Conditions.ROOM, draws(3, "array.programming-error"));
        CellState once = aged(cell, programmed, DAY);
        CellState twice = aged(cell, aged(cell, programmed, 3600), DAY);
        assertArrayEquals(once.plane("conductance").data, twice.plane("conductance").data);
    }

    /** The relative fluctuation of one cell, from its currents at a voltage. */
    static double relativeFluctuation(MemoryCell cell, CellState state, double age, double volts) {
        FluctuatingCells cells = assertInstanceOf(FluctuatingCells.class, cell.bind(state, Conditions.ROOM.atAge(age)));
        Row row = new Row(cells.columns());
        row.at(cells, 0, volts, 0);
        double[] deviation = new double[cells.columns()];
        cells.fluctuation(0, 0, row.vRow, row.vColumn, deviation);
        assertTrue(deviation[0] >= 0);
        return deviation[0] / Math.abs(row.current[0]);
    }
}
