package org.vmmlib.noise.budget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes a budget of the errors of all chips.
 *
 * @param circuits that were run
 * @param references of the views
 * @param temperatures of the corners
 * @param bits word length
 * @param required effective bits of a good chip
 * @param confidence of the intervals
 * @param bootstrap gives them
 */
record Summary(
        Circuits circuits,
        List<Reference> references,
        List<Double> temperatures,
        int bits,
        double required,
        double confidence,
        Bootstrap bootstrap) {

    /** Mean square error of an ideal quantiser, LSB². */
    private static final double QUANTISATION = 1.0 / 12;

    /**
     * Sums up.
     *
     * @param trials errors of each chip, as {@link ErrorBudget} keeps them
     * @param temperature of the full circuit, kelvin
     */
    BudgetResult of(List<float[]> trials, double temperature) {
        List<ViewBudget> views = new ArrayList<>();
        List<ChipErrors> errors = List.of();
        List<Replicates> replicates = List.of();
        for (int v = 0; v < references.size(); v++) {
            errors = new ArrayList<>();
            replicates = new ArrayList<>();
            for (int c = 0; c < circuits.macros().size(); c++) {
                errors.add(ChipErrors.of(errors(trials, c, v)));
                replicates.add(Replicates.of(errors.get(c), bootstrap));
            }
            views.add(view(references.get(v), errors, replicates, ChipErrors.of(together(trials, v))));
        }
        View last = references.get(references.size() - 1).view();
        List<Corner> corners = new ArrayList<>();
        for (int k = -1; k < temperatures.size(); k++) {
            int circuit = k < 0 ? Circuits.FULL : circuits.atTemperature(k);
            ErrorEstimate error = estimate(
                    replicates.get(circuit),
                    replicates.get(Circuits.NONE),
                    last,
                    errors.get(circuit).compared());
            corners.add(corner(k < 0 ? temperature : temperatures.get(k), error, errors.get(circuit), trials.size()));
        }
        return new BudgetResult(bits, trials.size(), references.get(0).outputs(), confidence, views, corners);
    }

    private double[] errors(float[] trial, int circuit, int view) {
        int outputs = references.get(0).outputs();
        int from = (circuit * references.size() + view) * outputs;
        double[] errors = new double[outputs];
        for (int k = 0; k < outputs; k++) {
            errors[k] = trial[from + k];
        }
        return errors;
    }

    private List<double[]> errors(List<float[]> trials, int circuit, int view) {
        return trials.stream().map(trial -> errors(trial, circuit, view)).toList();
    }

    /** What the sources do alone, added output by output, where the full circuit is compared. */
    private List<double[]> together(List<float[]> trials, int view) {
        List<double[]> sums = new ArrayList<>();
        for (float[] trial : trials) {
            double[] none = errors(trial, Circuits.NONE, view);
            double[] full = errors(trial, Circuits.FULL, view);
            double[] sum = none.clone();
            for (int i = 0; i < circuits.imperfections().size(); i++) {
                double[] alone = errors(trial, circuits.alone(i), view);
                for (int k = 0; k < sum.length; k++) {
                    sum[k] = orZero(sum[k]) + orZero(alone[k]) - orZero(none[k]);
                }
            }
            for (int k = 0; k < sum.length; k++) {
                sum[k] = Double.isNaN(full[k]) ? Double.NaN : orZero(sum[k]);
            }
            sums.add(sum);
        }
        return sums;
    }

    private static double orZero(double error) {
        return Double.isNaN(error) ? 0 : error;
    }

    private ViewBudget view(Reference reference, List<ChipErrors> errors, List<Replicates> all, ChipErrors together) {
        View view = reference.view();
        Replicates sum = Replicates.of(together, bootstrap);
        Replicates none = all.get(Circuits.NONE);
        Replicates full = all.get(Circuits.FULL);
        double[] parts = none.meanSquare().clone();
        List<SourceError> sources = new ArrayList<>();
        for (int i = 0; i < circuits.imperfections().size(); i++) {
            Replicates alone = all.get(circuits.alone(i));
            Replicates removed = all.get(circuits.removed(i));
            for (int r = 0; r < parts.length; r++) {
                parts[r] += alone.meanSquare()[r] - none.meanSquare()[r];
            }
            sources.add(new SourceError(
                    circuits.imperfections().get(i),
                    estimate(alone, none, view, errors.get(circuits.alone(i)).compared()),
                    estimate(
                            removed, none, view, errors.get(circuits.removed(i)).compared()),
                    bootstrap.of(r -> alone.meanSquare()[r] - none.meanSquare()[r]),
                    bootstrap.of(r -> bitsBetween(removed, full, view, r))));
        }
        sources.sort(Comparator.comparingDouble(s -> -s.variance().value()));
        return new ViewBudget(
                view,
                reference.fullScale(),
                estimate(none, none, view, errors.get(Circuits.NONE).compared()),
                estimate(full, none, view, errors.get(Circuits.FULL).compared()),
                sources,
                estimate(sum, none, view, together.compared()),
                bootstrap.of(r -> parts[r]),
                bootstrap.of(r -> full.meanSquare()[r] - parts[r]),
                bootstrap.of(r -> sum.meanSquare()[r] - parts[r]));
    }

    private ErrorEstimate estimate(Replicates errors, Replicates none, View view, long compared) {
        return new ErrorEstimate(
                bootstrap.of(r -> Math.sqrt(errors.meanSquare()[r])),
                bootstrap.of(r -> Math.sqrt(Math.max(0, errors.squaredBias()[r]))),
                bootstrap.of(r -> Math.sqrt(Math.max(0, errors.meanSquare()[r] - errors.squaredBias()[r]))),
                bootstrap.of(r -> bitsBetween(none, errors, view, r)),
                compared);
    }

    /** Effective bits that the second has less than the first. */
    private static double bitsBetween(Replicates first, Replicates second, View view, int replicate) {
        double quantiser = view == View.BEFORE_QUANTISER ? QUANTISATION : 0;
        double better = first.meanSquare()[replicate] + quantiser;
        double worse = second.meanSquare()[replicate] + quantiser;
        return better == worse ? 0 : 0.5 * Math.log(worse / better) / Math.log(2);
    }

    private Corner corner(double temperature, ErrorEstimate error, ChipErrors errors, int chips) {
        double[] bitsOfChips = new double[chips];
        int worst = 0;
        for (int t = 0; t < chips; t++) {
            bitsOfChips[t] = bits - 0.5 * Math.log(12 * errors.meanSquareOfChip(t)) / Math.log(2);
            worst = bitsOfChips[t] < bitsOfChips[worst] ? t : worst;
        }
        return new Corner(temperature, error, Yield.of(required, bitsOfChips, confidence), worst, bitsOfChips[worst]);
    }
}
