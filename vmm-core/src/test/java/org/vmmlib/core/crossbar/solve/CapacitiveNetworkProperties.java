package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.settling.StepAnalysis;
import org.vmmlib.core.crossbar.settling.StepResponse;
import org.vmmlib.core.crossbar.solve.Circuits.Circuit;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Connections;

/** Laws of arrays of any shape whose lines and cells have capacitances, some of them 0. */
final class CapacitiveNetworkProperties {

    /** Line resistances over twelve decades and 0. */
    @Provide
    Arbitrary<Circuit> any() {
        return Circuits.circuits(-6, 6, true);
    }

    /** Capacitances of rows, columns and cells. */
    private static double[] capacitances(Circuit c) {
        RandomStream random = Circuits.stream(c.seed(), "capacitances");
        double[] out = new double[3];
        for (int k = 0; k < 3; k++) {
            out[k] = random.uniform(2L * k) < 0.25 ? 0 : Math.pow(10, -17 + 4 * random.uniform(2L * k + 1));
        }
        if (Arrays.stream(out).sum() == 0) {
            out[1] = 1e-15;
        }
        return out;
    }

    private static Circuit charged(Circuit c) {
        double[] farads = capacitances(c);
        Lines lines = c.lines().toBuilder()
                .rowCapacitance(farads[0])
                .columnCapacitance(farads[1])
                .build();
        return c.lines(lines);
    }

    private static StepAnalysis.Builder analysis(Circuit c, CrossbarSolver solver) {
        return StepAnalysis.builder().solver(solver).cellCapacitance(capacitances(c)[2]);
    }

    private static Excitation excitation(Circuit c, String purpose) {
        Connections rows = Connections.all(c.rows());
        Connections columns = Connections.all(c.columns());
        return new Excitation(
                c.seed() % 2 == 0 ? Direction.ROWS_DRIVEN : Direction.COLUMNS_DRIVEN,
                new DMatrixRMaj(1, 0),
                c.drives(purpose + " rows", 1, c.rows(), -1, 1),
                c.drives(purpose + " columns", 1, c.columns(), -1, 1),
                c.seed() % 5 == 0 ? rows.floating((int) (c.seed() % c.rows())) : rows,
                c.seed() % 7 == 0 ? columns.floating((int) (c.seed() % c.columns())) : columns);
    }

    private static double largest(double[] x) {
        double most = 0;
        for (double v : x) {
            most = Math.max(most, Math.abs(v));
        }
        return most;
    }

    private static double end(double[] x) {
        return x[x.length - 1];
    }

    /** The same steps lead both networks through the same currents, and two threads to the same bits. */
    @Property(tries = 100, seed = "41")
    void bothNetworksRespondAlike(@ForAll("any") Circuit drawn) {
        Circuit c = charged(drawn);
        Excitation from = excitation(c, "from");
        Excitation to = excitation(c, "to");
        for (CellLaw law : new CellLaw[] {new TestLaw.Linear(), new TestLaw.Sinh(2)}) {
            StepResponse free = analysis(c, new SchurSolver(1e-12))
                    .accuracy(1e-2)
                    .build()
                    .between(c.with(law), Conditions.ROOM, from, to, 0);
            double duration = Math.max(1e-15, 0.5 * end(free.times()));
            StepResponse[] fixed = new StepResponse[3];
            CrossbarSolver[] solvers = {new SchurSolver(1e-12), new SchurSolver(1e-12, 2), new ReferenceSolver(1e-12)};
            for (int k = 0; k < 3; k++) {
                fixed[k] = analysis(c, solvers[k])
                        .accuracy(1e-6)
                        .fixedStep(duration / 20)
                        .duration(duration)
                        .build()
                        .between(c.with(law), Conditions.ROOM, from, to, 0);
            }
            double scale = Math.max(
                    1e-15,
                    Math.max(Circuits.largest(fixed[0].rowCurrents()), Circuits.largest(fixed[0].columnCurrents())));
            assertArrayEquals(fixed[0].rowCurrents().data, fixed[1].rowCurrents().data);
            assertArrayEquals(fixed[0].columnCurrents().data, fixed[1].columnCurrents().data);
            assertArrayEquals(fixed[0].rowCurrents().data, fixed[2].rowCurrents().data, 1e-6 * scale);
            assertArrayEquals(fixed[0].columnCurrents().data, fixed[2].columnCurrents().data, 1e-6 * scale);
            assertEquals(end(fixed[0].deliveredEnergy()), end(fixed[2].deliveredEnergy()), 1e-6 * gross(fixed[0]));
        }
    }

    /** At the end flow the currents of the solver; what was given became heat or is stored. */
    @Property(tries = 100, seed = "42")
    void responsesEndAndKeepEnergy(@ForAll("any") Circuit drawn) {
        Circuit c = charged(drawn);
        Excitation to = excitation(c, "to");
        for (CellLaw law : new CellLaw[] {new TestLaw.Linear(), new TestLaw.Sinh(2)}) {
            Excitation from = excitation(c, "from");
            StepAnalysis.Builder analysis = analysis(c, new SchurSolver(1e-12)).accuracy(1e-3);
            double settled = end(analysis.build()
                    .between(c.with(law), Conditions.ROOM, from, to, 0)
                    .times());
            StepResponse r = analysis.duration(Math.max(1e-15, 10 * settled))
                    .build()
                    .between(c.with(law), Conditions.ROOM, from, to, 0);
            double scale =
                    Math.max(1e-15, Math.max(Circuits.largest(r.rowCurrents()), Circuits.largest(r.columnCurrents())));
            checkEnd(r, c, law, to, scale);
            double given = end(r.deliveredEnergy());
            double heat = end(r.dissipatedEnergy());
            double kept = end(r.storedEnergy()) - r.storedEnergyBefore();
            assertEquals(given, kept + heat, 2e-3 * gross(r));
            assertTrue(heat >= -1e-6 * gross(r), "heat of " + heat);
        }
    }

    private static double gross(StepResponse r) {
        double stored = Math.max(largest(r.storedEnergy()), r.storedEnergyBefore());
        return Math.max(stored, Math.max(Math.abs(end(r.deliveredEnergy())), end(r.dissipatedEnergy())));
    }

    private static void checkEnd(StepResponse r, Circuit c, CellLaw law, Excitation to, double scale) {
        Solution s = Circuits.reference(c.with(law), to);
        int m = c.columns();
        int n = c.rows();
        int last = r.times().length - 1;
        double[] columns = Arrays.copyOfRange(r.columnCurrents().data, last * m, (last + 1) * m);
        double[] rows = Arrays.copyOfRange(r.rowCurrents().data, last * n, (last + 1) * n);
        assertArrayEquals(s.columnCurrents.data, columns, 1e-7 * scale);
        assertArrayEquals(s.rowCurrents.data, rows, 1e-7 * scale);
        assertArrayEquals(s.columnCurrents.data, r.finalColumnCurrents(), 1e-7 * scale);
    }
}
