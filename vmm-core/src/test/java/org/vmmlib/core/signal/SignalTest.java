package org.vmmlib.core.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SignalTest {

    @Test
    void wordsOutOfRangeAreRefusedByPlaceValueAndLimit() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Codes.unsigned(4, 2, 2, new int[] {0, 1, 16, 3}));
        assertEquals("code[1,0] = 16: must be from 0 to 15 (4 bits)", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Codes.signed(4, 1, 1, new int[] {8}));
        assertEquals(-8, Codes.signed(4, 1, 1, new int[] {-8}).lowest());
        assertThrows(IllegalArgumentException.class, () -> Codes.unsigned(32, 1, 1, new int[] {0}));
        assertThrows(IllegalArgumentException.class, () -> Codes.unsigned(4, 1, 2, new int[] {0}));
    }

    @Test
    void aSliceHoldsItsVectors() {
        Codes codes = Codes.unsigned(4, 3, 2, new int[] {1, 2, 3, 4, 5, 6});
        assertArrayEquals(new int[] {3, 4, 5, 6}, codes.slice(1, 3).data());
    }

    @Test
    void pulsesAddUpTheirHighTime() {
        Edges edges = new Edges(1, 2, new double[][] {{1, 3, 5, 6}, {}});
        assertEquals(3, edges.high(0, 0));
        assertEquals(0, edges.high(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Edges(1, 1, new double[][] {{1, 2, 3}}));
        assertThrows(IllegalArgumentException.class, () -> new Edges(1, 1, new double[][] {{2, 1}}));
    }

    @Test
    void aScheduleTakesTheTimeOfItsPhases() {
        Phase first = new Phase(new double[] {1, 2}, new DMatrixRMaj(2, 3), Connections.all(3));
        Phase second = new Phase(new double[] {3, 0}, new DMatrixRMaj(2, 3), Connections.all(3));
        DriveSchedule schedule = new DriveSchedule(DriveKind.ROW_VOLTAGE, List.of(first, second));
        assertEquals(4, schedule.time(0));
        assertEquals(2, schedule.time(1));
        Phase other = new Phase(new double[] {1}, new DMatrixRMaj(1, 3), Connections.all(3));
        assertThrows(
                IllegalArgumentException.class, () -> new DriveSchedule(DriveKind.ROW_VOLTAGE, List.of(first, other)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Phase(new double[] {-1}, new DMatrixRMaj(1, 3), Connections.all(3)));
    }

    @Test
    void floatingLinesAreTold() {
        Connections rows = Connections.all(4).floating(2);
        assertTrue(rows.isFloating(2) && !rows.isFloating(1) && !rows.allConnected());
        assertThrows(IllegalArgumentException.class, () -> Connections.all(4).floating(4));
    }
}
