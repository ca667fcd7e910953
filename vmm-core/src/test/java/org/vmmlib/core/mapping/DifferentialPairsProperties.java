package org.vmmlib.core.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Levels;

class DifferentialPairsProperties {

    /** Expand, multiply every array exactly, sum: the product of the matrix, for any tiling. */
    @Property(tries = 200)
    void anyTilingReturnsTheProduct(
            @ForAll @IntRange(min = 2, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 20) int outputs,
            @ForAll @IntRange(min = 1, max = 17) int maxRows,
            @ForAll @IntRange(min = 2, max = 15) int maxColumns,
            @ForAll boolean bias,
            @ForAll boolean signed,
            @ForAll long seed) {
        RandomStream draw = RandomStreams.of(seed).stream("test", 0);
        DMatrixRMaj weights = new DMatrixRMaj(rows, outputs);
        draw.gaussians(0, weights.data, 0, weights.data.length);
        int inputs = bias ? rows - 1 : rows;
        int vectors = 3;
        int[] words = new int[vectors * inputs];
        for (int k = 0; k < words.length; k++) {
            words[k] = draw.below(16, 100_000 + k) - (signed ? 8 : 0);
        }
        Codes codes = signed ? Codes.signed(4, vectors, inputs, words) : Codes.unsigned(4, vectors, inputs, words);
        int highest = signed ? 7 : 15;

        MappingPlan plan = new DifferentialPairs(bias).plan(weights, maxRows, maxColumns);
        DMatrixRMaj sums = new DMatrixRMaj(vectors, plan.converterInputs());
        for (int k = 0; k < plan.arrays().size(); k++) {
            DMatrixRMaj cells = plan.arrays().get(k);
            assertTrue(cells.numRows <= maxRows && cells.numCols <= maxColumns);
            Codes expanded = (Codes) plan.expand(codes, k);
            DMatrixRMaj levels = new DMatrixRMaj(vectors, cells.numCols);
            CommonOps_DDRM.mult(matrix(expanded), cells, levels);
            plan.sum(k, levels, sums);
        }
        DMatrixRMaj y = new DMatrixRMaj(vectors, outputs);
        plan.combine(codes, sums, y);

        for (int b = 0; b < vectors; b++) {
            for (int j = 0; j < outputs; j++) {
                double expected = 0;
                for (int i = 0; i < rows; i++) {
                    expected += weights.get(i, j) * (i < inputs ? codes.get(b, i) : highest);
                }
                assertEquals(expected, plan.weightScale() * y.get(b, j), 1e-10 * rows);
                assertEquals(expected, plan.product(codes).get(b, j), 1e-10 * rows);
            }
        }
        assertEquals(2 * rows * outputs, plan.cells());
    }

    @Property(tries = 50)
    void cellsStayWithinTheirNormalisedRange(@ForAll @IntRange(min = 1, max = 20) int rows, @ForAll long seed) {
        DMatrixRMaj weights = new DMatrixRMaj(rows, 3);
        RandomStreams.of(seed).stream("test", 0).gaussians(0, weights.data, 0, weights.data.length);
        for (DMatrixRMaj cells :
                new DifferentialPairs(false).plan(weights, 64, 128).arrays()) {
            assertTrue(CommonOps_DDRM.elementMin(cells) == 0 && CommonOps_DDRM.elementMax(cells) <= 1);
        }
    }

    @Example
    void theClassifierOfTheFlashChipHas101780Cells() {
        DifferentialPairs pairs = new DifferentialPairs(true);
        int hidden = pairs.plan(new DMatrixRMaj(785, 64), 64, 128).cells();
        int output = pairs.plan(new DMatrixRMaj(65, 10), 64, 128).cells();
        assertEquals(101_780, hidden + output); // Guo et al., IEDM 2017
    }

    @Example
    void levelsAndEdgesAreLaidOutLikeWordsAndHaveNoBias() {
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{1, -1}, {0.5, 0.25}, {-1, 1}});
        Levels levels = new Levels(new DMatrixRMaj(new double[][] {{0.1, 0.2, 0.4}}), Levels.Quantity.CURRENT);
        Edges edges = new Edges(1, 3, new double[][] {{0, 0.1}, {1, 1.2}, {0, 0.3, 0.4, 0.5}});
        MappingPlan plan = new DifferentialPairs(false).plan(weights, 2, 4);
        assertEquals(2, plan.arrays().size());
        assertEquals(0.2, ((Levels) plan.expand(levels, 0)).values().get(0, 1));
        assertEquals(0.4, ((Levels) plan.expand(levels, 1)).values().get(0, 0));
        assertEquals(0.4, ((Edges) plan.expand(edges, 1)).high(0, 0), 1e-15);
        assertEquals(0.1 + 0.1 - 0.4, plan.product(levels).get(0, 0), 1e-15);
        assertEquals(-0.1 + 0.05 + 0.4, plan.product(edges).get(0, 1), 1e-15);

        MappingPlan withBias = new DifferentialPairs(true).plan(weights, 2, 4);
        assertThrows(IllegalArgumentException.class, () -> withBias.expand(levels, 0));
    }

    @Example
    void weightsThatAreNotFiniteAreRefused() {
        DMatrixRMaj weights = new DMatrixRMaj(2, 2);
        weights.set(1, 0, Double.NaN);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new DifferentialPairs(false).plan(weights, 64, 128));
        assertTrue(refusal.getMessage().contains("weights[1,0] = NaN"), refusal.getMessage());
    }

    private static DMatrixRMaj matrix(Codes codes) {
        DMatrixRMaj out = new DMatrixRMaj(codes.vectors(), codes.channels());
        for (int k = 0; k < out.data.length; k++) {
            out.data[k] = codes.data()[k];
        }
        return out;
    }
}
