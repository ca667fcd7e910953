package org.vmmlib.core.random;

/**
 * Standard normal numbers of one call of a {@link RandomStream}, by element, in a few nanoseconds each: for noise that is
 * drawn anew in every comparison. Immutable and safe to share.
 *
 * <p>One Philox4x64-10 block, of its own counter, gives a 128-bit key for the call. The bits of an element are a hash of
 * its index under that key: Stafford's 13th variant of the 64-bit finalizer of MurmurHash3, as in SplitMix64 (G. L.
 * Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA'14,
 * <a href="https://doi.org/10.1145/2660193.2660195">doi:10.1145/2660193.2660195</a>), with half of the key between its
 * two multiplications. The inverse normal distribution, tabulated within 1e-7, makes a number of them. All operations are
 * exact or correctly rounded, so numbers are bit-identical on every platform.
 */
public final class NormalStream {

    /** No number is larger in magnitude. */
    public static final double BOUND = InverseNormal.BOUND;

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final long start;
    private final long salt;

    NormalStream(long start, long salt) {
        this.start = start;
        this.salt = salt;
    }

    /** The number of an element. */
    public double at(long element) {
        return InverseNormal.of(bits(element));
    }

    /** Writes the numbers of elements {@code first … first + count − 1} to {@code out[from …]}. */
    public void fill(long first, double[] out, int from, int count) {
        for (int k = 0; k < count; k++) {
            out[from + k] = InverseNormal.of(bits(first + k));
        }
    }

    private long bits(long element) {
        long z = start + element * STEP;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27) ^ salt) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
