package org.vmmlib.devices.nand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Ekv;

class NandBlockTest {

    private final NandBlock block = NandBlock.acortex3d();

    private static double current(Crossbar array, double gate, double drain) {
        int columns = array.columns();
        double[] current = new double[columns];
        double[] vColumn = new double[columns];
        Arrays.fill(vColumn, drain);
        array.cells(Conditions.ROOM)
                .evaluate(0, gate, new double[columns], vColumn, current, new double[columns], new double[columns]);
        return -current[0];
    }

    @Test
    void largestCellIsThePublishedResistance() {
        // R_low = 2.3 MΩ: Xiao et al., Appl. Phys. Rev. 7, 031301 (2020), Table III.
        DMatrixRMaj full = new DMatrixRMaj(1, 1, true, new double[] {1});
        for (int layer : new int[] {0, 31, 63}) {
            NandString string = block.string().select(layer);
            CellState state = string.store(full, Conditions.ROOM);
            Crossbar array = new Crossbar(string, state, Lines.ideal(1, 1));
            assertEquals(2.3e6, 0.7 / current(array, 4, 0.7), 1);
        }
    }

    @Test
    void passCellsHaveTensOfKiloohms() {
        double ut = Conditions.ROOM.thermalVoltage();
        double erased = ut / (20e-9 * Ekv.charge(0.7 * 6 / ut));
        double programmed = ut / (20e-9 * Ekv.charge(0.7 * 3 / ut));
        assertEquals(16e3, erased, 0.5e3);
        assertEquals(33e3, programmed, 1e3);
    }

    @Test
    void stringOfAnUnselectedRowLeaksAboutAPicoampere() {
        DMatrixRMaj full = new DMatrixRMaj(1, 1, true, new double[] {1});
        Crossbar array = new Crossbar(block.string(), block.string().store(full, Conditions.ROOM), Lines.ideal(1, 1));
        double leakage = current(array, 0, 0.7);
        assertTrue(leakage > 0.5e-12 && leakage < 5e-12, leakage + " A");
    }

    @Test
    void blockHasTheCellsOf3dAcortex() {
        // 64 planes x 512 blocks x 8192 cells are two cells for each of 134,217,728 weights.
        CellState erased = block.erased();
        assertEquals(
                134_217_728L * 2,
                512L * erased.rows() * erased.columns() * erased.planes().size());
        Crossbar plane = block.plane(17, erased, Lines.ideal(64, 128));
        assertEquals(17, ((NandString) plane.law()).selected());
    }

    @Test
    void capacitancesAreThoseOfCoaxAndPlate() {
        NandGeometry g = new NandGeometry(200e-9, 40e-9, 20e-9, 25e-9, 50e-9, 100e-9, 3, "test");
        double epsilon = 3.9 * 8.8541878128e-12;
        double coax = 2 * Math.PI * epsilon * 25e-9 / Math.log(60.0 / 40.0);
        double plate = epsilon * (200e-9 * 200e-9 - Math.PI * 60e-9 * 60e-9) / 50e-9;
        assertEquals(coax, g.cellCapacitance(), 1e-12 * coax);
        assertEquals(10 * (coax + 2 * plate), g.wordPlaneCapacitance(10), 1e-22);
        assertEquals(7 * (4 * coax + plate), g.bitSelectCapacitance(7), 1e-22);
        assertEquals(21 * 7 * (4 * coax + plate) / 2, g.bitSelectDelay(7), 1e-20);
        // A thin gate stack is a plate wound around the channel.
        NandGeometry thin = new NandGeometry(200e-9, 40e-9, 1e-12, 25e-9, 50e-9, 100e-9, 3, "test");
        assertEquals(1, thin.cellCapacitance() / (epsilon * 2 * Math.PI * 40e-9 * 25e-9 / 1e-12), 1e-4);
    }

    @Test
    void energiesAreCapacitanceTimesVoltageSquared() {
        assertEquals(16 * block.bitSelectCapacitance(), block.pulseEnergy(), 1e-25);
        assertEquals(6 * (6 - 1.8) * block.wordPlaneCapacitance(), block.selectionEnergy(), 1e-22);
        assertEquals((63 * 36 + 1.8 * 1.8) * block.wordPlaneCapacitance(), block.activationEnergy(), 1e-20);
        assertEquals(8192 * block.geometry().footprint(), block.area(), 1e-20);
        assertEquals(8192 * block.string().cellArea(), block.area(), 1e-20);
        // High word-plane capacitance and pass voltage: to change the plane costs more than a pulse on every row.
        assertTrue(block.selectionEnergy() > 0.5 * 64 * block.pulseEnergy());
    }

    @Test
    void datasheetGivesEveryValueASource() {
        for (Datasheet.Entry entry : block.datasheet().entries()) {
            assertFalse(entry.source().isBlank(), entry.parameter());
            assertTrue(Double.isFinite(entry.value()), entry.parameter());
        }
        assertTrue(block.ideal().string().imperfections().isEmpty());
    }

    @Test
    void badDimensionsAreRefusedByName() {
        assertRefused("pitch = 0.0", () -> new NandGeometry(0, 1, 1, 1, 1, 1, 1, "test"));
        assertRefused(
                "pitch = 1.0E-7: must be from 1.2",
                () -> new NandGeometry(100e-9, 40e-9, 20e-9, 25e-9, 50e-9, 100e-9, 3, "test"));
        assertRefused("strings = 0", () -> NandGeometry.macaroni().wordPlaneCapacitance(0));
        assertRefused("columns = 0", () -> NandGeometry.macaroni().bitSelectCapacitance(0));
        assertRefused("rows = 0", () -> new NandBlock("x", block.string(), block.geometry(), 0, 1, "test"));
    }

    private static void assertRefused(String start, org.junit.jupiter.api.function.Executable action) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, action).getMessage());
        assertTrue(message.startsWith(start), message);
    }
}
