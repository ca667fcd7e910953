package org.vmmlib.tests.spice;

import java.io.IOException;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.devices.nand.NandBlock;
import org.vmmlib.devices.nand.NandString;

/**
 * 3D-NAND strings against ngspice, which gets every transistor of a string and the nodes between them: by themselves,
 * for the current against layer and background, and as 16×16 arrays with lines.
 */
final class NandStringsIT {

    private static final double TOLERANCE = 1e-9;

    private static final int N = 16;

    /** A block whose layers all hold random thresholds, but for the weights of one. */
    private static CellState random(NandString law, long seed, int rows, int columns) {
        DMatrixRMaj[] planes = new DMatrixRMaj[law.layers()];
        for (int k = 0; k < planes.length; k++) {
            planes[k] = Spice.uniform(seed, "layer " + k, rows, columns, 0, 3);
        }
        CellState block = new CellState(law.planes(), planes);
        return law.write(block, Spice.uniform(seed, "weights", rows, columns, 0, 1), Conditions.ROOM);
    }

    /** All 66 transistors of strings of 64 layers. Four strings in a row, gates from the leaking to the open one. */
    @ParameterizedTest
    @CsvSource({"1, 0, 4", "2, 1, 4", "3, 20, 4", "4, 40, 4", "5, 62, 4", "6, 63, 4", "7, 30, 0.9", "8, 30, 0.4"})
    void currentAgainstLayerAndBackgroundIsThatOfTheWholeString(long seed, int layer, double gate)
            throws IOException, InterruptedException {
        NandString law = NandBlock.acortex3d().string().select(layer).toBuilder()
                .cellByCell(true)
                .build();
        CellState block = random(law, seed, 1, 4);
        // One of them with the same threshold in every other layer.
        for (int k = 0; k < law.layers(); k++) {
            if (k != layer) {
                block.plane("threshold " + k).set(0, 3, 3);
            }
        }
        DMatrixRMaj drains = new DMatrixRMaj(1, 4);
        drains.fill(0.7);
        DMatrixRMaj gates = new DMatrixRMaj(1, 1);
        gates.fill(gate);
        Crossbar array = new Crossbar(law, block, Lines.ideal(1, 4));
        Spice.assertAgrees(
                "layer " + layer + ", gate " + gate,
                array,
                Conditions.ROOM,
                Excitation.gates(gates, drains),
                TOLERANCE);
    }

    /** Pulses on some rows; others off, or at 0 V, where they leak. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 0,    298.15, false",
        "2, 8, 3, 0,    298.15, false",
        "3, 8, 7, 1,    298.15, false",
        "4, 8, 0, 1000, 298.15, false",
        "5, 64, 31, 1,  298.15, false",
        "6, 64, 63, 1,  358.15, false",
        "7, 4, 2, 1,    253.15, true"
    })
    void blocksWithLines(long seed, int layers, int layer, double ohms, double temperature, boolean cellByCell)
            throws IOException, InterruptedException {
        NandString law = NandBlock.acortex3d().string().toBuilder()
                .layers(layers)
                .selected(layer)
                .cellByCell(cellByCell)
                .build();
        DMatrixRMaj gates = new DMatrixRMaj(1, N);
        gates.fill(law.onVoltage());
        gates.set(0, 3, Double.NEGATIVE_INFINITY);
        gates.set(0, 9, 0);
        gates.set(0, 12, 0.5);
        DMatrixRMaj drains = new DMatrixRMaj(1, N);
        drains.fill(law.drainVoltage());
        Lines lines = Lines.builder(N, N)
                .rowResistance(ohms)
                .columnResistance(2 * ohms)
                .sourceResistance(10 * ohms)
                .senseResistance(5 * ohms)
                .build();
        CellFaults faults = CellFaults.none(N, N).open(3, 5).shorted(7, 7).shortConductance(1e-6);
        Spice.assertAgrees(
                "layer " + layer + " of " + layers + ", " + ohms + " ohms",
                new Crossbar(law, random(law, seed, N, N), lines, faults),
                Conditions.ROOM.atTemperature(temperature),
                Excitation.gates(gates, drains),
                TOLERANCE);
    }

    /** Source lines above bit lines in places, and the selected cell by itself. */
    @ParameterizedTest
    @CsvSource({"1, true", "2, false"})
    void currentsBothWays(long seed, boolean series) throws IOException, InterruptedException {
        NandString law = NandBlock.acortex3d().string().toBuilder()
                .layers(5)
                .selected(2)
                .series(series)
                .build();
        Excitation excitation = new Excitation(
                Direction.ROWS_DRIVEN,
                Spice.uniform(seed, "gates", 1, N, 1, 4),
                Spice.uniform(seed, "sources", 1, N, -0.1, 0.3),
                Spice.uniform(seed, "drains", 1, N, -0.1, 0.3),
                Connections.all(N),
                Connections.all(N));
        Lines lines =
                Lines.builder(N, N).rowResistance(50).columnResistance(100).build();
        Spice.assertAgrees(
                "both ways", new Crossbar(law, random(law, seed, N, N), lines), Conditions.ROOM, excitation, TOLERANCE);
    }
}
