package org.vmmlib.devices.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.CellLawContract;
import org.vmmlib.devices.transistor.MosChannel;
import org.vmmlib.devices.transistor.MosTransistor;

/** The time-domain cell. */
class GatedCurrentSourceTest extends CellLawContract {

    @Override
    protected GatedCurrentSource law() {
        return GatedCurrentSource.esf3Nor55();
    }

    @Override
    protected double[] voltages() {
        return new double[] {-0.3, -0.1, -0.02, 0, 0.003, 0.01, 0.1, 0.5, 0.7, 0.9};
    }

    @Override
    protected double[] gates() {
        return new double[] {0, 0.6, 1, 1.2, 1.8};
    }

    @Override
    protected Point read() {
        return new Point(1.2, 0, 0.7);
    }

    /** On the saturated exponential law. */
    @Nested
    class WithoutChannel extends CellLawContract {

        @Override
        protected GatedCurrentSource law() {
            return GatedCurrentSourceTest.this.law().without("source.channel");
        }

        @Override
        protected double[] voltages() {
            return GatedCurrentSourceTest.this.voltages();
        }

        @Override
        protected Point read() {
            return GatedCurrentSourceTest.this.read();
        }

        @Override
        protected double[] gates() {
            return new double[] {0, 0.6, 1, 1.2};
        }

        @Override
        protected boolean stopsWithoutVoltage() {
            return false;
        }
    }

    private static double[] currents(GatedCurrentSource law, CellState state, double gate, double drain) {
        Row row = new Row(state.columns());
        row.at(law.bind(state, Conditions.ROOM), gate, 0, drain);
        double[] out = new double[state.columns()];
        for (int j = 0; j < out.length; j++) {
            out[j] = -row.current[j];
        }
        return out;
    }

    private static CellState weights(GatedCurrentSource law, double... weights) {
        return law.store(new DMatrixRMaj(1, weights.length, true, weights), Conditions.ROOM);
    }

    /** Relative loss of current from 0.7 to 0.5 V of drain voltage, of cells tuned to a part of 3 µA. */
    private static double[] loss(double selectGate, double... amperes) {
        GatedCurrentSource law = GatedCurrentSource.esf3Nor55().toBuilder()
                .leakage(0)
                .selectGate(selectGate)
                .largestCurrent(amperes[amperes.length - 1])
                .build();
        double[] parts = new double[amperes.length];
        for (int k = 0; k < parts.length; k++) {
            parts[k] = amperes[k] / amperes[parts.length - 1];
        }
        CellState state = weights(law, parts);
        double[] high = currents(law, state, 1.2, 0.7);
        double[] low = currents(law, state, 1.2, 0.5);
        double[] out = new double[parts.length];
        for (int k = 0; k < parts.length; k++) {
            assertEquals(1, high[k] / amperes[k], 1e-9);
            out[k] = 1 - low[k] / high[k];
        }
        return out;
    }

    @Test
    void drainSwingCostsLessThanTwoPercentAtTheOptimumAndTenPercentAtLowCurrent() {
        // Fig. 4 of arXiv:1711.10673, reset at 0.7 V, swing 0.2 V.
        double[] loss = loss(0.8, 1e-9, 1e-8, 1e-7, 1e-6);
        assertTrue(loss[3] < 0.02, "1 µA: " + loss[3]);
        assertEquals(0.10, loss[0], 0.01);
        assertTrue(loss[0] > loss[1] && loss[1] > loss[2] && loss[2] > loss[3]);
        // The select gate's optimum for 1 µA is near 0.8 V.
        double least = loss[3];
        for (double gate : new double[] {0.65, 0.7, 0.9, 1, 1.2}) {
            assertTrue(loss(gate, 1e-6)[0] > least, "select gate " + gate);
        }
    }

    @Test
    void selectGateThatLimitsLosesHalfTheCurrent() {
        GatedCurrentSource law = GatedCurrentSource.esf3Nor55().toBuilder()
                .selectGate(0)
                .largestCurrent(1e-10)
                .build();
        CellState open = new CellState(law.planes(), new DMatrixRMaj(1, 1, true, new double[] {-0.25}));
        double loss = 1 - currents(law, open, 1.2, 0.5)[0] / currents(law, open, 1.2, 0.7)[0];
        assertEquals(0.48, loss, 0.03);
    }

