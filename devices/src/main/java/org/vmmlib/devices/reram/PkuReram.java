package org.vmmlib.devices.reram;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.crossbar.SpiceLaw;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.DriveKind;

/**
 * The static branch of the Peking University–Stanford model of metal-oxide memory, version 2.0 beta (Li et al., IEEE
 * Electron Device Lett. 35, 211 (2014), doi:10.1109/LED.2013.2293354): a filament of width w, with the resistance
 * {@code ρ (L0 − x)/(π w²/4)}, in series with hopping across a gap x, {@code I0 π w²/4 exp(−x/X_T) sinh(v_gap/V_T)}, and
 * hopping beside the filament over the whole oxide, {@code I0 π (w_max² − w²)/4 exp(−L0/X_T) sinh(v/V_T)}. Without a gap
 * the filament is ohmic. The states are {@code gap} and {@code width}, in metres. The model has no temperature in this
 * branch.
 *
 * <p>The published code adds the hopping term to a filament without a gap where the voltage is negative; here a cell
 * without a gap is ohmic both ways.
 *
 * <p>Weights are shares of the current at the read voltage, held by the gap of a filament of full width: from one
 * distance between vacancies (weight 1) to the whole oxide (weight 0). Between a gap of zero and any gap the current
 * jumps, so that is as far as an analog weight can go; write-verify moves the gap and leaves the width.
 *
 * @param readVoltage where the current of a cell is read when it is tuned, volts, above 0
 * @param linear whether the conductance at the read voltage holds at all voltages
 */
public record PkuReram(double readVoltage, boolean linear) implements SpiceLaw, PassiveLaw {

    private static final String GAP = "gap";
    private static final String WIDTH = "width";
    private static final String SOURCE = "PKU-Stanford RRAM model, version 2.0 beta, doi:10.1109/LED.2013.2293354";

    private static final double CURRENT_DENSITY = 1e13;
    private static final double GAP_SCALE = 0.4e-9;
    private static final double VOLTAGE_SCALE = 0.4;
    private static final double OXIDE = 3e-9;
    private static final double FULL_WIDTH = 5e-9;
    private static final double RESISTIVITY = 1.9635e-5;
    private static final double VACANCIES = 0.25e-9;
    private static final double LEAST_WIDTH = 0.5e-9;

    /** Checks the range. */
    public PkuReram {
        Require.positive("readVoltage", readVoltage);
    }

    /** The published parameters, read at 0.1 V: a filament without a gap has 3 kΩ. */
    public static PkuReram published() {
        return new PkuReram(0.1, false);
    }

    /**
     * The state of an array given by its filaments.
     *
     * @param gaps N×M, metres, 0 to 3 nm. Not modified.
     * @param widths N×M, metres, 0.5 to 5 nm. Not modified.
     */
    public CellState state(DMatrixRMaj gaps, DMatrixRMaj widths) {
        return new CellState(planes(), gaps, widths);
    }

    /** Two planes, {@code gap} and {@code width}, in metres. */
    @Override
    public List<StatePlane> planes() {
        return List.of(new StatePlane(GAP, "m", 0, OXIDE), new StatePlane(WIDTH, "m", LEAST_WIDTH, FULL_WIDTH));
    }

    /** V_T, volts. */
    double voltageScale() {
        return VOLTAGE_SCALE;
    }

    /** Hopping current of a gap over sinh, amperes. */
    double gapCurrent(double gap, double width) {
        return CURRENT_DENSITY * area(width) * Math.exp(-gap / GAP_SCALE);
    }

    /** Ohms. */
    double filamentResistance(double gap, double width) {
        return RESISTIVITY * (OXIDE - gap) / area(width);
    }

    /** Hopping current beside the filament over sinh, amperes. */
    double currentBeside(double width) {
        return CURRENT_DENSITY * (area(FULL_WIDTH) - area(width)) * Math.exp(-OXIDE / GAP_SCALE);
    }

    private static double area(double width) {
        return Math.PI * width * width / 4;
    }

