package org.vmmlib.core.io;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * A vector or a matrix as a file holds it. Immutable; the elements are not copied and must not be written to.
 *
 * <p>A {@code .npy} file says whether it holds a vector (1-D) or a matrix (2-D). A {@code .csv} file does not where it
 * has a single line or a single column: such a table serves as either, and is taken by {@link #asMatrix} and
 * {@link #asVectors} as what is asked for.
 */
public final class StoredMatrix {

    private enum Form {
        VECTOR,
        MATRIX,
        TABLE
    }

    private final Form form;
    private final DMatrixRMaj values;

    private StoredMatrix(Form form, DMatrixRMaj values) {
        if (values.numRows < 1 || values.numCols < 1) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "values is %d x %d: must have an element", values.numRows, values.numCols));
        }
        this.form = form;
        this.values = values;
    }

    /**
     * A vector.
     *
     * @param elements one or more; not copied
     */
    public static StoredMatrix vector(double... elements) {
        return new StoredMatrix(Form.VECTOR, DMatrixRMaj.wrap(1, elements.length, elements));
    }

    /**
     * A matrix.
     *
     * @param values one element or more; not copied
     */
    public static StoredMatrix matrix(DMatrixRMaj values) {
        return new StoredMatrix(Form.MATRIX, values);
    }

    /** Lines of text: a matrix, or a vector along either side. */
    static StoredMatrix table(DMatrixRMaj values) {
        return new StoredMatrix(Form.TABLE, values);
    }

    /** 1 for a vector and for a table of one line, otherwise 2. */
    public int dimensions() {
        return form == Form.VECTOR || (form == Form.TABLE && values.numRows == 1) ? 1 : 2;
    }

    /** One length per dimension. */
    public int[] shape() {
        return dimensions() == 1 ? new int[] {values.numCols} : new int[] {values.numRows, values.numCols};
    }

    /** The elements; a vector is a matrix of one row. Not to be modified. */
    public DMatrixRMaj values() {
        return values;
    }

    /**
     * This as a matrix.
     *
     * @param name what to call it in a refusal
     * @return the elements. Not to be modified.
     * @throws IllegalArgumentException if it is a vector
     */
    public DMatrixRMaj asMatrix(String name) {
        if (form == Form.VECTOR) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s has shape %s: must have 2 dimensions; reshape it to (%d, 1) or (1, %d)",
                    name,
                    describeShape(),
                    values.numCols,
                    values.numCols));
        }
        return values;
    }

    /**
     * This as one vector or as a batch of vectors of a length: B×length. Where a table may be taken as one vector, it
     * is.
     *
     * @param name what to call it in a refusal
     * @param length elements of a vector, 1 or above
     * @return of one dimension if it is a single vector, otherwise of two
     * @throws IllegalArgumentException if the length is another
     */
    public StoredMatrix asVectors(String name, int length) {
        if (form == Form.TABLE && values.numCols == 1 && values.numRows == length) {
            return new StoredMatrix(Form.VECTOR, DMatrixRMaj.wrap(1, length, values.data));
        }
        if (values.numCols != length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s has shape %s: must be (%d) or (B, %d)", name, describeShape(), length, length));
        }
        return new StoredMatrix(dimensions() == 1 ? Form.VECTOR : Form.MATRIX, values);
    }

    private String describeShape() {
        return dimensions() == 1 ? "(" + values.numCols + ")" : "(" + values.numRows + ", " + values.numCols + ")";
    }

    /**
     * Requires every element to be within {@code [low, high]}.
     *
     * @param name what to call this in a refusal, which gives the first element that is not, its index and the limit
     * @return this
     * @throws IllegalArgumentException if one is not; NaN never is
     */
    public StoredMatrix requireWithin(String name, double low, double high) {
        int count = values.getNumElements();
        for (int k = 0; k < count; k++) {
            double value = values.data[k];
            if (!(value >= low && value <= high)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s%s = %s: must be %s", name, index(k), value, limit(low, high)));
            }
        }
        return this;
    }

    private String index(int k) {
        return dimensions() == 1 ? "[" + k + "]" : "[" + k / values.numCols + "," + k % values.numCols + "]";
    }

    private static String limit(double low, double high) {
        if (high < Double.MAX_VALUE) {
            return "from " + low + " to " + high;
        }
        return low > -Double.MAX_VALUE ? "a finite number >= " + DecimalText.of(low) : "a finite number";
    }

    /** Requires every element to be finite; see {@link #requireWithin}. */
    public StoredMatrix requireFinite(String name) {
        return requireWithin(name, -Double.MAX_VALUE, Double.MAX_VALUE);
    }
}
