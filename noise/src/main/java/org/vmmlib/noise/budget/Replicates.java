package org.vmmlib.noise.budget;

/**
 * Mean square error and squared bias of one circuit in one view, of the chips as they are and of each resample.
 *
 * @param meanSquare LSB². Not to be modified.
 * @param squaredBias LSB²; can fall below 0. Not to be modified.
 */
record Replicates(double[] meanSquare, double[] squaredBias) {

    static Replicates of(ChipErrors errors, Bootstrap bootstrap) {
        return new Replicates(bootstrap.replicates(errors::meanSquare), bootstrap.replicates(errors::squaredBias));
    }
}