    private double readCurrent(double gap, double width) {
        double rest = currentBeside(width) * Math.sinh(readVoltage / VOLTAGE_SCALE);
        double resistance = filamentResistance(gap, width);
        if (gap == 0) {
            return rest + readVoltage / resistance;
        }
        double hopping = gapCurrent(gap, width);
        double u = PkuCells.acrossGap(readVoltage, hopping, resistance, VOLTAGE_SCALE);
        return rest + hopping * Math.sinh(u / VOLTAGE_SCALE);
    }

    private ReadPoint readPoint(double width) {
        return new ReadPoint(OXIDE, VACANCIES, readVoltage, gap -> readCurrent(gap, width));
    }

    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj gaps = planeOf(state, GAP);
        DMatrixRMaj widths = state.plane(WIDTH);
        return linear
                ? new OhmicCells(chords(gaps, widths), conditions.temperature())
                : new PkuCells(this, gaps, widths, conditions.temperature());
    }

    private DMatrixRMaj chords(DMatrixRMaj gaps, DMatrixRMaj widths) {
        DMatrixRMaj g = new DMatrixRMaj(gaps.numRows, gaps.numCols);
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] = readCurrent(gaps.data[k], widths.data[k]) / readVoltage;
        }
        return g;
    }

    /** Behavioural sources with a node for the end of the filament. */
    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        DMatrixRMaj gaps = planeOf(state, GAP);
        DMatrixRMaj widths = state.plane(WIDTH);
        return linear ? new ResistiveElements(chords(gaps, widths), 0) : new PkuElements(this, gaps, widths);
    }

    /** Gaps of filaments of full width. */
    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        DMatrixRMaj gaps = readPoint(FULL_WIDTH).store(weights);
        DMatrixRMaj widths = new DMatrixRMaj(weights.numRows, weights.numCols);
        widths.fill(FULL_WIDTH);
        return state(gaps, widths);
    }

    /** Moves the gap. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        DMatrixRMaj gaps = planeOf(target, GAP).copy();
        DMatrixRMaj widths = target.plane(WIDTH);
        ReadPoint.requireErrors(gaps, relativeError);
        for (int k = 0; k < gaps.data.length; k++) {
            double error = relativeError.data[k];
            double gap = gaps.data[k];
            double width = widths.data[k];
            if (error < 0 || (error > 0 && gap > 0)) {
                gaps.data[k] = ReadPoint.state(
                        x -> readCurrent(x, width),
                        OXIDE,
                        gap == 0 ? VACANCIES : Math.min(VACANCIES, gap),
                        (1 + error) * readCurrent(gap, width));
            }
        }
        return state(gaps, widths);
    }

    /** Chord conductance at the read voltage, of a weight of 1 above a weight of 0, times the drive. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        return readPoint(FULL_WIDTH).unitSignal(kind, drive);
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
    public PkuReram without(String imperfection) {
        if (linear || !imperfection.equals(NONLINEARITY)) {
            throw Block.unknown(this, imperfection);
        }
        return new PkuReram(readVoltage, true);
    }

    @Override
    public Datasheet datasheet() {
        return Datasheet.of("0T1R resistive cell, PKU model 2.0" + (linear ? ", linear" : ""))
                .add("hopping current density I0", CURRENT_DENSITY, "A/m²", SOURCE)
                .add("gap scale X_T", GAP_SCALE, "m", SOURCE)
                .add("voltage scale V_T", VOLTAGE_SCALE, "V", SOURCE)
                .add("oxide thickness L0", OXIDE, "m", SOURCE)
                .add("full width of the filament", FULL_WIDTH, "m", SOURCE)
                .add("least width of the filament", LEAST_WIDTH, "m", SOURCE)
                .add("resistivity of the filament", RESISTIVITY, "Ω·m", SOURCE)
                .add("smallest gap of an analog weight", VACANCIES, "m", "chosen: the distance between vacancies")
                .add("read voltage of write-verify", readVoltage, "V", "user")
                .build();
    }
}
