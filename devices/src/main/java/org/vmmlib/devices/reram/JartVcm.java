package org.vmmlib.devices.reram;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.DriveKind;

/**
 * The static branch of the JART VCM v1b model of valence-change memory, deterministic version (Cüppers et al., APL
 * Materials 7, 091105 (2019), doi:10.1063/1.5108654; Bengel et al., IEEE Trans. Circuits Syst. I 67, 4618 (2020),
 * doi:10.1109/TCSI.2020.3018502): a Schottky contact in series with a disc, a plug and lines, with self-heating. The
 * state is {@code vacancies}, the density of oxygen vacancies in the disc, in 1/m³. Negative voltages are those of the
 * SET (thermionic field emission), positive those of the RESET (thermionic emission), with a barrier lowered by the
 * image force. Ambient temperature is that of the conditions; the published one is 293 K.
 *
 * <p>It is a law of reading: at up to 0.5 V, where the contact has less than the 0.08 V at which the barrier jumps and
 * the model has several solutions. Above, the law goes on as its tangent. The two branches meet at 0 V with unequal
 * slopes, although there is but one conductance in equilibrium; below {@code joint} in magnitude a quartic joins them,
 * with current and slope. There is a kink where the image force takes away the whole barrier.
 *
 * <p>Weights are shares of the current at the read voltage.
 *
 * @param readVoltage where the current of a cell is read when it is tuned, volts, of either sign, joint to 0.5 V in
 *     magnitude
 * @param joint volts, above 0, to 0.1 V
 * @param linear whether the conductance at the read voltage holds at all voltages
 */
public record JartVcm(double readVoltage, double joint, boolean linear) implements PassiveLaw {

    private static final String PLANE = "vacancies";
    /** 8e23, which is no double: this product is the nearest one. */
    private static final double FEWEST = 8e11 * 1e12;

    private static final double MOST = 20e26;
    private static final double LIMIT = 0.5;
    private static final String SOURCE = "JART VCM v1b, deterministic, doi:10.1063/1.5108654";

    /** Checks the ranges. */
    public JartVcm {
        Require.within("joint", joint, Double.MIN_NORMAL, 0.1);
        Require.within("|readVoltage|", Math.abs(readVoltage), joint, LIMIT);
    }

    /** The published parameters, read at 0.2 V; branches joined below 10 mV. */
    public static JartVcm published() {
        return new JartVcm(0.2, 0.01, false);
    }

    /**
     * The state of an array given by the vacancies of its discs.
     *
     * @param densities N×M, 1/m³, 8e23 to 2e27. Not modified.
     */
    public CellState state(DMatrixRMaj densities) {
        return new CellState(planes(), densities);
    }

    /** One plane, {@code vacancies}, in 1/m³. */
    @Override
    public List<StatePlane> planes() {
        return List.of(new StatePlane(PLANE, "1/m³", FEWEST, MOST));
    }

    private ReadPoint readPoint(Conditions conditions) {
        return new ReadPoint(
                FEWEST,
                MOST,
                Math.abs(readVoltage),
                density -> Math.abs(JartCell.current(density, readVoltage, conditions.temperature())));
    }

    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj densities = planeOf(state, PLANE);
        if (!linear) {
            return new JartCells(densities, conditions.temperature(), joint, LIMIT);
        }
        ReadPoint read = readPoint(conditions);
        DMatrixRMaj g = densities.copy();
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] = read.current().applyAsDouble(g.data[k]) / read.voltage();
        }
        return new OhmicCells(g, conditions.temperature());
    }

    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        return state(readPoint(conditions).store(weights));
    }

    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        return state(readPoint(conditions).deviate(planeOf(target, PLANE), relativeError));
    }

    /** Chord conductance at the read voltage, of a weight of 1 above a weight of 0, times the drive. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        return readPoint(conditions).unitSignal(kind, drive);
    }

    /** 0: the model has none. */
    @Override
    public double cellArea() {
        return 0;
    }

    @Override
    public List<Imperfection> imperfections() {
        return PassiveLaw.bend(linear);
    }

    @Override
    public JartVcm without(String imperfection) {
        if (linear || !imperfection.equals(NONLINEARITY)) {
            throw Block.unknown(this, imperfection);
        }
        return new JartVcm(readVoltage, joint, true);
    }

    @Override
    public Datasheet datasheet() {
        return Datasheet.of("0T1R resistive cell, JART VCM v1b" + (linear ? ", linear" : ""))
                .add("fewest vacancies in the disc", FEWEST, "1/m³", SOURCE)
                .add("most vacancies in the disc", MOST, "1/m³", SOURCE)
                .add("vacancies in the plug", JartCell.PLUG, "1/m³", SOURCE)
                .add("barrier", JartCell.BARRIER, "V", SOURCE)
                .add("Fermi level below conduction band", JartCell.CONDUCTION_BAND, "V", SOURCE)
                .add("relative permittivity", JartCell.PERMITTIVITY, "", SOURCE)
                .add("relative permittivity at the barrier", JartCell.BARRIER_PERMITTIVITY, "", SOURCE)
                .add("Richardson constant", JartCell.RICHARDSON, "A/(m²·K²)", SOURCE)
                .add("mobility", JartCell.MOBILITY, "m²/(V·s)", SOURCE)
                .add("radius of the filament", JartCell.RADIUS, "m", SOURCE)
                .add("length of disc and plug", JartCell.CELL_LENGTH, "m", SOURCE)
                .add("length of the disc", JartCell.DISC_LENGTH, "m", SOURCE)
                .add("thermal resistance", JartCell.THERMAL_RESISTANCE, "K/W", SOURCE)
                .add("its factor at positive voltages", JartCell.RESET_THERMAL_FACTOR, "", SOURCE)
                .add("series resistance of the oxide", JartCell.OXIDE_RESISTANCE, "Ω", SOURCE)
                .add("resistance of the line", JartCell.LINE_RESISTANCE, "Ω", SOURCE)
                .add("thermal resistance of the line", JartCell.LINE_THERMAL_RESISTANCE, "K/W", SOURCE)
                .add("temperature coefficient of the line", JartCell.LINE_TEMPERATURE_COEFFICIENT, "1/K", SOURCE)
                .add("largest voltage before the tangent", LIMIT, "V", "chosen: reads are below")
                .add("voltage below which branches are joined", joint, "V", "chosen")
                .add("read voltage of write-verify", readVoltage, "V", "user")
                .build();
    }
}
