package org.vmmlib.core.crossbar;

/**
 * One number that every cell of an array stores.
 *
 * @param name such as {@code conductance} or {@code threshold}
 * @param unit SI unit
 * @param low lowest value a cell can hold
 * @param high highest value a cell can hold
 */
public record StatePlane(String name, String unit, double low, double high) {}
