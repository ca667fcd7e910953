package org.vmmlib.studies.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.run.Progress;
import org.vmmlib.devices.programming.BiasScheme;
import org.vmmlib.devices.programming.ProgrammingResult;
import org.vmmlib.devices.programming.PulseTrain;
import org.vmmlib.devices.programming.SoftBoundsResponse;
import org.vmmlib.devices.programming.WriteVerify;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.studies.report.Axis;
import org.vmmlib.studies.report.Chart;
import org.vmmlib.studies.report.ImageGrid;
import org.vmmlib.studies.report.Page;
import org.vmmlib.studies.report.Series;
import org.vmmlib.studies.report.Table;
import org.vmmlib.studies.report.Unit;

/**
 * A picture of ten grey levels, 96.6 to 7.0 kΩ, tuned into a 20×20 passive crossbar of Pt/Al2O3/TiO2−x/Pt cells to
 * nominally 5 %, as in Merrikh Bayat et al., Nature Comm. 9, 2331 (2018), doi:10.1038/s41467-018-04482-4. The picture
 * here is one of rings; how the cells switch is that of {@link SoftBoundsResponse#aluminaTitania}.
 *
 * @param scheme what the other lines are held at during a pulse
 * @param spread of the switching thresholds, relative, 0 to 2
 * @param resistance of a line's segments, ohms, 0 or above
 * @param tolerance largest relative error of the read current that is accepted, above 0, below 1
 * @param rounds times that the array is gone through at most, 1 or above
 */
public record PatternTuning(BiasScheme scheme, double spread, double resistance, double tolerance, int rounds) {

    /** Cells on a side. */
    public static final int SIDE = 20;
    /** Grey levels. */
    public static final int LEVELS = 10;

    /** Twice the lower of the mean thresholds, volts: at V/2 no typical cell is disturbed. */
    private static final double HIGHEST_PULSE = 1.6;

    private static final LinearReram LAW = new LinearReram(ConductanceWindow.aluminaTitania());
    private static final String PLANE = "conductance";

    /** Checks the ranges. */
    public PatternTuning {
        Require.within("spread", spread, 0, 2);
        Require.nonNegative("resistance", resistance);
        Require.within("tolerance", Require.positive("tolerance", tolerance), 0, Math.nextDown(1.0));
        Require.within("rounds", rounds, 1, 10_000);
    }

    /** The published tolerance, V/2, lines of 1 Ω, thresholds that differ by 10 %: chosen. */
    public static PatternTuning published() {
        return new PatternTuning(BiasScheme.HALF, 0.1, 1, 0.05, 10);
    }

    /** The level of a cell, 0 to 9: rings around the middle. */
    static int level(int row, int column) {
        double x = column - 0.5 * (SIDE - 1);
        double y = row - 0.5 * (SIDE - 1);
        double wave = 0.5 - 0.5 * Math.cos(2 * Math.PI * Math.sqrt(x * x + y * y) / (0.75 * SIDE));
        return (int) Math.min(LEVELS - 1, Math.floor(LEVELS * wave));
    }

