package org.vmmlib.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API (module jdk.incubator.vector). Sums of four rows by four vectors are held in registers over all rows of
 * a tile; products and sums are rounded apart, not fused, so that the results are those of plain Java.
 *
 * <p>There is one species in the whole program: with two of them the JIT compiler of JDK 17 boxes vectors.
 */
final class VectorKernels implements Kernels {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int STRIP = 4 * LANES;

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public void addProduct(
            double[] c,
            int cFrom,
            int cStride,
            int rows,
            double[] a,
            int aFrom,
            int aStride,
            double[][] tile,
            int first,
            int end,
            int width,
            double[] scratch) {
        int quads = rows & -4;
        int depth = end - first;
        int wide = width - width % STRIP;
        for (int j = 0; j < wide; j += STRIP) {
            for (int r = 0; r < quads; r += 4) {
                int at = cFrom + r * cStride + j;
                addBlock(
                        c,
                        c,
                        c,
                        c,
                        at,
                        at + cStride,
                        at + 2 * cStride,
                        at + 3 * cStride,
                        a,
                        aFrom + r * aStride,
                        aStride,
                        tile,
                        first,
                        depth,
                        j);
            }
        }
        int whole = width - width % LANES;
        for (int j = wide; j < whole; j += LANES) {
            for (int r = 0; r < quads; r += 4) {
                int at = cFrom + r * cStride + j;
                addColumn(
                        c,
                        c,
                        c,
                        c,
                        at,
                        at + cStride,
                        at + 2 * cStride,
                        at + 3 * cStride,
                        a,
                        aFrom + r * aStride,
                        aStride,
                        tile,
                        first,
                        depth,
                        j);
            }
        }
        for (int r = 0; r < quads && whole < width; r++) {
            addRest(c, cFrom + r * cStride, a, aFrom + r * aStride, tile, first, depth, whole, width);
        }
        for (int r = quads; r < rows; r++) {
            int at = cFrom + r * cStride;
            System.arraycopy(c, at, scratch, 0, width);
            addRow(scratch, a, aFrom + r * aStride, tile, first, end, width);
            System.arraycopy(scratch, 0, c, at, width);
        }
    }

    @Override
    public void add(double[] c, double[] t, double x, int width) {
        int j = 0;
        DoubleVector v = DoubleVector.broadcast(SPECIES, x);
        for (; j + LANES <= width; j += LANES) {
            DoubleVector s = DoubleVector.fromArray(SPECIES, c, j);
            s.add(v.mul(DoubleVector.fromArray(SPECIES, t, j))).intoArray(c, j);
        }
        for (; j < width; j++) {
            c[j] += x * t[j];
        }
    }

    @Override
    public void add(
            double[] c,
            double[] t0,
            double[] t1,
            double[] t2,
            double[] t3,
            double x0,
            double x1,
            double x2,
            double x3,
            int width) {
        int j = 0;
        DoubleVector v0 = DoubleVector.broadcast(SPECIES, x0);
        DoubleVector v1 = DoubleVector.broadcast(SPECIES, x1);
        DoubleVector v2 = DoubleVector.broadcast(SPECIES, x2);
        DoubleVector v3 = DoubleVector.broadcast(SPECIES, x3);
        for (; j + LANES <= width; j += LANES) {
            DoubleVector s = DoubleVector.fromArray(SPECIES, c, j);
            s = s.add(v0.mul(DoubleVector.fromArray(SPECIES, t0, j)));
            s = s.add(v1.mul(DoubleVector.fromArray(SPECIES, t1, j)));
            s = s.add(v2.mul(DoubleVector.fromArray(SPECIES, t2, j)));
            s = s.add(v3.mul(DoubleVector.fromArray(SPECIES, t3, j)));
            s.intoArray(c, j);
        }
        for (; j < width; j++) {
            double s = c[j];
            s += x0 * t0[j];
            s += x1 * t1[j];
            s += x2 * t2[j];
            s += x3 * t3[j];
            c[j] = s;
        }
    }

