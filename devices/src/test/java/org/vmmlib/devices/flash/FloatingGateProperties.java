package org.vmmlib.devices.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.CellLawContract.Row;

class FloatingGateProperties {

    private static final Die DIE = Die.of(RandomStreams.of(1));

    @Property(tries = 300, seed = "11")
    void exponentialMirrorIsExactForEveryProcessTemperatureAndInput(
            @ForAll @DoubleRange(min = 0.4, max = 1) double kappa,
            @ForAll @DoubleRange(min = -8, max = -5) double logSpecific,
            @ForAll @DoubleRange(min = 230, max = 400) double kelvin,
            @ForAll @DoubleRange(min = -13, max = -6) double logInput,
            @ForAll @DoubleRange(min = -4, max = 0) double logWeight,
            @ForAll @DoubleRange(min = 0, max = 0.2) double dibl,
            @ForAll @DoubleRange(min = 0.02, max = 1) double drain) {
        FloatingGateCell cell = FloatingGateCell.exponential()
                .kappa(kappa)
                .specificCurrent(Math.pow(10, logSpecific))
                .window(-1, 2)
                .dibl(dibl)
                .saturation(true)
                .build();
        Conditions conditions = Conditions.ROOM.atTemperature(kelvin);
        double input = Math.pow(10, logInput);
        double weight = Math.pow(10, logWeight);
        DMatrixRMaj gate = new DMatrixRMaj(1, 1);
        ReferenceCells.builder(cell)
                .drainVoltage(drain)
                .build()
                .on(DIE, 1)
                .gates(new DMatrixRMaj(1, 1, true, new double[] {input}), conditions, gate);
        CellState state = cell.store(new DMatrixRMaj(1, 1, true, new double[] {weight}), conditions);
        Row row = new Row(1);
        row.at(cell.bind(state, conditions), gate.data[0], 0, drain);
        assertEquals(1, -row.current[0] / (weight * input), 1e-12);
    }

    @Property(tries = 500, seed = "12")
    void channelIsPassiveAndMonotoneWhateverTheTerminalVoltages(
            @ForAll @DoubleRange(min = -2, max = 4) double gate,
            @ForAll @DoubleRange(min = -1, max = 2) double source,
            @ForAll @DoubleRange(min = -1, max = 2) double drain,
            @ForAll @DoubleRange(min = 0, max = 0.9) double dibl,
            @ForAll @DoubleRange(min = 0.3, max = 1) double kappa,
            @ForAll boolean inversion) {
        FloatingGateCell cell = FloatingGateCell.exponential()
                .inversion(inversion)
                .saturation(true)
                .dibl(dibl)
                .kappa(kappa)
                .build();
        ArrayCells cells = cell.bind(
                cell.store(new DMatrixRMaj(1, 1, true, new double[] {0.5}), Conditions.ROOM), Conditions.ROOM);
        Row row = new Row(1);
        row.at(cells, gate, source, drain);
        // Current flows down the voltage, grows with it, and never comes out of nowhere.
        assertTrue(row.current[0] * (source - drain) >= 0);
        assertTrue(row.slopeRow[0] >= 0);
        assertTrue(row.slopeColumn[0] <= 0);
    }
}