    @Test
    void bothChannelsCarryTheSameCurrent() {
        // The inner node by bracketing, on channels evaluated one by one.
        FloatingGateCell cell =
                FloatingGateCell.chargeBased().dibl(0.02).window(-0.25, 1).build();
        MosTransistor select = MosTransistor.builder().dibl(0.05).build();
        GatedCurrentSource law =
                GatedCurrentSource.builder(cell, select).largestCurrent(1e-7).build();
        double[] thresholds = {-0.2, 0.2, 0.5, 0.9};
        ArrayCells cells =
                law.bind(new CellState(law.planes(), new DMatrixRMaj(1, 4, true, thresholds)), Conditions.ROOM);
        MosChannel below = cell.channel(Conditions.ROOM).mos();
        MosChannel above = select.at(Conditions.ROOM);
        Row row = new Row(4);
        for (double[] ends : new double[][] {{0, 0.7}, {0.1, 0.15}, {0.5, 0}, {-0.2, 1.5}}) {
            row.at(cells, 1.2, ends[0], ends[1]);
            for (int j = 0; j < 4; j++) {
                double pinchOff = below.pinchOff(1.2 - thresholds[j]);
                double low = Math.min(ends[0], ends[1]);
                double high = Math.max(ends[0], ends[1]);
                for (int k = 0; k < 200; k++) {
                    double v = (low + high) / 2;
                    boolean falls =
                            below.current(pinchOff, ends[0], v) > above.current(above.pinchOff(0.8), v, ends[1]);
                    low = falls ? low : v;
                    high = falls ? v : high;
                }
                double x = low;
                // The bracketed node's own rounding shows in the current of the stiffer channel: take the other.
                double stiff = above.sourceSlope(above.pinchOff(0.8), x, ends[1]);
                double expected = stiff > below.drainSlope(pinchOff, ends[0], x)
                        ? below.current(pinchOff, ends[0], x)
                        : above.current(above.pinchOff(0.8), x, ends[1]);
                assertEquals(-1, row.current[j] / expected, 1e-10);
            }
        }
    }

    @Test
    void pulsesSwitchTheCellAndLeakageIsWhatIsLeft() {
        GatedCurrentSource law = law();
        CellState state = weights(law, 1, 0.5, 0);
        double[] on = currents(law, state, law.onGate(), law.resetVoltage());
        assertEquals(1e-6, on[0], 1e-15);
        assertEquals(0.5e-6, on[1], 1e-15);
        assertTrue(on[2] < 10e-12, "programmed cell " + on[2]);
        for (double off : currents(law, state, law.offGate(), law.resetVoltage())) {
            assertTrue(off > 0.4e-12 && off < 1e-12, "off cell " + off);
        }
        GatedCurrentSource tight = law.without("source.leakage");
        assertEquals(Double.NEGATIVE_INFINITY, tight.offGate());
        assertEquals(0, currents(tight, state, tight.offGate(), law.resetVoltage())[0], 0.0);
    }

    @Test
    void idealSourceDoesNotKnowItsDrain() {
        GatedCurrentSource ideal =
                law().without("source.channel").without("source.dibl").without("source.leakage");
        CellState state = weights(ideal, 1, 0.37);
        for (double drain : new double[] {0.1, 0.5, 0.7}) {
            double[] current = currents(ideal, state, ideal.onGate(), drain);
            assertEquals(1, current[0] / 1e-6, 1e-12);
            assertEquals(1, current[1] / 0.37e-6, 1e-12);
        }
        assertEquals(1e-6, ideal.unitSignal(DriveKind.GATE_VOLTAGE, 1.2, 0.5, Conditions.ROOM), 1e-17);
    }

    @Test
    void badParametersAreRefusedByName() {
        GatedCurrentSource.Builder builder = law().toBuilder();
        assertRefused("on = 0.0", () -> builder.gates(0.5, 0));
        assertRefused("leakage = -1.0", () -> builder.leakage(-1));
        assertRefused("resetVoltage = 0.0", () -> builder.resetVoltage(0));
        assertRefused("selectGate = NaN", () -> builder.selectGate(Double.NaN));
        assertRefused(
                "largestCurrent = 0.01", () -> builder.largestCurrent(0.01).build());
        assertRefused("kind = ROW_VOLTAGE", () -> law().unitSignal(DriveKind.ROW_VOLTAGE, 1, 0, Conditions.ROOM));
        assertTrue(
                law().datasheet().entries().stream().noneMatch(e -> e.source().equals("user")));
    }
}
