package org.vmmlib.devices.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.CellLawContract.Row;

class NorFlashTest {

    @Test
    void everyValueOfAProcessHasASource() {
        for (NorFlash process : List.of(NorFlash.esf3Nor55(), NorFlash.nor180())) {
            assertTrue(process.datasheet().entries().size() >= 15);
            for (Datasheet.Entry entry : process.datasheet().entries()) {
                assertFalse(entry.source().isBlank(), entry.parameter());
                assertFalse(entry.source().equals("user"), entry.parameter());
            }
        }
    }

    @Test
    void fiftyFiveNanometreCellIsThatOfItsPapers() {
        NorFlash process = NorFlash.esf3Nor55();
        assertEquals(16e-9, process.cellCurrent());
        assertEquals(0.428e-12, process.cell().cellArea(), 1e-18);
        // 64 rows of full cells give the 1 µA of the sense range.
        assertEquals(1e-6, 64 * process.cellCurrent(), 0.03e-6);
        // 10 % of current between 0.7 V and 0.5 V of drain voltage, at low current.
        FloatingGateCell cell = process.cell();
        ArrayCells cells =
                cell.bind(cell.store(new DMatrixRMaj(1, 1, true, new double[] {1}), Conditions.ROOM), Conditions.ROOM);
        double gate = cell.channel(Conditions.ROOM).gate(1e-9, 0.7);
        Row high = new Row(1);
        Row low = new Row(1);
        high.at(cells, gate, 0, 0.7);
        low.at(cells, gate, 0, 0.5);
        assertEquals(1e-9, -high.current[0], 1e-18);
        assertEquals(0.10, 1 - low.current[0] / high.current[0], 0.005);
    }

    @Test
    void cellsThatAreOffCarryAMillionthOfTheLargestCurrent() {
        for (NorFlash process : List.of(NorFlash.esf3Nor55(), NorFlash.nor180())) {
            FloatingGateCell cell = process.cell();
            ArrayCells cells = cell.bind(
                    cell.store(new DMatrixRMaj(1, 2, true, new double[] {1, 0}), Conditions.ROOM), Conditions.ROOM);
            Row row = new Row(2);
            row.at(
                    cells,
                    cell.channel(Conditions.ROOM).gate(process.cellCurrent(), process.drainVoltage()),
                    0,
                    process.drainVoltage());
            assertEquals(process.cellCurrent(), -row.current[0], 1e-12 * process.cellCurrent());
            double ratio = row.current[1] / row.current[0];
            assertTrue(ratio < 1.05e-6 && ratio > 1e-7, "off/on = " + ratio);
        }
    }

    @Test
    void idealProcessHasNoImperfection() {
        NorFlash ideal = NorFlash.esf3Nor55().ideal();
        assertTrue(ideal.cell().imperfections().isEmpty());
        assertTrue(ideal.references().imperfections().isEmpty());
        assertEquals(3, NorFlash.esf3Nor55().cell().imperfections().size());
    }
}
