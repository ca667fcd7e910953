package org.vmmlib.devices.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.CellLawContract;

/** Gate-coupled cells each of which has its own gate efficiency. */
class MismatchedCellTest extends CellLawContract {

    private static final RandomStream DRAWS = RandomStreams.of(5).stream("fg.kappa-mismatch", 0);

    @Override
    protected FloatingGateCell law() {
        return FloatingGateCell.chargeBased().dibl(0.03).kappaMismatch(0.01).build();
    }

    @Override
    protected double[] voltages() {
        return new double[] {-0.3, -0.1, -0.02, 0, 0.003, 0.01, 0.1, 0.5, 0.8};
    }

    @Override
    protected double[] gates() {
        return new double[] {0, 0.4, 0.65, 0.9, 2};
    }

    @Override
    protected Point read() {
        return new Point(-0.5, 0, 0.5);
    }

    /** On the exponential law. */
    @Nested
    class Exponential extends CellLawContract {

        @Override
        protected FloatingGateCell law() {
            return FloatingGateCell.exponential()
                    .saturation(true)
                    .dibl(0.03)
                    .kappaMismatch(0.01)
                    .build();
        }

        @Override
        protected double[] voltages() {
            return MismatchedCellTest.this.voltages();
        }

        @Override
        protected Point read() {
            return MismatchedCellTest.this.read();
        }

        @Override
        protected double[] gates() {
            return new double[] {0, 0.4, 0.65, 0.9};
        }
    }

    @Test
    void nominalGateEfficiencyIsTheCellWithoutMismatch() {
        FloatingGateCell law = law();
        FloatingGateCell plain = law.without("fg.kappa-mismatch");
        DMatrixRMaj weights = new DMatrixRMaj(1, 3, true, new double[] {1, 0.4, 0.01});
        Row a = new Row(3);
        Row b = new Row(3);
        for (double gate : new double[] {0.3, 0.8, 1.5}) {
            a.at(law.bind(law.store(weights, Conditions.ROOM), Conditions.ROOM), gate, 0.01, 0.4);
            b.at(plain.bind(plain.store(weights, Conditions.ROOM), Conditions.ROOM), gate, 0.01, 0.4);
            for (int j = 0; j < 3; j++) {
                assertEquals(1, a.current[j] / b.current[j], 1e-12);
            }
        }
    }

    @Test
    void tunedCellsAreExactAtTheTuningCurrentAndFollowAPowerOfTheInputElsewhere() {
        // Exponential law: I_out = w I_tune (I_in/I_tune)^(κ_cell/κ), times the drain's barrier lowering.
        FloatingGateCell law = FloatingGateCell.exponential()
                .kappaMismatch(0.02)
                .tuningCurrent(10e-9)
                .build();
        DMatrixRMaj weights = new DMatrixRMaj(1, 40);
        weights.fill(0.3);
        CellState state = law.program(law.store(weights, Conditions.ROOM), Conditions.ROOM, DRAWS);
        Channel channel = law.channel(Conditions.ROOM);
        Row row = new Row(40);
        double spread = 0;
        for (double input : new double[] {10e-9, 1e-9, 0.1e-9}) {
            row.at(law.bind(state, Conditions.ROOM), channel.gate(input, 0.5), 0, 0.5);
            for (int j = 0; j < 40; j++) {
                double ratio = state.plane("kappa-ratio").data[j];
                spread = Math.max(spread, Math.abs(ratio - 1));
                assertEquals(1, -row.current[j] / (0.3 * 10e-9 * Math.pow(input / 10e-9, ratio)), 1e-11);
            }
        }
        // The largest of 40 draws of sigma 0.02; fixed seed.
        assertTrue(spread > 0.02 && spread < 0.1);
    }

    @Test
    void chargeBasedCellsAreTunedThroughTheirOwnGateEfficiency() {
        FloatingGateCell law =
                law().toBuilder().tuningCurrent(50e-9).kappaMismatch(0.03).build();
        double[] weights = {1, 0.6, 0.1, 1e-3};
        CellState state =
                law.program(law.store(new DMatrixRMaj(1, 4, true, weights), Conditions.ROOM), Conditions.ROOM, DRAWS);
        Row row = new Row(4);
        row.at(law.bind(state, Conditions.ROOM), law.channel(Conditions.ROOM).gate(50e-9, 0.5), 0, 0.5);
        for (int j = 0; j < 4; j++) {
            assertEquals(weights[j], -row.current[j] / 50e-9, 1e-8);
        }
        DMatrixRMaj errors = new DMatrixRMaj(1, 4, true, new double[] {0.01, -0.02, 0.05, -0.5});
        Row off = new Row(4);
        off.at(
                law.bind(law.deviate(state, errors, Conditions.ROOM), Conditions.ROOM),
                law.channel(Conditions.ROOM).gate(50e-9, 0.5),
                0,
                0.5);
        for (int j = 0; j < 4; j++) {
            assertEquals(1 + errors.data[j], off.current[j] / row.current[j], 1e-7);
        }
    }

    @Test
    void spreadIsRefusedWhereThereIsNone() {
        FloatingGateCell plain = FloatingGateCell.exponential().build();
        assertRefused(
                "kappaMismatch = 0.0",
                () -> plain.program(plain.store(new DMatrixRMaj(1, 1), Conditions.ROOM), Conditions.ROOM, DRAWS));
        assertRefused("kappaMismatch = 0.2", () -> plain.toBuilder().kappaMismatch(0.2));
    }
}
