package org.vmmlib.devices.custom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.CellLawContract;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.SinhReram;

/** A closed-form law: a junction whose nonlinearity depends on the gap that it stores, and on temperature. */
class TwoTerminalLawTest extends CellLawContract {

    private static final StatePlane GAP = new StatePlane("gap", "m", 0.2e-9, 1.7e-9);

    /** i = 1 mA exp(−gap/0.25 nm) sinh(v/V0), V0 proportional to the temperature. */
    private static void gap(
            int count, double[] voltages, double[] states, Conditions conditions, double[] currents, double[] slopes) {
        double v0 = 0.25 * conditions.temperature() / 298.15;
        for (int k = 0; k < count; k++) {
            double scale = 1e-3 * Math.exp(-states[k] / 0.25e-9);
            currents[k] = scale * Math.sinh(voltages[k] / v0);
            slopes[k] = scale / v0 * Math.cosh(voltages[k] / v0);
        }
    }

    @Override
    protected TwoTerminalLaw law() {
        return TwoTerminalLaw.of("gap cell", GAP, TwoTerminalLawTest::gap);
    }

    @Override
    protected double[] voltages() {
        return new double[] {-0.7, -0.3, -0.01, 0, 1e-6, 0.1, 0.25, 0.9};
    }

    @Override
    protected double[] gates() {
        return new double[] {0};
    }

    @Override
    protected Point read() {
        return new Point(0, 0.1, 0);
    }

    private static TwoTerminalLaw sinh(double alpha) {
        return TwoTerminalLaw.builder("sinh", new StatePlane("conductance", "S", 1e-6, 1e-4), (n, v, g, c, i, s) -> {
                    for (int k = 0; k < n; k++) {
                        i[k] = g[k] / alpha * Math.sinh(alpha * v[k]);
                        s[k] = g[k] * Math.cosh(alpha * v[k]);
                    }
                })
                .voltageRange(-2, 2)
                .build();
    }

    @Test
    void lawGivenByTheUserIsTheLawOfTheLibrary() {
        SinhReram own = new SinhReram(ConductanceWindow.of(1e-6, 1e-4), 3);
        TwoTerminalLaw user = sinh(3);
        double[] weights = {0, 0.1, 0.5, 0.9, 1};
        DMatrixRMaj w = new DMatrixRMaj(1, 5, true, weights);
        CellState a = own.store(w, Conditions.ROOM);
        CellState b = user.store(w, Conditions.ROOM);
        Row ofOwn = new Row(5);
        Row ofUser = new Row(5);
        for (int j = 0; j < 5; j++) {
            assertEquals(1, b.plane("conductance").data[j] / a.plane("conductance").data[j], 1e-13);
        }
        DMatrixRMaj drives = new DMatrixRMaj(1, 1, true, new double[] {0.3});
        DMatrixRMaj currents = new DMatrixRMaj(1, 5);
        DMatrixRMaj noiseOfOwn = new DMatrixRMaj(1, 5);
        DMatrixRMaj noiseOfUser = new DMatrixRMaj(1, 5);
        own.bind(a, Conditions.ROOM).noiseDensity(drives, 0.05, currents, noiseOfOwn);
        user.bind(b, Conditions.ROOM).noiseDensity(drives, 0.05, currents, noiseOfUser);
        for (double v : new double[] {-1.5, 0, 0.2, 2}) {
            ofOwn.at(own.bind(a, Conditions.ROOM), 0, v, 0);
            ofUser.at(user.bind(b, Conditions.ROOM), 0, v, 0);
            for (int j = 0; j < 5; j++) {
                assertEquals(ofOwn.current[j], ofUser.current[j], 1e-12 * Math.abs(ofOwn.current[j]));
                assertEquals(1, ofUser.slopeRow[j] / ofOwn.slopeRow[j], 1e-12);
                assertEquals(1, noiseOfUser.data[j] / noiseOfOwn.data[j], 1e-12);
            }
        }
    }

    @Test
    void withoutItsNonlinearityACellIsTheResistorOfTheReadVoltage() {
        TwoTerminalLaw ideal = law().without("cell.nonlinearity");
        CellState state = law().store(new DMatrixRMaj(2, 2, true, new double[] {0, 0.3, 0.6, 1}), Conditions.ROOM);
        ArrayCells cells = ideal.bind(state, Conditions.ROOM);
        LinearCells resistors = assertInstanceOf(LinearCells.class, cells);
        Row row = new Row(2);
        row.at(law().bind(state, Conditions.ROOM), 0, 0.1, 0);
        for (int j = 0; j < 2; j++) {
            assertEquals(row.current[j] / 0.1, resistors.conductances().get(0, j), 1e-18);
        }
        DMatrixRMaj density = new DMatrixRMaj(1, 2);
        cells.noiseDensity(new DMatrixRMaj(1, 2), 0, new DMatrixRMaj(1, 2), density);
        double g = resistors.conductances().get(0, 1) + resistors.conductances().get(1, 1);
        assertEquals(4 * Constants.BOLTZMANN * 298.15 * g, density.data[1], 1e-12 * density.data[1]);
    }

