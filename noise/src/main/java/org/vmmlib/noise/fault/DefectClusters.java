package org.vmmlib.noise.fault;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.noise.EffectName;

/**
 * Defects in clusters: a Neyman–Scott process on the lattice of cells (J. Neyman, E. L. Scott, J. R. Stat. Soc. B 20, 1
 * (1958), doi:10.1111/j.2517-6161.1958.tb00272.x). Spots fall anywhere, a Poisson number on each cell of the array and of
 * a margin around it; each cell within the radius of a spot fails with a probability, independently of the others. Every
 * cell of the array, at its edge too, so fails with probability {@code 1 − exp(−λ K q)}, with K the number of lattice
 * points in a disc of the radius.
 *
 * @param name tells two such effects apart; lower-case letters, digits, hyphens
 * @param spots λ, mean number of spots per cell area, 0 to 1
 * @param radius of a spot in cells, 0 (only the cell that it falls on) to 1000
 * @param severity q, probability that a cell within a spot fails, 0 to 1
 * @param kind how cells that fail are stuck
 */
public record DefectClusters(String name, double spots, double radius, double severity, StuckKind kind)
        implements Effect.OnProgramming {

    /** Call of the stream that says how cells are stuck; spots take their own from 0 on. */
    private static final long KIND = -1;

    /** Call of the stream that says how many spots there are. */
    private static final long SPOTS = -2;

    /** Checks the name and the ranges. */
    public DefectClusters {
        EffectName.id("", name);
        Require.within("spots", spots, 0, 1);
        Require.within("radius", radius, 0, 1000);
        Require.within("severity", severity, 0, 1);
    }

    /** Named {@code clusters}; arguments as of the record. */
    public static DefectClusters of(double spots, double radius, double severity, StuckKind kind) {
        return new DefectClusters("clusters", spots, radius, severity, kind);
    }

    @Override
    public String id() {
        return EffectName.id("array.defects", name);
    }

    @Override
    public String description() {
        return "defects in clusters: " + spots + " spots per cell of radius " + radius + ", severity " + severity;
    }

    /** Cells within the radius of a spot, the spot's own among them: K. */
    public int cellsOfASpot() {
        int reach = (int) radius;
        int cells = 0;
        for (int y = -reach; y <= reach; y++) {
            cells += 2 * width(y) + 1;
        }
        return cells;
    }

    /** How far a spot reaches to each side in a row so many rows away. */
    private int width(int rows) {
        return (int) Math.sqrt(radius * radius - (double) rows * rows);
    }

    /** Probability that a cell fails, {@code 1 − exp(−λ K q)}. */
    public double failing() {
        return -Math.expm1(-spots * cellsOfASpot() * severity);
    }

    /** The target: states of stuck cells do not matter. */
    @Override
    public CellState program(CellLaw law, CellState target, Conditions conditions, RandomStream draws) {
        return target;
    }

    @Override
    public CellFaults faults(CellFaults faults, RandomStream draws) {
        int reach = (int) radius;
        int rows = faults.rows();
        int columns = faults.columns();
        boolean[] failed = new boolean[rows * columns];
        double[] uniform = new double[columns + 2 * reach];
        RandomStream counts = draws.call(SPOTS);
        for (int y = -reach; y < rows + reach; y++) {
            long first = (long) (y + reach) * uniform.length;
            counts.uniforms(first, uniform, 0, uniform.length);
            for (int x = -reach; x < columns + reach; x++) {
                int number = poisson(spots, uniform[x + reach]);
                if (number > 0) {
                    spot(y, x, number, draws.call(first + x + reach), rows, columns, failed);
                }
            }
        }
        return kind.more(faults, failed, draws.call(KIND));
    }

    private void spot(int y, int x, int number, RandomStream draws, int rows, int columns, boolean[] failed) {
        int reach = (int) radius;
        // A cell is spared by none of the spots that fall on one place.
        double failing = 1 - Math.pow(1 - severity, number);
        int element = 0;
        for (int dy = -reach; dy <= reach; dy++) {
            int width = width(dy);
            for (int dx = -width; dx <= width; dx++, element++) {
                int i = y + dy;
                int j = x + dx;
                if (i >= 0 && i < rows && j >= 0 && j < columns && draws.uniform(element) < failing) {
                    failed[i * columns + j] = true;
                }
            }
        }
    }

    /** A Poisson number by inversion of one uniform number. */
    private static int poisson(double mean, double uniform) {
        double term = Math.exp(-mean);
        double below = term;
        int k = 0;
        while (uniform >= below && k < 40) {
            k++;
            term *= mean / k;
            below += term;
        }
        return k;
    }
}
