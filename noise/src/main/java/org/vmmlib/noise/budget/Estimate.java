package org.vmmlib.noise.budget;

/**
 * A number estimated from some chips, with its confidence interval over chips.
 *
 * @param value of the chips that were simulated
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Estimate(double value, double low, double high) {}
