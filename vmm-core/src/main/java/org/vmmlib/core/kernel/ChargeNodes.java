package org.vmmlib.core.kernel;

import java.util.function.DoubleUnaryOperator;

/**
 * Solutions of {@code 2q + ln q = v} at nodes, 1/32 apart up to v = 4, 64 in an octave from there on. The solution at the
 * nearest node is within 1/64 of that at v.
 */
public final class ChargeNodes {

    private static final int PER_UNIT = 32;

    private final int lowest;
    private final double highest;
    private final double[] charges;

    /**
     * Solves at the nodes.
     *
     * @param lowest node, an integer below 0
     * @param octaves highest node as a power of two, 3 to 30
     * @param solution of {@code 2q + ln q = v}
     */
    public ChargeNodes(int lowest, int octaves, DoubleUnaryOperator solution) {
        this.lowest = lowest;
        highest = Math.scalb(1.0, octaves);
        charges = new double[(int) Elementary.nodeNumber(highest) - PER_UNIT * lowest + 1];
        int even = PER_UNIT * (4 - lowest);
        double node = 4;
        for (int k = 0; k < charges.length; k++) {
            if (k < even) {
                charges[k] = solution.applyAsDouble(lowest + (double) k / PER_UNIT);
            } else {
                charges[k] = solution.applyAsDouble(node);
                node += Math.scalb(1.0, Math.getExponent(node) - 6);
            }
        }
    }

    /** Whether an argument is within the nodes. */
    public boolean reach(double v) {
        return v >= lowest && v < highest;
    }

    /** The solution at the node nearest to an argument that the nodes reach, not checked. */
    double nearest(double v) {
        return charges[(int) Elementary.nodeNumber(v) - PER_UNIT * lowest];
    }

    /**
     * Solutions at the nearest nodes.
     *
     * @param count number of elements
     * @param v arguments. Not modified.
     * @param q solutions at the nodes nearest to v; that at 0 where the nodes do not reach. Modified.
     * @return whether the nodes reach all v
     */
    public boolean nearest(int count, double[] v, double[] q) {
        KernelChoice.kernels().nodeNumbers(count, v, q);
        boolean all = true;
        int zero = -PER_UNIT * lowest;
        for (int j = 0; j < count; j++) {
            boolean reached = reach(v[j]);
            q[j] = charges[reached ? zero + (int) Double.doubleToRawLongBits(q[j]) : zero];
            all &= reached;
        }
        return all;
    }
}
