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
 * The static branch of the Stanford model of metal-oxide memory, version 1.0: tunnelling across the gap that is left
 * between a filament and an electrode, {@code i = I0 exp(−gap/g0) sinh(v/V0)} (Jiang et al., SISPAD 2014,
 * doi:10.1109/SISPAD.2014.6931558; Guan, Yu, Wong, IEEE Electron Device Lett. 33, 1405 (2012)). The state is {@code gap},
 * in metres. The model has no temperature in this branch.
 *
 * <p>Weights are shares of the conductance at small voltages. Above {@code |v/V0| = 300} the law goes on as its tangent.
 *
 * @param gapScale g0, metres, above 0
 * @param voltageScale V0, volts, above 0
 * @param currentScale I0, amperes, above 0
 * @param smallestGap metres, 0 or above
 * @param largestGap metres, above the smallest
 * @param linear whether the conductance of small voltages holds at all voltages
 */
public record StanfordReram(
        double gapScale,
        double voltageScale,
        double currentScale,
        double smallestGap,
        double largestGap,
        boolean linear)
        implements SpiceLaw, PassiveLaw {

    private static final String PLANE = "gap";
    private static final String SOURCE =
            "Stanford-PKU RRAM model, version 1.0.0, nanoHUB, doi:10.4231/D37H1DN48, defaults";

    /** Checks the ranges. */
    public StanfordReram {
        Require.positive("gapScale", gapScale);
        Require.positive("voltageScale", voltageScale);
        Require.positive("currentScale", currentScale);
        Require.nonNegative("smallestGap", smallestGap);
        Require.within("largestGap", largestGap, Math.nextUp(smallestGap), Double.MAX_VALUE);
    }

    /** The published parameters: 542 Ω to 219 kΩ at 0.1 V. */
    public static StanfordReram published() {
        return new StanfordReram(0.25e-9, 0.25, 1e-3, 0.2e-9, 1.7e-9, false);
    }

    /**
     * The state of an array given by its gaps.
     *
     * @param gaps N×M, metres, within the window. Not modified.
     */
    public CellState state(DMatrixRMaj gaps) {
        return new CellState(planes(), gaps);
    }

    /** One plane, {@code gap}, in metres. */
    @Override
    public List<StatePlane> planes() {
        return List.of(new StatePlane(PLANE, "m", smallestGap, largestGap));
    }

    private double conductance(double gap) {
        return currentScale / voltageScale * Math.exp(-gap / gapScale);
    }

    private DMatrixRMaj conductances(CellState state) {
        DMatrixRMaj g = planeOf(state, PLANE).copy();
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] = conductance(g.data[k]);
        }
        return g;
    }

    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj g = conductances(state);
        return linear
                ? new OhmicCells(g, conditions.temperature())
                : new SinhCells(g, 1 / voltageScale, conditions.temperature());
    }

    /** Behavioural sources that are the hyperbolic sine at any voltage. */
    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        return new ResistiveElements(conductances(state), linear ? 0 : 1 / voltageScale);
    }

    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        Require.within("weights", weights, 0, 1);
        double least = conductance(largestGap);
        double span = conductance(smallestGap) - least;
        DMatrixRMaj gaps = new DMatrixRMaj(weights.numRows, weights.numCols);
        for (int k = 0; k < gaps.data.length; k++) {
            double g = least + weights.data[k] * span;
            gaps.data[k] = weights.data[k] == 0 ? largestGap : gap(largestGap, g / least);
        }
        return state(gaps);
    }

    /** The gap whose conductance is a factor above that of a gap, within the window. */
    private double gap(double from, double factor) {
        return Math.max(smallestGap, Math.min(largestGap, from - gapScale * Math.log(factor)));
    }

    /** {@code gap − g0 ln(1 + error)}, whatever the conditions. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        DMatrixRMaj gaps = planeOf(target, PLANE).copy();
        ReadPoint.requireErrors(gaps, relativeError);
        for (int k = 0; k < gaps.data.length; k++) {
            gaps.data[k] = gap(gaps.data[k], 1 + relativeError.data[k]);
        }
        return state(gaps);
    }

    /** The span of the conductances at small voltages, siemens, times the drive. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        return new ReadPoint(largestGap, smallestGap, 1, this::conductance).unitSignal(kind, drive);
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
    public StanfordReram without(String imperfection) {
        if (linear || !imperfection.equals(NONLINEARITY)) {
            throw Block.unknown(this, imperfection);
        }
        return new StanfordReram(gapScale, voltageScale, currentScale, smallestGap, largestGap, true);
    }

    @Override
    public Datasheet datasheet() {
        String source = new StanfordReram(gapScale, voltageScale, currentScale, smallestGap, largestGap, false)
                        .equals(published())
                ? SOURCE
                : "user";
        return Datasheet.of("0T1R resistive cell, Stanford model 1.0" + (linear ? ", linear" : ""))
                .add("gap scale g0", gapScale, "m", source)
                .add("voltage scale V0", voltageScale, "V", source)
                .add("current scale I0", currentScale, "A", source)
                .add("smallest gap", smallestGap, "m", source)
                .add("largest gap", largestGap, "m", source)
                .add("highest conductance", conductance(smallestGap), "S", "derived, at small voltages")
                .add("lowest conductance", conductance(largestGap), "S", "derived, at small voltages")
                .build();
    }
}