    @Override
    public void add(double[] c, int cFrom, double[] t, int tFrom, int count) {
        int j = 0;
        for (; j + LANES <= count; j += LANES) {
            DoubleVector.fromArray(SPECIES, c, cFrom + j)
                    .add(DoubleVector.fromArray(SPECIES, t, tFrom + j))
                    .intoArray(c, cFrom + j);
        }
        for (; j < count; j++) {
            c[cFrom + j] += t[tFrom + j];
        }
    }

    @Override
    public void addColumns(double[] c, double[] a, int aFrom, double[][] tile, int first, int end, int from, int to) {
        int depth = end - first;
        int j = from;
        for (; j + STRIP <= to; j += STRIP) {
            addOne(c, j, a, aFrom, tile, first, depth, j);
        }
        for (; j < to; j += LANES) {
            addNarrow(c, j, a, aFrom, tile, first, depth, j);
        }
    }

    @Override
    public void addTriangle(
            double[][] c,
            int firstRow,
            int endRow,
            double[] a,
            int aStride,
            double[][] tile,
            int first,
            int end,
            int to) {
        int depth = end - first;
        int i = firstRow;
        for (; i + 3 < endRow; i += 4) {
            int j = i & ALIGNED;
            for (; j + STRIP <= to; j += STRIP) {
                addBlock(
                        c[i], c[i + 1], c[i + 2], c[i + 3], j, j, j, j, a, i * aStride, aStride, tile, first, depth, j);
            }
            for (; j < to; j += LANES) {
                addColumn(
                        c[i], c[i + 1], c[i + 2], c[i + 3], j, j, j, j, a, i * aStride, aStride, tile, first, depth, j);
            }
        }
        for (; i < endRow; i++) {
            addColumns(c[i], a, i * aStride, tile, first, end, i & ALIGNED, to);
        }
    }

    @Override
    public void addTile(
            double[][] c,
            int firstRow,
            int endRow,
            int column,
            double[] a,
            int aFrom,
            int aStride,
            double[][] tile,
            int first,
            int end,
            int width,
            double[][] scratch) {
        int depth = end - first;
        int factors = aFrom - firstRow * aStride;
        for (int j = 0; j < width; j += STRIP) {
            int last = Math.min(endRow, ((column + j) & PACKED) - PACKED);
            int i = firstRow;
            for (; i < last && (i & 3) != 0; i++) {
                addOne(c[i], column + j - (i & PACKED), a, factors + i * aStride, tile, first, depth, j);
            }
            for (; i + 3 < last; i += 4) {
                int at = column + j - (i & PACKED);
                addBlock(
                        c[i],
                        c[i + 1],
                        c[i + 2],
                        c[i + 3],
                        at,
                        at,
                        at,
                        at,
                        a,
                        factors + i * aStride,
                        aStride,
                        tile,
                        first,
                        depth,
                        j);
            }
            for (; i < last; i++) {
                addOne(c[i], column + j - (i & PACKED), a, factors + i * aStride, tile, first, depth, j);
            }
        }
    }

