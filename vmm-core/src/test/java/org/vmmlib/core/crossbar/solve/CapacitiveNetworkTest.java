package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;

final class CapacitiveNetworkTest {

    private static final double FF = 1e-15;

    private static Lines lines(int n) {
        return Lines.builder(n, n)
                .rowResistance(10)
                .columnResistance(10)
                .rowCapacitance(FF)
                .columnCapacitance(FF)
                .build();
    }

    private static Excitation drives(int n) {
        return Excitation.rows(Circuits.uniform(Circuits.stream(21, "drives"), 1, n, 0, 0.5), new DMatrixRMaj(1, n));
    }

    private static CapacitiveNetwork network(Crossbar array, int threads, double cellCapacitance) {
        return CapacitiveNetwork.of(
                new SchurSolver(1e-10, threads), array, Conditions.ROOM, drives(array.rows()), 0, cellCapacitance);
    }

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long allocated() {
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** At a rate that falls from stage to stage, as it does while an array settles. */
    @Test
    void stagesAllocateNothing() {
        int n = 32;
        for (Crossbar array : new Crossbar[] {
            Circuits.resistors(ArrayKinds.HARSH.cells(n), lines(n)),
            new Crossbar(new CubicLaw(true), TestLaw.state(ArrayKinds.HARSH.cells(n)), lines(n)),
            new Crossbar(new CubicLaw(false), TestLaw.state(ArrayKinds.HARSH.cells(n)), lines(n))
        }) {
            CapacitiveNetwork network = network(array, 1, 0.1 * FF);
            double[][] moved = network.zeros();
            double[] rows = new double[n];
            double[] columns = new double[n];
            network.place(new double[n * n], new double[n * n], moved);
            // The virtual machine itself allocates a little when code is reached for the first time.
            long least = Long.MAX_VALUE;
            for (int k = 0; k < 8; k++) {
                long before = allocated();
                network.keep();
                assertTrue(network.relax(1e14 / (1 << k), moved, 1e-8) > 0);
                network.currents(moved, rows, columns);
                assertTrue(network.storedEnergy() > 0);
                least = Math.min(least, allocated() - before);
            }

            assertEquals(0, least, network.method());
        }
    }

    @Test
    void memoryGrowsLinearlyWithTheArray() {
        for (int n : new int[] {128, 256}) {
            Crossbar array = Circuits.resistors(ArrayKinds.HARSH.cells(n), lines(n));
            long before = allocated();
            CapacitiveNetwork network = network(array, 1, 0.1 * FF);
            double[][] moved = network.zeros();
            assertTrue(network.relax(1e12, moved, 1e-8) > 0);
            double perCell = (allocated() - before) / (8.0 * n * n);

            assertTrue(perCell < 30, n + ": " + perCell + " numbers per cell");
        }
    }

    /** The implicit stage by definition: the charge that nodes take within 1/rate leaves through no terminal. */
    @Test
    void aStageKeepsCharge() {
        int n = 16;
        Crossbar array = Circuits.resistors(ArrayKinds.MID.cells(n), lines(n));
        for (double rate : new double[] {1e9, 1e12, 1e15}) {
            CapacitiveNetwork network = network(array, 2, 0.3 * FF);
            double[][] moved = network.zeros();
            network.place(new double[n * n], new double[n * n], moved);
            assertTrue(network.relax(rate, moved, 1e-12) > 0);
            double charge = 0;
            for (double[] some : moved) {
                for (int j = 0; j < network.width(); j++) {
                    charge += FF * some[j];
                    // From here on these are rates of change.
                    some[j] *= rate;
                }
            }
            double[] rows = new double[n];
            double[] columns = new double[n];
            network.currents(moved, rows, columns);
            double out = 0;
            for (int k = 0; k < n; k++) {
                out += rows[k] + columns[k];
            }
            assertEquals(-charge * rate, out, 1e-10 * charge * rate);
        }
    }

    @Test
    void refusesSolversWithoutATransient() {
        Crossbar array = Circuits.resistors(ArrayKinds.MID.cells(4), lines(4));
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> CapacitiveNetwork.of(new IdealSolver(), array, Conditions.ROOM, drives(4), 0, 0))
                .getMessage();
        assertEquals(
                "solver = ideal: has no network with capacitances; use SchurSolver or ReferenceSolver, which are exact"
                        + " for linear cells too",
                message);
        assertEquals(
                "cellCapacitance = NaN: must be a finite number >= 0",
                assertThrows(IllegalArgumentException.class, () -> network(array, 1, Double.NaN))
                        .getMessage());
    }
}
