package org.vmmlib.core.crossbar.solve;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.random.RandomStream;

/** Square arrays to measure solvers on. */
enum ArrayKinds {
    /** 1 Ω segments, cells log-uniform from 10 kΩ to 1 MΩ. */
    EASY(1),
    /** 1 Ω segments, cells log-uniform from 1 kΩ to 100 kΩ. */
    MID(1),
    /** 10 Ω segments, cells log-uniform from 1 kΩ to 100 kΩ, one in a hundred open and one shorted. */
    HARSH(10),
    /** Half of the cells, anywhere, at 1 kΩ, the others at 100 kΩ. */
    RANDOM_HALF(10),
    /** The left half at 1 kΩ. */
    LEFT_HALF(10),
    /** The upper half at 1 kΩ. */
    UPPER_HALF(10),
    /** Every other row at 1 kΩ. */
    ROW_STRIPES(10),
    /** Every other column at 1 kΩ. */
    COLUMN_STRIPES(10),
    /** Stripes of 16 columns. */
    WIDE_STRIPES(10),
    /** Every other cell at 1 kΩ. */
    CHECKERBOARD(10),
    /** Fields of 16 × 16 cells. */
    WIDE_CHECKERBOARD(10),
    /** One cell in twenty at 1 kΩ, all others open. */
    SPARSE(10),
    /** Every fourth row open. */
    DEAD_ROWS(10),
    /** Every third column at 1 nS. */
    DEAD_COLUMNS(10);

    /** Resistance of a segment. */
    final double ohms;

    ArrayKinds(double ohms) {
        this.ohms = ohms;
    }

    /** The conductances of an n × n array. */
    DMatrixRMaj cells(int n) {
        RandomStream random = Circuits.stream(17, name());
        double low = this == EASY ? 1e-6 : 1e-5;
        double high = 100 * low;
        DMatrixRMaj g = Circuits.logUniform(random, n, n, low, high);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double u = random.uniform((long) n * n + (long) i * n + j);
                int k = i * n + j;
                boolean on = switch (this) {
                    case RANDOM_HALF -> u < 0.5;
                    case LEFT_HALF -> j < n / 2;
                    case UPPER_HALF -> i < n / 2;
                    case ROW_STRIPES -> i % 2 == 0;
                    case COLUMN_STRIPES -> j % 2 == 0;
                    case WIDE_STRIPES -> j / 16 % 2 == 0;
                    case CHECKERBOARD -> (i + j) % 2 == 0;
                    case WIDE_CHECKERBOARD -> (i / 16 + j / 16) % 2 == 0;
                    case SPARSE -> u < 0.05;
                    default -> false;
                };
                switch (this) {
                    case EASY, MID -> {}
                    case HARSH -> g.data[k] = u < 0.01 ? 0 : u < 0.02 ? 10 * high : g.data[k];
                    case SPARSE -> g.data[k] = on ? high : 0;
                    case DEAD_ROWS -> g.data[k] = i % 4 == 0 ? 0 : g.data[k];
                    case DEAD_COLUMNS -> g.data[k] = j % 3 == 0 ? 1e-9 : g.data[k];
                    default -> g.data[k] = on ? high : low;
                }
            }
        }
        return g;
    }
}