    /** The state that is wanted. */
    CellState target() {
        DMatrixRMaj weights = new DMatrixRMaj(SIDE, SIDE);
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                weights.set(i, j, (double) level(i, j) / (LEVELS - 1));
            }
        }
        return LAW.store(weights, Conditions.ROOM);
    }

    /**
     * Tunes the picture into an array whose cells are all at the lowest conductance.
     *
     * @param seed of the thresholds and of what differs from pulse to pulse
     * @throws InterruptedException if this thread is interrupted
     */
    public ProgrammingResult run(long seed, Progress progress) throws InterruptedException {
        SoftBoundsResponse response = SoftBoundsResponse.aluminaTitania(
                        LAW.planes().get(0))
                .toBuilder()
                .thresholdSpread(spread)
                .build();
        PulseTrain coarse = new PulseTrain(0.6, 0.05, HIGHEST_PULSE, 1e-6);
        PulseTrain fine = new PulseTrain(0.5, 0.02, HIGHEST_PULSE, 0.2e-6);
        Crossbar blank = new Crossbar(
                LAW,
                LAW.store(new DMatrixRMaj(SIDE, SIDE), Conditions.ROOM),
                Lines.builder(SIDE, SIDE)
                        .rowResistance(resistance)
                        .columnResistance(resistance)
                        .build());
        return WriteVerify.builder(response, coarse)
                .fine(fine, fine, 0.2)
                .tolerance(tolerance)
                .scheme(scheme)
                .rounds(rounds)
                .build()
                .program(blank, target(), Conditions.ROOM, Die.of(RandomStreams.of(seed)), progress);
    }

    /** What a run found. */
    public Table table(ProgrammingResult result) {
        double[] errors = result.readError().data;
        double mean = Arrays.stream(errors).map(Math::abs).average().orElse(0);
        double largest = Arrays.stream(errors).map(Math::abs).max().orElse(0);
        return Table.titled(String.format(
                        Locale.ROOT,
                        "%d grey levels in %d x %d cells, %s, thresholds that spread by %s, lines of %s",
                        LEVELS,
                        SIDE,
                        SIDE,
                        scheme.title(),
                        Unit.PERCENT.format(spread),
                        Unit.OHM.format(resistance)))
                .text("quantity")
                .number("value")
                .row("tolerance", Unit.PERCENT.format(tolerance))
                .row(
                        "cells not within it at the last read",
                        Integer.toString(result.unconverged().size()))
                .row("mean error of the cells", Unit.PERCENT.format(mean))
                .row("largest error of a cell", Unit.PERCENT.format(largest))
                .row("rounds", Integer.toString(result.rounds()))
                .row("pulses", Long.toString(result.totalPulses()))
                .row("verifying reads", Long.toString(result.reads()))
                .row("times a pulse moved another cell", Long.toString(result.disturbances()))
                .row("energy of the pulses", Unit.JOULE.format(result.writeEnergy()))
                .row("energy of the reads", Unit.JOULE.format(result.readEnergy()))
                .row("time", Unit.SECOND.format(result.time()))
                .row("worst residual of a solve", String.format(Locale.ROOT, "%.1e", result.residual()));
    }

    /** The run as a page. */
    public Page page(ProgrammingResult result, Map<String, String> provenance) {
        return Page.titled("A picture in a passive crossbar")
                .subtitle("Write-verify with half-selected cells, line drops and sneak currents solved")
                .section("Picture")
                .images(ImageGrid.titled("Conductances", SIDE, SIDE)
                        .caption("The more ink, the higher the conductance: 96.6 kΩ to 7.0 kΩ.")
                        .image(ink(target().plane(PLANE)), "wanted")
                        .image(ink(result.state().plane(PLANE)), "tuned"))
                .table(table(result))
                .section("Errors")
                .chart(Chart.histogram(
                                "Error of the cells",
                                Axis.of("relative error of the read current", Unit.PERCENT),
                                List.of(
                                        Series.of("seen by the reads", result.verifyError().data),
                                        Series.of("of the cells themselves", result.readError().data)))
                        .caption("Reads see the line drops as errors of the cells."))
                .chart(Chart.histogram(
                                "Pulses of a cell",
                                Axis.of("pulses", Unit.NONE),
                                List.of(Series.of("cells", pulses(result))))
                        .caption("Over all rounds."))
                .provenance(provenance);
    }

    private static double[] pulses(ProgrammingResult result) {
        double[] pulses = new double[SIDE * SIDE];
        for (int k = 0; k < pulses.length; k++) {
            pulses[k] = result.pulses(k / SIDE, k % SIDE);
        }
        return pulses;
    }

    /** Conductance as ink. */
    private static byte[] ink(DMatrixRMaj conductances) {
        double low = LAW.window().low();
        double span = LAW.window().high() - low;
        byte[] ink = new byte[SIDE * SIDE];
        for (int k = 0; k < ink.length; k++) {
            ink[k] = (byte) Math.round(255 * (conductances.data[k] - low) / span);
        }
        return ink;
    }
}
