package org.vmmlib.noise.budget;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An error budget.
 *
 * @param bits word length of the outputs, in LSB of which errors are
 * @param trials chips
 * @param outputs outputs of a chip: vectors of the batch times outputs of a vector
 * @param confidence of all intervals, such as 0.95
 * @param views the budget before the quantiser, which is that of the outputs where nothing quantises; and after it where there is
 *     one
 * @param corners the full circuit at its own temperature, then at the others that were asked for; after the quantiser
 *     where there is one
 */
public record BudgetResult(
        int bits, int trials, int outputs, double confidence, List<ViewBudget> views, List<Corner> corners) {

    /** Copies the lists. */
    public BudgetResult {
        views = List.copyOf(views);
        corners = List.copyOf(corners);
    }

    /** The budget in one view; after the quantiser, only where there is one. */
    public Optional<ViewBudget> view(View view) {
        return views.stream().filter(v -> v.view() == view).findFirst();
    }

    /** The budget of what the circuit gives: words, or levels where nothing quantises. */
    public ViewBudget outermost() {
        return views.get(views.size() - 1);
    }

    /** Chips that are precise enough at the circuit's own temperature. */
    public Yield ownYield() {
        return corners.get(0).yield();
    }

    /** The temperature with the worst chip of all. */
    public Corner worst() {
        return corners.stream()
                .min(Comparator.comparingDouble(Corner::worstBits))
                .orElseThrow();
    }
}
