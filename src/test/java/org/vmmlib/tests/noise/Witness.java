package org.vmmlib.tests.noise;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.macro.ArrayMemory;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Phase;
import org.vmmlib.core.signal.Signal;

/**
 * An effect that does what another does, and writes down, to the last bit, what that does to an array that is always the
 * same, with the random numbers that it is given here: so that what else acts on the true array does not count.
 */
final class Witness {

    private final List<Double> log = new ArrayList<>();
    private final Effect effect;

    private Witness(Effect of, CellLaw law) {
        effect = watched(of, law);
    }

    static Witness of(Effect effect, CellLaw law) {
        return new Witness(effect, law);
    }

    Effect effect() {
        return effect;
    }

    /** What was seen. */
    List<Double> log() {
        return log;
    }

    private void note(CellState state) {
        for (StatePlane plane : state.planes()) {
            note(state.plane(plane.name()));
        }
    }

    private void note(DMatrixRMaj matrix) {
        for (int k = 0; k < matrix.getNumElements(); k++) {
            log.add(matrix.data[k]);
        }
    }

    private static CellState reference(CellLaw law) {
        DMatrixRMaj weights = new DMatrixRMaj(4, 5);
        for (int k = 0; k < 20; k++) {
            weights.data[k] = 0.1 + 0.04 * k;
        }
        return law.store(weights, Conditions.ROOM);
    }

    private Effect watched(Effect of, CellLaw law) {
        if (of instanceof Effect.OnProgramming programming) {
            return new Programming(programming, reference(law));
        }
        if (of instanceof Effect.OnWires wires) {
            return new Wiring(wires);
        }
        if (of instanceof Effect.OnAge age) {
            return new Ageing(age, reference(law));
        }
        if (of instanceof Effect.OnDrive drive) {
            return new Driving(drive);
        }
        Lines ideal = Lines.ideal(4, 5);
        return new Reading(
                (Effect.OnRead) of,
                new SchurSolver().prepare(new Crossbar(law, reference(law), ideal), Conditions.ROOM.atAge(1000)));
    }

    private final class Programming implements Effect.OnProgramming {
        private final Effect.OnProgramming of;
        private final CellState reference;

        Programming(Effect.OnProgramming of, CellState reference) {
            this.of = of;
            this.reference = reference;
        }

        @Override
        public String id() {
            return of.id();
        }

        @Override
        public String description() {
            return of.description();
        }

        @Override
        public CellState program(CellLaw law, CellState target, Conditions conditions, RandomStream draws) {
            note(of.program(law, reference, conditions, draws));
            return of.program(law, target, conditions, draws);
        }

        @Override
        public CellFaults faults(CellFaults faults, RandomStream draws) {
            CellFaults alone = of.faults(CellFaults.none(20, 20), draws);
            for (int k = 0; k < 400; k++) {
                log.add(alone.isOpen(k / 20, k % 20) ? -1 : alone.isShorted(k / 20, k % 20) ? 1.0 : 0);
            }
            return of.faults(faults, draws);
        }
    }

    private final class Wiring implements Effect.OnWires {
        private final Effect.OnWires of;

        Wiring(Effect.OnWires of) {
            this.of = of;
        }

        @Override
        public String id() {
            return of.id();
        }

        @Override
        public String description() {
            return of.description();
        }

        @Override
        public Lines wires(Lines lines, RandomStream draws) {
            Lines alone = of.wires(Lines.ideal(20, 20), draws);
            for (int line = 0; line < 20; line++) {
                for (int k = 0; k <= 20; k++) {
                    log.add(alone.rowSegmentOpen(line, k) ? 1.0 : 0);
                    log.add(alone.columnSegmentOpen(line, k) ? 1.0 : 0);
                }
            }
            return of.wires(lines, draws);
        }
    }

    private final class Ageing implements Effect.OnAge {
        private final Effect.OnAge of;
        private final CellState reference;

        Ageing(Effect.OnAge of, CellState reference) {
            this.of = of;
            this.reference = reference;
        }

        @Override
        public String id() {
            return of.id();
        }

        @Override
        public String description() {
            return of.description();
        }

        @Override
        public CellState age(CellLaw law, CellState programmed, Conditions conditions, RandomStream draws) {
            note(of.age(law, reference, conditions, draws));
            return of.age(law, programmed, conditions, draws);
        }
    }

    private final class Driving implements Effect.OnDrive {
        private final Effect.OnDrive of;

        Driving(Effect.OnDrive of) {
            this.of = of;
        }

        @Override
        public String id() {
            return of.id();
        }

        @Override
        public String description() {
            return of.description();
        }

        @Override
        public void disturb(Drive drive, DMatrixRMaj drives) {
            DMatrixRMaj alone = new DMatrixRMaj(1, drives.numCols);
            for (int i = 0; i < alone.numCols; i++) {
                alone.data[i] = 0.1 + 0.01 * i;
            }
            Phase meant = new Phase(new double[1], alone.copy(), Connections.all(alone.numCols));
            of.disturb(
                    new Drive(noisy(drive), drive.rowPort(), meant, drive.conditions(), drive.at(), drive.draws()),
                    alone);
            note(alone);
            of.disturb(drive, drives);
        }

        /** 1 nV in 1 Hz on every row. */
        private InputEncoder.Rows noisy(Drive drive) {
            return new InputEncoder.Rows() {
                @Override
                public DriveSchedule encode(Signal inputs, long firstCall) {
                    return drive.encoder().encode(inputs, firstCall);
                }

                @Override
                public void noise(DMatrixRMaj drives, Conditions conditions, DMatrixRMaj density) {
                    density.reshape(drives.numRows, drives.numCols);
                    density.fill(1e-18);
                }
            };
        }
    }

    private final class Reading implements Effect.OnRead {
        private final Effect.OnRead of;
        private final PreparedCrossbar reference;

        Reading(Effect.OnRead of, PreparedCrossbar reference) {
            this.of = of;
            this.reference = reference;
        }

        @Override
        public String id() {
            return of.id();
        }

        @Override
        public String description() {
            return of.description();
        }

        @Override
        public void disturb(Read read, DMatrixRMaj currents) {
            int vectors = currents.numRows;
            DMatrixRMaj drives = new DMatrixRMaj(vectors, 4);
            drives.fill(0.1);
            DMatrixRMaj alone = new DMatrixRMaj(vectors, 5);
            of.disturb(
                    new Read(
                            reference,
                            new Excitation(
                                    Direction.ROWS_DRIVEN,
                                    new DMatrixRMaj(vectors, 0),
                                    drives,
                                    new DMatrixRMaj(vectors, 5),
                                    Connections.all(4),
                                    Connections.all(5)),
                            read.durations(),
                            0,
                            new DMatrixRMaj(vectors, 5),
                            read.conditions(),
                            read.at(),
                            read.draws(),
                            new ArrayMemory()),
                    alone);
            note(alone);
            of.disturb(read, currents);
        }
    }
}
