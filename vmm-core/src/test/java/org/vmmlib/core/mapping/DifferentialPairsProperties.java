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

class DifferentialPairsProperties {

    /** Expand, multiply every array exactly, sum: the product of the matrix, for any tiling. */
    @Property(tries = 200)
    void anyTilingReturnsTheProduct(
            @ForAll @IntRange(min = 2, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 20) int outputs,
            @ForAll @IntRange(min = 1, max = 17) int maxRows,
            @ForAll @IntRange(min = 2, max = 15) int maxColumns,
            @ForAll boolean bias,
            @ForAll long seed) {
        RandomStream draw = RandomStreams.of(seed).stream("test", 0);
        DMatrixRMaj weights = new DMatrixRMaj(rows, outputs);
        draw.gaussians(0, weights.data, 0, weights.data.length);
        int inputs = bias ? rows - 1 : rows;
        int vectors = 3;
        int[] words = new int[vectors * inputs];
        for (int k = 0; k < words.length; k++) {
            words[k] = draw.below(16, 100_000 + k);
        }
        Codes codes = Codes.unsigned(4, vectors, inputs, words);

        MappingPlan plan = new DifferentialPairs(bias).plan(weights, maxRows, maxColumns);
        DMatrixRMaj sums = new DMatrixRMaj(vectors, plan.converterInputs());
        for (int k = 0; k < plan.arrays().size(); k++) {
            DMatrixRMaj cells = plan.arrays().get(k);
            assertTrue(cells.numRows <= maxRows && cells.numCols <= maxColumns);
            Codes expanded = plan.expand(codes, k);
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
                    expected += weights.get(i, j) * (i < inputs ? codes.get(b, i) : 15);
                }
                assertEquals(expected, plan.weightScale() * y.get(b, j), 1e-10 * rows);
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