    /** Four rows by four vectors. */
    private static void addBlock(
            double[] c0,
            double[] c1,
            double[] c2,
            double[] c3,
            int at0,
            int at1,
            int at2,
            int at3,
            double[] a,
            int a0,
            int aStride,
            double[][] tile,
            int first,
            int depth,
            int j) {
        DoubleVector s00 = DoubleVector.fromArray(SPECIES, c0, at0);
        DoubleVector s01 = DoubleVector.fromArray(SPECIES, c0, at0 + LANES);
        DoubleVector s02 = DoubleVector.fromArray(SPECIES, c0, at0 + 2 * LANES);
        DoubleVector s03 = DoubleVector.fromArray(SPECIES, c0, at0 + 3 * LANES);
        DoubleVector s10 = DoubleVector.fromArray(SPECIES, c1, at1);
        DoubleVector s11 = DoubleVector.fromArray(SPECIES, c1, at1 + LANES);
        DoubleVector s12 = DoubleVector.fromArray(SPECIES, c1, at1 + 2 * LANES);
        DoubleVector s13 = DoubleVector.fromArray(SPECIES, c1, at1 + 3 * LANES);
        DoubleVector s20 = DoubleVector.fromArray(SPECIES, c2, at2);
        DoubleVector s21 = DoubleVector.fromArray(SPECIES, c2, at2 + LANES);
        DoubleVector s22 = DoubleVector.fromArray(SPECIES, c2, at2 + 2 * LANES);
        DoubleVector s23 = DoubleVector.fromArray(SPECIES, c2, at2 + 3 * LANES);
        DoubleVector s30 = DoubleVector.fromArray(SPECIES, c3, at3);
        DoubleVector s31 = DoubleVector.fromArray(SPECIES, c3, at3 + LANES);
        DoubleVector s32 = DoubleVector.fromArray(SPECIES, c3, at3 + 2 * LANES);
        DoubleVector s33 = DoubleVector.fromArray(SPECIES, c3, at3 + 3 * LANES);
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        for (int k = 0; k < depth; k++) {
            double[] row = tile[first + k];
            DoubleVector t0 = DoubleVector.fromArray(SPECIES, row, j);
            DoubleVector t1 = DoubleVector.fromArray(SPECIES, row, j + LANES);
            DoubleVector t2 = DoubleVector.fromArray(SPECIES, row, j + 2 * LANES);
            DoubleVector t3 = DoubleVector.fromArray(SPECIES, row, j + 3 * LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[a0 + k]);
            s00 = s00.add(x.mul(t0));
            s01 = s01.add(x.mul(t1));
            s02 = s02.add(x.mul(t2));
            s03 = s03.add(x.mul(t3));
            x = DoubleVector.broadcast(SPECIES, a[a1 + k]);
            s10 = s10.add(x.mul(t0));
            s11 = s11.add(x.mul(t1));
            s12 = s12.add(x.mul(t2));
            s13 = s13.add(x.mul(t3));
            x = DoubleVector.broadcast(SPECIES, a[a2 + k]);
            s20 = s20.add(x.mul(t0));
            s21 = s21.add(x.mul(t1));
            s22 = s22.add(x.mul(t2));
            s23 = s23.add(x.mul(t3));
            x = DoubleVector.broadcast(SPECIES, a[a3 + k]);
            s30 = s30.add(x.mul(t0));
            s31 = s31.add(x.mul(t1));
            s32 = s32.add(x.mul(t2));
            s33 = s33.add(x.mul(t3));
        }
        s00.intoArray(c0, at0);
        s01.intoArray(c0, at0 + LANES);
        s02.intoArray(c0, at0 + 2 * LANES);
        s03.intoArray(c0, at0 + 3 * LANES);
        s10.intoArray(c1, at1);
        s11.intoArray(c1, at1 + LANES);
        s12.intoArray(c1, at1 + 2 * LANES);
        s13.intoArray(c1, at1 + 3 * LANES);
        s20.intoArray(c2, at2);
        s21.intoArray(c2, at2 + LANES);
        s22.intoArray(c2, at2 + 2 * LANES);
        s23.intoArray(c2, at2 + 3 * LANES);
        s30.intoArray(c3, at3);
        s31.intoArray(c3, at3 + LANES);
        s32.intoArray(c3, at3 + 2 * LANES);
        s33.intoArray(c3, at3 + 3 * LANES);
    }

    /** Four rows by one vector. */
    private static void addColumn(
            double[] c0,
            double[] c1,
            double[] c2,
            double[] c3,
            int at0,
            int at1,
            int at2,
            int at3,
            double[] a,
            int a0,
            int aStride,
            double[][] tile,
            int first,
            int depth,
            int j) {
        DoubleVector s0 = DoubleVector.fromArray(SPECIES, c0, at0);
        DoubleVector s1 = DoubleVector.fromArray(SPECIES, c1, at1);
        DoubleVector s2 = DoubleVector.fromArray(SPECIES, c2, at2);
        DoubleVector s3 = DoubleVector.fromArray(SPECIES, c3, at3);
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        for (int k = 0; k < depth; k++) {
            DoubleVector t = DoubleVector.fromArray(SPECIES, tile[first + k], j);
            s0 = s0.add(t.mul(DoubleVector.broadcast(SPECIES, a[a0 + k])));
            s1 = s1.add(t.mul(DoubleVector.broadcast(SPECIES, a[a1 + k])));
            s2 = s2.add(t.mul(DoubleVector.broadcast(SPECIES, a[a2 + k])));
            s3 = s3.add(t.mul(DoubleVector.broadcast(SPECIES, a[a3 + k])));
        }
        s0.intoArray(c0, at0);
        s1.intoArray(c1, at1);
        s2.intoArray(c2, at2);
        s3.intoArray(c3, at3);
    }

