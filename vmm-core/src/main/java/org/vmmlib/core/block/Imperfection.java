package org.vmmlib.core.block;

/**
 * An imperfection that a block has now, that is, whose parameter is not ideal.
 *
 * @param id stable id, {@code block.effect}, such as {@code adc.comparator-offset}; it also keys the random stream
 * @param description one line for a person
 */
public record Imperfection(String id, String description) {}
