package org.vmmlib.tests.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.FluctuatingCells;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.NormalStream;
import org.vmmlib.devices.memory.FilamentaryReram;
import org.vmmlib.devices.memory.MemoryCell;
import org.vmmlib.noise.Fluctuation;

/** Fluctuation of cells behind faults and lines. */
class FluctuationTest {

    private static final double RELATIVE = 1e-5;

    /** Cells that fluctuate by 10⁻⁵ of their conductance. */
    private static final MemoryCell LAW = FilamentaryReram.wan().toBuilder()
            .fluctuation((programmed, present, age) -> RELATIVE * present, "test")
            .build();

    private static CellState state() {
        DMatrixRMaj weights = new DMatrixRMaj(4, 3);
        for (int k = 0; k < weights.data.length; k++) {
            weights.data[k] = (1 + (5 * k) % 12) / 12.0;
        }
        return LAW.store(weights, Conditions.ROOM);
    }

    private static final CellFaults FAULTS =
            CellFaults.none(4, 3).open(0, 1).shorted(2, 2).shortConductance(1e-3);

    @Test
    void cellsThatAreStuckStandStill() {
        Crossbar crossbar = new Crossbar(LAW, state(), Lines.ideal(4, 3), FAULTS);
        ArrayCells cells = crossbar.cells(Conditions.ROOM);
        FluctuatingCells stated = assertInstanceOf(FluctuatingCells.class, cells);
        double[] deviation = new double[3];
        stated.fluctuation(0, 0, new double[] {0.1, 0.1, 0.1}, new double[3], deviation);
        assertEquals(0.0, deviation[1]);
        assertEquals(true, deviation[0] > 0);
        stated.fluctuation(2, 0, new double[] {0.1, 0.1, 0.1}, new double[3], deviation);
        assertEquals(0.0, deviation[2]);
        NoisyReads reads = new NoisyReads(crossbar, Conditions.ROOM, 0);
        DMatrixRMaj first = reads.added(new Fluctuation(), NoisyReads.repeated(1, 0.1, 0, 0, 0), 0);
        assertEquals(0.0, first.data[1]);
        assertEquals(true, first.data[0] != 0);
    }

    /** Against the array whose conductances are off by what was drawn, to first order: the error is of second. */
    @Test
    void linesLetOutWhatAnArrayOfOtherConductancesWould() {
        Lines wires = Lines.builder(4, 3)
                .rowResistance(50)
                .columnResistance(70)
                .sourceResistance(500)
                .build();
        NoisyReads reads = new NoisyReads(new Crossbar(LAW, state(), wires, FAULTS), Conditions.ROOM, 0);
        DMatrixRMaj drives = NoisyReads.repeated(1, 0.2, 0.1, 0.15, 0.05);
        Fluctuation effect = new Fluctuation();
        DMatrixRMaj added = reads.added(effect, drives, 9);
        NormalStream normals = NoisyReads.draws(effect).call(9).normals();
        DMatrixRMaj g = state().plane("conductance").copy();
        for (int k = 0; k < 12; k++) {
            g.data[k] *= 1 + RELATIVE * normals.at(k);
        }
        NoisyReads off = new NoisyReads(
                new Crossbar(LAW, new CellState(LAW.planes(), planes(state(), g)), wires, FAULTS), Conditions.ROOM, 0);
        assertInstanceOf(LinearCells.class, off.array().cells());
        double[] before = reads.solved(drives, false, false).columnCurrents.data;
        double[] after = off.solved(drives, false, false).columnCurrents.data;
        for (int j = 0; j < 3; j++) {
            assertEquals(after[j] - before[j], added.data[j], 1e-3 * RELATIVE * before[j]);
        }
    }

    private static DMatrixRMaj[] planes(CellState state, DMatrixRMaj conductances) {
        DMatrixRMaj[] out = new DMatrixRMaj[state.planes().size()];
        for (int k = 0; k < out.length; k++) {
            String name = state.planes().get(k).name();
            out[k] = name.equals("conductance") ? conductances : state.plane(name);
        }
        return out;
    }
}
