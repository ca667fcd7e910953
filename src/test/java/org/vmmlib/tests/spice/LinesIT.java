package org.vmmlib.tests.spice;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.SinhReram;

/** Every kind of wires, terminals and breaks: the netlist has the network that the solver has. */
final class LinesIT {

    private static final double TOLERANCE = 1e-11;
    /** Floating pieces lose digits: their own conductances are small beside those of the wires. */
    private static final double RANDOM_TOLERANCE = 1e-9;

    private static final int RANDOM_ARRAYS = 60;

    private static final List<Ends> ENDS = List.of(Ends.FIRST, Ends.LAST, Ends.BOTH);

    private static Stream<Arguments> ends() {
        List<Arguments> all = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            for (Ends rows : ENDS) {
                for (Ends columns : ENDS) {
                    all.add(Arguments.of(direction, rows, columns));
                }
            }
        }
        return all.stream();
    }

    /** With no wire resistance at all, on one side, at the terminals only, and everywhere. */
    @ParameterizedTest
    @MethodSource("ends")
    void terminalsAtAllEndsWithAndWithoutResistance(Direction direction, Ends rowEnds, Ends columnEnds)
            throws IOException, InterruptedException {
        double[][] ohms = {
            {0, 0, 0, 0}, {0, 30, 50, 0}, {20, 0, 0, 70}, {0, 0, 50, 70}, {20, 30, 0, 0}, {20, 30, 50, 70}
        };
        for (double[] r : ohms) {
            Lines lines = Lines.builder(3, 4)
                    .rowResistance(r[0])
                    .columnResistance(r[1])
                    .sourceResistance(r[2])
                    .senseResistance(r[3])
                    .rowEnds(rowEnds)
                    .columnEnds(columnEnds)
                    .build();
            LinearReram law = new LinearReram(ConductanceWindow.any());
            Crossbar array = new Crossbar(
                    law,
                    law.state(Spice.logUniform(1, "conductances", 3, 4, 1e-4, 1e-2)),
                    lines,
                    CellFaults.none(3, 4).open(1, 2).shorted(2, 0));
            Excitation excitation = new Excitation(
                    direction,
                    new DMatrixRMaj(1, 0),
                    Spice.uniform(1, "rows", 1, 3, -1, 1),
                    Spice.uniform(1, "columns", 1, 4, -1, 1),
                    Connections.all(3),
                    Connections.all(4));
            Spice.assertAgrees(
                    String.format(Locale.ROOT, "wires %s, %s, source %s, sense %s", r[0], r[1], r[2], r[3]),
                    array,
                    Conditions.ROOM,
                    excitation,
                    TOLERANCE);
        }
    }

    private static IntStream seeds() {
        return IntStream.range(0, RANDOM_ARRAYS);
    }

    /** Sizes from one cell, resistances line by line, broken segments, floating lines, open and shorted cells. */
    @ParameterizedTest
    @MethodSource("seeds")
    void randomArrays(int seed) throws IOException, InterruptedException {
        RandomStream random = RandomStreams.of(seed).stream("arrays", 0);
        int n = 1 + random.below(6, 0);
        int m = 1 + random.below(6, 1);
        Direction direction = random.below(2, 2) == 0 ? Direction.ROWS_DRIVEN : Direction.COLUMNS_DRIVEN;
        boolean rowsDriven = direction == Direction.ROWS_DRIVEN;
        // ngspice does not resolve floating pieces of wire that conduct 1e7 times better than the cells that hold them.
        double unit = seed % 3 == 2 ? 1e4 : 1;
        Lines.Builder lines = Lines.builder(n, m)
                .rowResistance(random.below(3, 3) == 0 ? 0 : unit * Math.pow(10, 3 * random.uniform(4)))
                .columnResistance(random.below(3, 5) == 0 ? 0 : unit * Math.pow(10, 3 * random.uniform(6)))
                .sourceResistance(someOhms(seed, "source", rowsDriven ? n : m, unit))
                .senseResistance(someOhms(seed, "sense", rowsDriven ? m : n, unit))
                .rowEnds(ENDS.get(random.below(3, 7)))
                .columnEnds(ENDS.get(random.below(3, 8)));
        CellFaults faults = CellFaults.none(n, m);
        for (int k = 0; k < random.below(4, 9); k++) {
            lines.openRowSegment(random.below(n, 20L + k), random.below(m + 1, 30L + k));
            lines.openColumnSegment(random.below(m, 40L + k), random.below(n + 1, 50L + k));
            faults = faults.open(random.below(n, 60L + k), random.below(m, 70L + k));
        }
        if (random.below(4, 10) == 0) {
            faults = faults.shorted(random.below(n, 11), random.below(m, 12)).shortConductance(1e-2 / unit);
        }
        Connections rows = Connections.all(n);
        Connections columns = Connections.all(m);
        if (random.below(3, 13) == 0) {
            rows = rows.floating(random.below(n, 14));
        }
        if (random.below(3, 15) == 0) {
            columns = columns.floating(random.below(m, 16));
        }
        Conditions room = Conditions.ROOM;
        DMatrixRMaj weights = Spice.uniform(seed, "weights", n, m, 0, 1);
        DMatrixRMaj conductances = Spice.logUniform(seed, "conductances", n, m, 1e-5, 1e-3);
        LinearReram linear = new LinearReram(ConductanceWindow.any());
        SinhReram sinh = new SinhReram(ConductanceWindow.any(), 3);
        FloatingGateCell gated = FloatingGateCell.chargeBased().dibl(0.02).build();
        Crossbar array = switch (seed % 3) {
            case 0 -> new Crossbar(linear, linear.state(conductances), lines.build(), faults);
            case 1 -> new Crossbar(sinh, sinh.state(conductances), lines.build(), faults);
            default -> new Crossbar(gated, gated.store(weights, room), lines.build(), faults);
        };
        Excitation excitation = new Excitation(
                direction,
                seed % 3 == 2 ? Spice.uniform(seed, "gates", 1, n, 0.55, 0.8) : new DMatrixRMaj(1, 0),
                Spice.uniform(seed, "rows", 1, n, 0, 0.3),
                Spice.uniform(seed, "columns", 1, m, 0, 0.3),
                rows,
                columns);
        Spice.assertAgrees("seed " + seed + ", " + n + " x " + m, array, room, excitation, RANDOM_TOLERANCE);
    }

    /** One by one, some of them 0. */
    private static double[] someOhms(int seed, String side, int count, double unit) {
        double[] ohms = Spice.uniform(seed, side, 1, count, -100 * unit, 200 * unit).data;
        for (int k = 0; k < count; k++) {
            ohms[k] = Math.max(0, ohms[k]);
        }
        return ohms;
    }
}
