/**
 * Where the bits went: one circuit with each imperfection alone, with each removed, with all and with none, over many
 * fabricated chips. {@link org.vmmlib.noise.budget.ErrorBudget} runs it, {@link org.vmmlib.noise.budget.BudgetResult} is
 * what it says.
 *
 * <p>To first order an output's error is the sum of what each imperfection does alone. Draws of different imperfections
 * are independent, so their spreads add as variances; systematic errors (nonlinearity, resistance of wires) add output by
 * output, with their signs. What neither explains is interaction.
 */
@NullMarked
package org.vmmlib.noise.budget;

import org.jspecify.annotations.NullMarked;
