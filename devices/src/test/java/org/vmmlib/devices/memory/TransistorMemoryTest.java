package org.vmmlib.devices.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.NavigableSet;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.reram.ConductanceWindow;

/** The contract is that of a ferroelectric transistor that could hold any level. */
class TransistorMemoryTest extends MemoryCellContract {

    @Override
    protected MemoryCell law() {
        return TransistorMemory.ferroelectric().without("cell.levels");
    }

    private static NavigableSet<Double> levels(MemoryCell cell) {
        DMatrixRMaj weights = new DMatrixRMaj(200, 200);
        RandomStreams.of(3).stream("weights", 0).uniforms(0, weights.data, 0, weights.data.length);
        weights.data[0] = 0;
        weights.data[1] = 1;
        NavigableSet<Double> all = new TreeSet<>();
        for (double g : cell.store(weights, Conditions.ROOM).plane("conductance").data) {
            all.add(g);
        }
        return all;
    }

    @Test
    void weightsAreStoredAsFiniteLevels() {
        NavigableSet<Double> levels = levels(TransistorMemory.ferroelectric());
        assertEquals(32, levels.size());
        assertEquals(1e-9, levels.first(), 1e-20);
        assertEquals(45e-9, levels.last(), 1e-20);
        assertEquals(512, levels(TransistorMemory.redox()).size());
    }

    @Test
    void noLevelIsFurtherThanHalfAStep() {
        MemoryCell cell = TransistorMemory.ferroelectric();
        for (int k = 0; k <= 1000; k++) {
            double w = k / 1000.0;
            double g = cell.store(new DMatrixRMaj(1, 1, true, new double[] {w}), Conditions.ROOM)
                    .plane("conductance")
                    .data[0];
            assertEquals(1e-9 + w * 44e-9, g, 0.5 * 44e-9 / 31 + 1e-20);
        }
    }

    @Test
    void writesCostWhatTheTableSays() {
        Technology of = TransistorMemory.redox().technology().orElseThrow();
        assertEquals(1e9, of.endurance());
        assertEquals(10e-9 * 1e-6, of.writeEnergy(1), 1e-24);
        assertEquals(100e-6 * 2 * 1e-9, Technology.PHASE_CHANGE.writeEnergy(2), 1e-24);
        assertRefused(
                "technology = FERROELECTRIC_TRANSISTOR: has no published write current",
                () -> Technology.FERROELECTRIC_TRANSISTOR.writeEnergy(1));
        assertRefused("voltage = -1.0", () -> of.writeEnergy(-1));
    }

    @Test
    void badCellsAreRefused() {
        assertRefused("count = 1", () -> TransistorMemory.redox().toBuilder().levels(1));
        assertRefused("count = -2", () -> TransistorMemory.redox().toBuilder().levels(-2));
        assertRefused(
                "weights.high",
                () -> TransistorMemory.redox().toBuilder()
                        .weights(ConductanceWindow.of(1e-7, 1))
                        .build());
        MemoryCell cell = TransistorMemory.redox();
        assertRefused(
                "law = redox transistor: has no published programming error",
                () -> cell.program(cell.store(new DMatrixRMaj(1, 1), Conditions.ROOM), Conditions.ROOM, draws(1, "x")));
    }
}