    /** One row by four vectors. */
    private static void addOne(
            double[] c, int at, double[] a, int aFrom, double[][] tile, int first, int depth, int j) {
        DoubleVector s0 = DoubleVector.fromArray(SPECIES, c, at);
        DoubleVector s1 = DoubleVector.fromArray(SPECIES, c, at + LANES);
        DoubleVector s2 = DoubleVector.fromArray(SPECIES, c, at + 2 * LANES);
        DoubleVector s3 = DoubleVector.fromArray(SPECIES, c, at + 3 * LANES);
        for (int k = 0; k < depth; k++) {
            double[] row = tile[first + k];
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[aFrom + k]);
            s0 = s0.add(x.mul(DoubleVector.fromArray(SPECIES, row, j)));
            s1 = s1.add(x.mul(DoubleVector.fromArray(SPECIES, row, j + LANES)));
            s2 = s2.add(x.mul(DoubleVector.fromArray(SPECIES, row, j + 2 * LANES)));
            s3 = s3.add(x.mul(DoubleVector.fromArray(SPECIES, row, j + 3 * LANES)));
        }
        s0.intoArray(c, at);
        s1.intoArray(c, at + LANES);
        s2.intoArray(c, at + 2 * LANES);
        s3.intoArray(c, at + 3 * LANES);
    }

    /** One row by one vector. */
    private static void addNarrow(
            double[] c, int at, double[] a, int aFrom, double[][] tile, int first, int depth, int j) {
        DoubleVector s = DoubleVector.fromArray(SPECIES, c, at);
        for (int k = 0; k < depth; k++) {
            s = s.add(DoubleVector.fromArray(SPECIES, tile[first + k], j)
                    .mul(DoubleVector.broadcast(SPECIES, a[aFrom + k])));
        }
        s.intoArray(c, at);
    }

    /** Columns that do not fill a vector. */
    private static void addRest(
            double[] c, int cFrom, double[] a, int aFrom, double[][] tile, int first, int depth, int from, int to) {
        for (int j = from; j < to; j++) {
            double s = c[cFrom + j];
            for (int k = 0; k < depth; k++) {
                s += a[aFrom + k] * tile[first + k][j];
            }
            c[cFrom + j] = s;
        }
    }

    @Override
    public void sinhAndCosh(int count, double[] x, double[] sinh, double[] cosh) {
        int whole = count - count % LANES;
        byExponential(whole, x, sinh, cosh);
        sinhOfSmall(whole, x, sinh);
        for (int j = whole; j < count; j++) {
            double a = x[j];
            double growing = Elementary.exp(a);
            double falling = 1 / growing;
            sinh[j] = Math.abs(a) <= 1 ? Elementary.sinhOfSmall(a) : 0.5 * (growing - falling);
            cosh[j] = 0.5 * (growing + falling);
        }
    }

    /** Apart from the other loop, because the JIT compiler does not inline all of both. */
    private static void byExponential(int whole, double[] x, double[] sinh, double[] cosh) {
        for (int j = 0; j < whole; j += LANES) {
            DoubleVector growing = exp(DoubleVector.fromArray(SPECIES, x, j));
            DoubleVector falling = DoubleVector.broadcast(SPECIES, 1).div(growing);
            growing.sub(falling).mul(0.5).intoArray(sinh, j);
            growing.add(falling).mul(0.5).intoArray(cosh, j);
        }
    }

    private static void sinhOfSmall(int whole, double[] x, double[] sinh) {
        for (int j = 0; j < whole; j += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, j);
            DoubleVector large = DoubleVector.fromArray(SPECIES, sinh, j);
            large.blend(sinhOfSmall(a), a.abs().compare(VectorOperators.LE, 1)).intoArray(sinh, j);
        }
    }

    private static DoubleVector exp(DoubleVector x) {
        DoubleVector t = x.mul(Elementary.LOG2_E).add(Elementary.ROUNDING);
        DoubleVector k = t.sub(Elementary.ROUNDING);
        DoubleVector whole = x.sub(k.mul(Elementary.LN2_HIGH));
        DoubleVector low = k.mul(Elementary.LN2_LOW);
        DoubleVector r = whole.sub(low);
        DoubleVector rest = whole.sub(r).sub(low);
        DoubleVector r2 = r.mul(r);
        DoubleVector r4 = r2.mul(r2);
        DoubleVector a = r.mul(1 / 6.0).add(0.5);
        DoubleVector b = r.mul(1 / 120.0).add(1 / 24.0);
        DoubleVector c = r.mul(1 / 5040.0).add(1 / 720.0);
        DoubleVector d = r.mul(1 / 362880.0).add(1 / 40320.0);
        DoubleVector e = r.mul(1 / 39916800.0).add(1 / 3628800.0);
        DoubleVector f = r.mul(1 / 6227020800.0).add(1 / 479001600.0);
        DoubleVector high = c.add(r2.mul(d)).add(r4.mul(e.add(r2.mul(f))));
        DoubleVector sum = a.add(r2.mul(b)).add(r4.mul(high));
        DoubleVector leading = r.add(1);
        DoubleVector trailing =
                DoubleVector.broadcast(SPECIES, 1).sub(leading).add(r).add(rest.add(r2.mul(sum)));
        DoubleVector power = t.reinterpretAsLongs()
                .add(Elementary.BIAS)
                .lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS)
                .reinterpretAsDoubles();
        return power.mul(leading.add(trailing));
    }

    private static DoubleVector sinhOfSmall(DoubleVector x) {
        DoubleVector s = x.mul(x);
        DoubleVector s2 = s.mul(s);
        DoubleVector s4 = s2.mul(s2);
        DoubleVector a = s.mul(1 / 120.0).add(1 / 6.0);
        DoubleVector b = s.mul(1 / 362880.0).add(1 / 5040.0);
        DoubleVector c = s.mul(1 / 6227020800.0).add(1 / 39916800.0);
        DoubleVector d = s.mul(1 / 355687428096000.0).add(1 / 1307674368000.0);
        DoubleVector sum = a.add(s2.mul(b)).add(s4.mul(c.add(s2.mul(d))));
        return x.add(x.mul(s).mul(sum));
    }

    @Override
    public void exponentials(int count, double[] x, double limit, double[] out) {
        int j = 0;
        for (; j + LANES <= count; j += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, x, j);
            DoubleVector other = DoubleVector.fromArray(SPECIES, out, j);
            other.blend(exp(a.max(-Elementary.MOST)), a.compare(VectorOperators.LT, limit))
                    .intoArray(out, j);
        }
        for (; j < count; j++) {
            double a = x[j];
            if (a < limit) {
                out[j] = Elementary.exp(Math.max(a, -Elementary.MOST));
            }
        }
    }

    @Override
    public void logarithms(int count, double[] x, double[] out) {
        int j = 0;
        for (; j + LANES <= count; j += LANES) {
            log(DoubleVector.fromArray(SPECIES, x, j)).intoArray(out, j);
        }
        for (; j < count; j++) {
            out[j] = Elementary.log(x[j]);
        }
    }

    private static DoubleVector log(DoubleVector x) {
        LongVector bits = x.reinterpretAsLongs();
        LongVector biased = bits.add((Elementary.BIAS << Elementary.FRACTION_BITS) - Elementary.ROOT_HALF)
                .lanewise(VectorOperators.LSHR, Elementary.FRACTION_BITS);
        DoubleVector k = biased.add(Elementary.ROUNDING_BITS - Elementary.BIAS)
                .reinterpretAsDoubles()
                .sub(Elementary.ROUNDING);
        DoubleVector f = bits.sub(biased.sub(Elementary.BIAS).lanewise(VectorOperators.LSHL, Elementary.FRACTION_BITS))
                .reinterpretAsDoubles()
                .sub(1);
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector w = z.mul(z);
        DoubleVector even =
                w.mul(w.mul(w.mul(Elementary.LOG6).add(Elementary.LOG4)).add(Elementary.LOG2));
        DoubleVector odd =
                z.mul(w.mul(w.mul(w.mul(Elementary.LOG7).add(Elementary.LOG5)).add(Elementary.LOG3))
                        .add(Elementary.LOG1));
        DoubleVector half = f.mul(0.5).mul(f);
        DoubleVector low = s.mul(half.add(even.add(odd))).add(k.mul(Elementary.LN2_LOW));
        return k.mul(Elementary.LN2_HIGH).sub(half.sub(low).sub(f));
    }

    @Override
    public void nodeNumbers(int count, double[] v, double[] numbers) {
        int j = 0;
        for (; j + LANES <= count; j += LANES) {
            nodeNumbers(DoubleVector.fromArray(SPECIES, v, j)).intoArray(numbers, j);
        }
        for (; j < count; j++) {
            numbers[j] = Double.longBitsToDouble(Elementary.nodeNumber(v[j]));
        }
    }

    private static DoubleVector nodeNumbers(DoubleVector v) {
        LongVector octave = v.max(Elementary.NODES_EVEN).reinterpretAsLongs().and(Elementary.EXPONENT);
        LongVector rounded = octave.reinterpretAsDoubles()
                .mul(Elementary.NODE_ROUNDING)
                .add(v)
                .reinterpretAsLongs();
        return rounded.sub(octave.add(Elementary.NODE_ROUNDING_BITS))
                .add(octave.sub(Elementary.FIRST_OCTAVE).lanewise(VectorOperators.LSHR, Elementary.OCTAVE_SHIFT))
                .reinterpretAsDoubles();
    }

    @Override
    public void expandCharges(int count, double[] v, double[] q) {
        int j = 0;
        for (; j + LANES <= count; j += LANES) {
            DoubleVector a = DoubleVector.fromArray(SPECIES, v, j);
            DoubleVector node = DoubleVector.fromArray(SPECIES, q, j);
            expanded(a, node).intoArray(q, j);
        }
        for (; j < count; j++) {
            q[j] = Elementary.expandedCharge(v[j], q[j]);
        }
    }

    private static DoubleVector expanded(DoubleVector v, DoubleVector q) {
        DoubleVector rounding = v.max(Elementary.NODES_EVEN)
                .reinterpretAsLongs()
                .and(Elementary.EXPONENT)
                .reinterpretAsDoubles()
                .mul(Elementary.NODE_ROUNDING);
        DoubleVector d = v.sub(v.add(rounding).sub(rounding));
        DoubleVector w = q.mul(2);
        DoubleVector u = w.add(1);
        DoubleVector r = DoubleVector.broadcast(SPECIES, 1).div(u);
        DoubleVector s = d.mul(r).mul(r);
        DoubleVector p3 = w.mul(-2).add(1).mul(1 / 6.0);
        DoubleVector p4 = w.mul(w.mul(6).sub(8)).add(1).mul(1 / 24.0);
        DoubleVector p5 = w.mul(w.mul(w.mul(-24).add(58)).sub(22)).add(1).mul(1 / 120.0);
        DoubleVector p6 =
                w.mul(w.mul(w.mul(w.mul(120).sub(444)).add(328)).sub(52)).add(1).mul(1 / 720.0);
        DoubleVector s2 = s.mul(s);
        DoubleVector high = p3.add(s.mul(p4)).add(s2.mul(p5.add(s.mul(p6))));
        DoubleVector sum = s.mul(0.5).add(1).add(s2.mul(high));
        return q.add(q.mul(u).mul(sum.mul(s)));
    }
}
