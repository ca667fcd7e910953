package org.vmmlib.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class StoredMatrixTest {

    private static void assertRefused(String message, Runnable action) {
        assertEquals(message, Refusal.of(IllegalArgumentException.class, action::run));
    }

    @Test
    void namesTheElementThatIsOutOfRange() {
        StoredMatrix matrix = StoredMatrix.matrix(new DMatrixRMaj(new double[][] {{1, 2}, {-3, Double.NaN}}));
        assertRefused(
                "g[1,0] = -3.0: must be a finite number >= 0", () -> matrix.requireWithin("g", 0, Double.MAX_VALUE));
        assertRefused("g[1,1] = NaN: must be a finite number", () -> matrix.requireFinite("g"));
        assertRefused("g[0,0] = 1.0: must be from 2.0 to 5.0", () -> matrix.requireWithin("g", 2, 5));
        StoredMatrix vector = StoredMatrix.vector(0, Double.NEGATIVE_INFINITY);
        assertRefused("v[1] = -Infinity: must be a finite number", () -> vector.requireFinite("v"));
    }

    @Test
    void givesBothShapesWhereTheyDoNotFit() {
        assertRefused(
                "v has shape (3): must be (4) or (B, 4)",
                () -> StoredMatrix.vector(1, 2, 3).asVectors("v", 4));
        assertRefused(
                "v has shape (4, 1): must be (4) or (B, 4)",
                () -> StoredMatrix.matrix(new DMatrixRMaj(4, 1)).asVectors("v", 4));
        assertRefused(
                "g has shape (2): must have 2 dimensions; reshape it to (2, 1) or (1, 2)",
                () -> StoredMatrix.vector(1, 2).asMatrix("g"));
        assertRefused("values is 0 x 3: must have an element", () -> StoredMatrix.matrix(new DMatrixRMaj(0, 3)));
        assertRefused("values is 1 x 0: must have an element", StoredMatrix::vector);
    }

    @Test
    void theExtensionDecides() {
        assertEquals(MatrixFormat.NPY, MatrixFormat.of(Path.of("a", "G.NPY")));
        assertEquals(MatrixFormat.CSV, MatrixFormat.of(Path.of("v.csv")));
        assertRefused(
                "G.txt: the name of a matrix file must end in .npy or .csv", () -> MatrixFormat.of(Path.of("G.txt")));
        assertRefused("/: the name of a matrix file must end in .npy or .csv", () -> MatrixFormat.of(Path.of("/")));
    }
}
