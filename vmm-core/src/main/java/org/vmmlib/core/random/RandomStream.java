package org.vmmlib.core.random;

/**
 * One keyed stream: random access to independent numbers by element index. Immutable and safe to share.
 *
 * <p>Four elements come from one Philox4x64-10 block with key (seed, effect) and counter (block, call, scope, trial).
 * Uniform numbers have 53 bits. Normal numbers use the Box–Muller transform with {@link StrictMath}, so they are
 * bit-identical on every platform; none exceeds 8.6 sigma.
 */
public final class RandomStream {

    private final long seed;
    private final long effect;
    private final long trial;
    private final long scope;
    private final long call;

    RandomStream(long seed, long effect, long trial, long scope, long call) {
        this.seed = seed;
        this.effect = effect;
        this.trial = trial;
        this.scope = scope;
        this.call = call;
    }

    /**
     * The same stream for another call (an input vector, or a phase of it).
     *
     * @param index global index of the call, independent of how a batch is cut
     */
    public RandomStream call(long index) {
        return new RandomStream(seed, effect, trial, scope, index);
    }

    /** The 64 random bits of an element. */
    public long bits(long element) {
        long[] block = new long[4];
        block(element >> 2, block);
        return block[(int) (element & 3)];
    }

    /** Uniform in [0, 1). */
    public double uniform(long element) {
        return toUnit(bits(element));
    }

    /** Uniform among 0 … bound − 1, by the high word of bits × bound (bias below 2⁻³² for bounds to 2³¹). */
    public int below(int bound, long element) {
        return (int) (((bits(element) >>> 32) * bound) >>> 32);
    }

    /** Standard normal. */
    public double gaussian(long element) {
        double[] out = new double[1];
        gaussians(element, out, 0, 1);
        return out[0];
    }

    /** Writes uniform numbers in [0, 1) of elements {@code first … first + count − 1} to {@code out[from …]}. */
    public void uniforms(long first, double[] out, int from, int count) {
        long[] block = new long[4];
        long held = Long.MIN_VALUE;
        for (int k = 0; k < count; k++) {
            long element = first + k;
            if (element >> 2 != held) {
                held = element >> 2;
                block(held, block);
            }
            out[from + k] = toUnit(block[(int) (element & 3)]);
        }
    }

    /** Writes standard normal numbers of elements {@code first … first + count − 1} to {@code out[from …]}. */
    public void gaussians(long first, double[] out, int from, int count) {
        long[] block = new long[4];
        double[] normal = new double[4];
        long held = Long.MIN_VALUE;
        for (int k = 0; k < count; k++) {
            long element = first + k;
            if (element >> 2 != held) {
                held = element >> 2;
                block(held, block);
                boxMuller(block[0], block[1], normal, 0);
                boxMuller(block[2], block[3], normal, 2);
            }
            out[from + k] = normal[(int) (element & 3)];
        }
    }

    /**
     * The same call's normal numbers drawn another, faster way: other numbers than {@link #gaussian} gives, and
     * independent of all that this stream gives.
     */
    public NormalStream normals() {
        long[] key = new long[4];
        // No element lies in this block: that of element e is e/4.
        block(Long.MIN_VALUE, key);
        return new NormalStream(key[0], key[1]);
    }

    private void block(long index, long[] out) {
        Philox4x64.block(seed, effect, index, call, scope, trial, out);
    }

    private static void boxMuller(long first, long second, double[] out, int at) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - toUnit(first)));
        double angle = 2 * Math.PI * toUnit(second);
        out[at] = radius * StrictMath.cos(angle);
        out[at + 1] = radius * StrictMath.sin(angle);
    }

    private static double toUnit(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }
}
