package org.vmmlib.core.cost;

/**
 * What one block adds.
 *
 * @param block name of the block
 * @param energy joules, over the whole activity
 * @param time seconds that the block adds to the latency of one vector; of a block by itself, seconds that it needs to
 *     settle or convert
 * @param area square metres, all its channels
 */
public record Cost(String block, double energy, double time, double area) {}
