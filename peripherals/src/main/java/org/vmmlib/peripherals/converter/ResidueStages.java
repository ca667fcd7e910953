package org.vmmlib.peripherals.converter;

/**
 * The stages of cyclic converters as fabricated: in each cycle the residue r, to which the comparator adds its offset, is
 * compared with the reference of the node reached, and becomes {@code gain · r − bit · taken}.
 *
 * @param references by node, one array a channel (which may be the same array). Not modified.
 * @param offsets added to the residue in front of the comparator, one a channel. Not modified.
 * @param gains residue gain, above 0, one a channel. Not modified.
 * @param taken what a 1 takes off, one a channel. Not modified.
 */
record ResidueStages(double[][] references, double[] offsets, double[] gains, double[] taken) {

    /**
     * The decision trees in terms of the input. As each stage is a rising function of the one before, the bit of a node is 1
     * from one level on, which is found by going back: from the residue wanted at a stage to that wanted at the stage before.
     * A residue is clipped to its swing, so what is wanted above the swing never is there, and what is wanted at its low end
     * always is.
     *
     * @param bias added to the level in front of the first cycle
     * @param low low end of the swing
     * @param high high end of the swing
     */
    SearchTrees trees(int bits, double bias, double low, double high) {
        return SearchTrees.of(bits, gains.length, (k, depth, prefix) -> {
            double wanted = references[k][(1 << depth) + prefix] - offsets[k];
            for (int stage = 0; stage < depth; stage++) {
                if (wanted <= low || wanted > high) {
                    break;
                }
                int bit = (prefix >> stage) & 1;
                wanted = (wanted + bit * taken[k]) / gains[k];
            }
            return wanted <= low ? Double.NEGATIVE_INFINITY : wanted > high ? Double.POSITIVE_INFINITY : wanted - bias;
        });
    }

    /** Comparator noise referred to the input, by depth, for each channel: the gain in front of the comparator divides it. */
    double[] noiseAtInput(int bits, double sigma) {
        double[] out = new double[gains.length * bits];
        for (int k = 0; k < gains.length; k++) {
            double referred = sigma;
            for (int depth = 0; depth < bits; depth++) {
                out[k * bits + depth] = referred;
                referred /= gains[k];
            }
        }
        return out;
    }
}
