package org.vmmlib.noise.budget;

/**
 * The full circuit at one temperature, tuned at another.
 *
 * @param temperature kelvin
 * @param error over all chips
 * @param yield chips that are precise enough
 * @param worstTrial trial of the chip with the least effective bits
 * @param worstBits its effective bits
 */
public record Corner(double temperature, ErrorEstimate error, Yield yield, int worstTrial, double worstBits) {}
