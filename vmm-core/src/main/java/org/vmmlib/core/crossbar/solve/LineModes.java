package org.vmmlib.core.crossbar.solve;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The smooth modes of a line: eigenpairs {@code Πᵀ T Π φ = λ Πᵀ Π φ} of the wires T of a line, in units of the
 * conductance of a segment, on functions that are piecewise linear between a few coarse nodes (Π interpolates). They do
 * not depend on the cells. Immutable.
 */
final class LineModes {

    /** Nodes of the line. */
    final int nodes;
    /** Coarse nodes, and modes. */
    final int count;
    /** The coarse node before each node. */
    final int[] before;
    /** How much the coarse node after it counts. */
    final double[] after;
    /** Value of each mode at each coarse node, row-major by node; {@code Φᵀ Πᵀ Π Φ = 1}. */
    final double[] modes;
    /** Eigenvalues λ, 0 or above. */
    final double[] values;

    /**
     * @param nodes nodes of the line
     * @param spacing nodes from one coarse node to the next, roughly; infinite for the constant alone
     * @param first conductance from the first node to its terminal over that of a segment
     * @param last the same of the last node
     */
    LineModes(int nodes, double spacing, double first, double last) {
        this.nodes = nodes;
        count = nodes == 1 || Double.isInfinite(spacing) ? 1 : Math.max(2, (int) Math.round((nodes - 1) / spacing) + 1);
        before = new int[nodes];
        after = new double[nodes];
        for (int k = 0; k < nodes && count > 1; k++) {
            double at = (double) k * (count - 1) / (nodes - 1);
            before[k] = Math.min(count - 2, (int) at);
            after[k] = at - before[k];
        }
        modes = new double[count * count];
        values = new double[count];
        if (count == 1) {
            modes[0] = 1 / Math.sqrt(nodes);
            values[0] = (first + last) / nodes;
            return;
        }
        double[] mass = new double[count * count];
        double[] wires = new double[count * count];
        for (int k = 0; k < nodes; k++) {
            addSquare(mass, k, k, 1);
            if (k > 0) {
                addDifference(wires, k - 1, k);
            }
        }
        addSquare(wires, 0, 0, first);
        addSquare(wires, nodes - 1, nodes - 1, last);
        solve(wires, mass);
    }

    private double weight(int node, int coarse) {
        if (coarse == before[node]) {
            return 1 - after[node];
        }
        return coarse == before[node] + 1 ? after[node] : 0;
    }

    private void addSquare(double[] matrix, int a, int b, double factor) {
        for (int r = before[a]; r < Math.min(count, before[a] + 2); r++) {
            for (int c = before[b]; c < Math.min(count, before[b] + 2); c++) {
                matrix[r * count + c] += factor * weight(a, r) * weight(b, c);
            }
        }
    }

    private void addDifference(double[] matrix, int a, int b) {
        for (int r = before[a]; r < Math.min(count, before[b] + 2); r++) {
            for (int c = before[a]; c < Math.min(count, before[b] + 2); c++) {
                matrix[r * count + c] += (weight(a, r) - weight(b, r)) * (weight(a, c) - weight(b, c));
            }
        }
    }

    /** With {@code M = L Lᵀ}, the eigenpairs of {@code L⁻¹ A L⁻ᵀ} give the modes {@code L⁻ᵀ q}. */
    private void solve(double[] wires, double[] mass) {
        DMatrixRMaj factor = DMatrixRMaj.wrap(count, count, mass);
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(count, true);
        cholesky.decompose(factor);
        double[] l = cholesky.getT(null).data;
        double[] a = wires.clone();
        // Columns, then rows, by forward substitution.
        for (int pass = 0; pass < 2; pass++) {
            for (int c = 0; c < count; c++) {
                for (int r = 0; r < count; r++) {
                    double sum = a[r * count + c];
                    for (int k = 0; k < r; k++) {
                        sum -= l[r * count + k] * a[k * count + c];
                    }
                    a[r * count + c] = sum / l[r * count + r];
                }
            }
            transpose(a);
        }
        for (int r = 0; r < count; r++) {
            for (int c = 0; c < r; c++) {
                double mean = 0.5 * (a[r * count + c] + a[c * count + r]);
                a[r * count + c] = mean;
                a[c * count + r] = mean;
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(count, true, true);
        eigen.decompose(DMatrixRMaj.wrap(count, count, a));
        for (int mode = 0; mode < count; mode++) {
            values[mode] = Math.max(0, eigen.getEigenvalue(mode).getReal());
            double[] q = eigen.getEigenVector(mode).data;
            for (int r = count - 1; r >= 0; r--) {
                double sum = q[r];
                for (int k = r + 1; k < count; k++) {
                    sum -= l[k * count + r] * modes[k * count + mode];
                }
                modes[r * count + mode] = sum / l[r * count + r];
            }
        }
    }

    private void transpose(double[] a) {
        for (int r = 0; r < count; r++) {
            for (int c = 0; c < r; c++) {
                double keep = a[r * count + c];
                a[r * count + c] = a[c * count + r];
                a[c * count + r] = keep;
            }
        }
    }
}