    @Test
    void wrongLawsAreRefusedWithVoltageAndState() {
        StatePlane g = new StatePlane("conductance", "S", 1e-6, 1e-4);
        assertRefused(
                "bad: slope = 1.0E-6 A/V at voltage = -0.999998, state = 1.0E-6: must be the derivative",
                () -> TwoTerminalLaw.of("bad", g, (n, v, s, c, i, d) -> {
                    for (int k = 0; k < n; k++) {
                        i[k] = s[k] * v[k] * (1 + v[k] * v[k]);
                        d[k] = s[k];
                    }
                }));
        // A slope that is 0.1 % off is not a rounding.
        assertRefused(
                "close: slope = ",
                () -> TwoTerminalLaw.of("close", g, (n, v, s, c, i, d) -> {
                    for (int k = 0; k < n; k++) {
                        i[k] = s[k] * Math.sinh(v[k]);
                        d[k] = 1.001 * s[k] * Math.cosh(v[k]);
                    }
                }));
        assertRefused(
                "offset: current = 1.0E-9 A at voltage = 0.0, state = 1.0E-6: must be 0 without voltage",
                () -> TwoTerminalLaw.of("offset", g, (n, v, s, c, i, d) -> {
                    for (int k = 0; k < n; k++) {
                        i[k] = s[k] * v[k] + 1e-9;
                        d[k] = s[k];
                    }
                }));
        assertRefused(
                "tunnel diode: slope = -",
                () -> TwoTerminalLaw.of("tunnel diode", g, (n, v, s, c, i, d) -> {
                    for (int k = 0; k < n; k++) {
                        i[k] = s[k] * v[k] * Math.exp(-4 * v[k] * v[k]);
                        d[k] = s[k] * (1 - 8 * v[k] * v[k]) * Math.exp(-4 * v[k] * v[k]);
                    }
                }));
        assertRefused(
                "steep: current = Infinity",
                () -> TwoTerminalLaw.builder("steep", g, (n, v, s, c, i, d) -> {
                            for (int k = 0; k < n; k++) {
                                i[k] = s[k] * Math.sinh(v[k]);
                                d[k] = s[k] * Math.cosh(v[k]);
                            }
                        })
                        .voltageRange(0, 1e4)
                        .build());
        assertRefused(
                "stateless: current = 0.1 A at voltage = 0.1, state = 7.1875E-6: must be on one side",
                () -> TwoTerminalLaw.of("stateless", g, (n, v, s, c, i, d) -> {
                    for (int k = 0; k < n; k++) {
                        i[k] = v[k];
                        d[k] = 1;
                    }
                }));
    }

    @Test
    void badParametersAreRefusedByName() {
        TwoTerminalLaw.Builder builder = law().toBuilder();
        assertRefused("low = 0.1", () -> builder.voltageRange(0.1, 1));
        assertRefused("high = 0.0", () -> builder.voltageRange(-1, 0));
        assertRefused("readVoltage = 0.0", () -> builder.readVoltage(0).build());
        assertRefused(
                "readVoltage = 2.0: must be from -1.0 to 1.0",
                () -> builder.readVoltage(2).build());
        assertRefused("cellArea = -1.0", () -> builder.cellArea(-1));
        assertRefused(
                "state.high = 1.0",
                () -> TwoTerminalLaw.builder("x", new StatePlane("x", "", 1, 1), TwoTerminalLawTest::gap));
        CellState state = law().store(new DMatrixRMaj(1, 1), Conditions.ROOM);
        assertRefused("law = gap cell: cannot be written as a netlist", () -> law().spice(state, Conditions.ROOM));
        RandomStream draws = RandomStreams.of(1).stream("test", 0);
        assertRefused("gap cell: has no programming table", () -> law().program(state, Conditions.ROOM, draws));
    }

    @Test
    void weightsAreFoundThroughDecadesOfCurrent() {
        double[] weights = new double[200];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Math.pow(10, -k / 50.0);
        }
        CellState state = law().store(new DMatrixRMaj(1, 200, true, weights), Conditions.ROOM);
        Row row = new Row(200);
        row.at(law().bind(state, Conditions.ROOM), 0, 0.1, 0);
        double low = 1e-3 * Math.exp(-1.7 / 0.25) * Math.sinh(0.4);
        double high = 1e-3 * Math.exp(-0.2 / 0.25) * Math.sinh(0.4);
        for (int k = 0; k < 200; k++) {
            assertEquals(1, row.current[k] / (low + weights[k] * (high - low)), 1e-12);
            assertTrue(k == 0 || row.current[k] < row.current[k - 1]);
        }
    }
}
