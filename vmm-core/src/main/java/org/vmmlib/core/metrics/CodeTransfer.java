package org.vmmlib.core.metrics;

/** What makes words of levels: a converter, or a whole macro as a function of one of its inputs. */
@FunctionalInterface
public interface CodeTransfer {

    /**
     * The words of levels.
     *
     * @param levels in the unit of the input. Not modified.
     * @return a word for each level, 0 or above
     */
    int[] codes(double[] levels);
}
