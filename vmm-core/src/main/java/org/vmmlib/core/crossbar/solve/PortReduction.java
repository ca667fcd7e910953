package org.vmmlib.core.crossbar.solve;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.kernel.Laplacian;

/**
 * Reduces a linear array to its terminals: blocks of cells are joined two by two, and the nodes between them eliminated,
 * until only terminals are left (star-mesh transforms in the order of nested dissection; George, SIAM Journal on
 * Numerical Analysis 10 (1973) 345, doi:10.1137/0710032). About 35 N³ operations for N×N cells.
 *
 * <p>Currents of a known solution go along as sources, and tell at the end how well the reduced network still balances:
 * rows at different voltages, columns at 0 V, no drop along any line, with the sources that this takes at both nodes of
 * every cell.
 *
 * <p>The eliminations of the larger blocks can be kept, to find how the terminals answer to a current through one cell:
 * that is all it takes to follow the change of a cell ({@link #response}).
 *
 * <p>Blocks are shared between threads, and the tiles of a large elimination too; the result does not depend on the
 * number of threads.
 */
final class PortReduction {

    /** Regions up to this many rows and columns are one task, in memory used again. */
    private static final int TASK = 64;

    /** Eliminations up to this size are not shared. */
    private static final int SERIAL = 512;

    /** Largest residual that is taken for rounding. */
    private static final double TOLERANCE = 1e-10;

    private static final double GOLDEN = 0.6180339887498949;

    private final PortOrder order;
    private final double[] conductances;
    private final double[] checkVoltage;
    private final boolean parallel;
    private final boolean keeps;
    /** The cell that a current is sent through, in place of the known solution; −1 for none. */
    private final int probed;

    private final ConcurrentLinkedQueue<Arena> arenas = new ConcurrentLinkedQueue<>();
    private final Region all;
    private @Nullable Block root;

    private PortReduction(double[] conductances, PortOrder order, boolean parallel, boolean keeps, int probed) {
        this.order = order;
        this.conductances = conductances;
        this.parallel = parallel;
        this.keeps = keeps;
        this.probed = probed;
        all = new Region(0, order.rows, 0, order.columns);
        checkVoltage = new double[order.rows];
        for (int i = 0; i < checkVoltage.length; i++) {
            double turn = (i + 1) * GOLDEN;
            checkVoltage[i] = 0.5 + 0.5 * (turn - Math.floor(turn));
        }
    }

    /**
     * Reduces an array.
     *
     * @param conductances N×M, siemens. Not modified.
     * @param threads threads to use, 1 or above
     * @throws ConvergenceException if the reduced network does not balance
     */
    static TerminalConductances of(double[] conductances, Lines lines, Direction direction, int threads) {
        PortReduction reduction =
                new PortReduction(conductances, new PortOrder(lines, direction), shares(lines, threads), false, -1);
        return reduction.terminals(reduction.run(threads));
    }

    /**
     * Reduces an array, and keeps what is needed to follow changes of single cells: about 20 to 25 numbers for each cell
     * of a large array.
     *
     * @throws IllegalArgumentException if the array is too small for that to pay ({@link #paysToKeep})
     */
    static PortReduction kept(double[] conductances, Lines lines, Direction direction, int threads) {
        if (!paysToKeep(lines)) {
            throw new IllegalArgumentException("lines are of a " + lines.rows() + " x " + lines.columns()
                    + " array: must be larger than " + TASK + " on a side");
        }
        PortReduction reduction =
                new PortReduction(conductances, new PortOrder(lines, direction), shares(lines, threads), true, -1);
        Block root = reduction.run(threads);
        root.matrix.forget();
        reduction.root = root;
        return reduction;
    }

    /** Whether the change of a cell is found sooner from a reduction that was kept than by a new one. */
    static boolean paysToKeep(Lines lines) {
        return lines.rows() > TASK || lines.columns() > TASK;
    }

    private static boolean shares(Lines lines, int threads) {
        return threads > 1 && (lines.rows() > TASK || lines.columns() > TASK);
    }

    private Block run(int threads) {
        if (!parallel) {
            return block(all, 0);
        }
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.invoke(new Task(all, 0));
        } finally {
            pool.shutdown();
        }
    }

    /**
     * The change of all terminal currents when a cell changes: with t the currents that reach the terminals when 1 A is
     * sent from the row to the column of the cell, and R the resistance that this current meets, all terminals at 0 V,
     * the conductance between terminals k and m changes by {@code −δ/(1 + δR) t_k t_m}.
     *
     * @param response t, rows first
     * @param resistance R, ohms
     */
    record Response(double[] response, double resistance) {}

    /** The response to a current through a cell of an array whose reduction was kept. */
    Response response(int row, int column) {
        PortReduction probe = new PortReduction(conductances, order, false, false, row * order.columns + column);
        Signal signal = push(Objects.requireNonNull(root), all, 0, row, column, probe);
        return new Response(
                Arrays.copyOfRange(signal.amperes, signal.from, signal.from + order.rows + order.columns),
                signal.resistance);
    }

    /**
     * Currents at the nodes that a block shares with others.
     *
     * @param amperes the first is at an index
     * @param from that index
     * @param resistance what the current has met so far
     */
    private record Signal(double[] amperes, int from, double resistance) {}

    private static Signal push(Block block, Region region, int start, int row, int column, PortReduction probe) {
        Block first = block.first;
        Block second = block.second;
        if (first == null || second == null) {
            Block inside = probe.block(region, start);
            double[] amperes = new double[inside.count];
            for (int k = 0; k < amperes.length; k++) {
                amperes[k] = inside.matrix.source(k);
            }
            return new Signal(amperes, 0, inside.power);
        }
        boolean inFirst = region.cutsRows() ? row < region.cut() : column < region.cut();
        Signal in = inFirst
                ? push(first, region.first(), start, row, column, probe)
                : push(second, region.second(), start + region.first().interior(), row, column, probe);
        int[] to = inFirst ? block.toFirst : block.toSecond;
        double[] amperes = new double[block.count];
        for (int k = in.from; k < in.amperes.length; k++) {
            amperes[to[k - in.from]] = in.amperes[k];
        }
        double resistance = in.resistance + block.matrix.push(amperes);
        return new Signal(amperes, block.eliminated, resistance);
    }

    /** A part of the array, reduced to the nodes that others touch. */
    private static final class Block {
        final Laplacian matrix = new Laplacian(0);
        /** Places of the nodes that were joined, in order, the eliminated ones first. */
        int[] places = {};

        int count;
        int eliminated;
        /** Unknowns of the two parts here. */
        int[] toFirst = {};

        int[] toSecond = {};
        /** Sum of the squares of all sources. */
        double squares;
        /** What the sources deliver at the nodes that are eliminated. */
        double power;
        /** The blocks that were joined, if they are kept. */
        @Nullable
        Block first;

        @Nullable
        Block second;

        void room(int most) {
            if (places.length < most) {
                places = new int[most];
                toFirst = new int[most];
                toSecond = new int[most];
            }
        }

        int ports() {
            return count - eliminated;
        }

        /** Joins two blocks, and eliminates what comes before an end. */
        void join(Block a, Block b, int end, boolean parallel) {
            room(a.ports() + b.ports());
            count = 0;
            int i = a.eliminated;
            int j = b.eliminated;
            while (i < a.count || j < b.count) {
                int p = i < a.count ? a.places[i] : Integer.MAX_VALUE;
                int q = j < b.count ? b.places[j] : Integer.MAX_VALUE;
                if (p <= q) {
                    toFirst[i++ - a.eliminated] = count;
                }
                if (q <= p) {
                    toSecond[j++ - b.eliminated] = count;
                }
                places[count++] = Math.min(p, q);
            }
            matrix.reset(count);
            matrix.add(a.matrix, toFirst);
            matrix.add(b.matrix, toSecond);
            squares = a.squares + b.squares;
            eliminate(end, parallel);
            power = a.power + b.power + matrix.power();
        }

        void eliminate(int end, boolean parallel) {
            eliminated = 0;
            while (eliminated < count && places[eliminated] < end) {
                eliminated++;
            }
            matrix.eliminate(eliminated, parallel && count > SERIAL);
        }
    }

    /** Blocks of a region and its parts, two for each depth of the recursion. */
    private static final class Arena {
        private Block[] blocks = {};

        Block at(int depth, int side) {
            int index = 2 * depth + side;
            if (index >= blocks.length) {
                int known = blocks.length;
                blocks = Arrays.copyOf(blocks, index + 8);
                for (int k = known; k < blocks.length; k++) {
                    blocks[k] = new Block();
                }
            }
            return blocks[index];
        }
    }

    private final class Task extends RecursiveTask<Block> {
        private static final long serialVersionUID = 1L;
        private final transient Region region;
        private final int start;

        Task(Region region, int start) {
            this.region = region;
            this.start = start;
        }

        @Override
        protected Block compute() {
            return block(region, start);
        }
    }

    /** Reduces a region whose nodes have the places from start on. */
    private Block block(Region region, int start) {
        Block out = new Block();
        if (region.rows() <= TASK && region.columns() <= TASK) {
            Arena arena = arenas.poll();
            if (arena == null) {
                arena = new Arena();
            }
            Block inside = block(region, start, arena, 0, 0);
            out.room(inside.ports());
            out.count = inside.ports();
            System.arraycopy(inside.places, inside.eliminated, out.places, 0, out.count);
            for (int k = 0; k < out.count; k++) {
                out.toFirst[k] = k;
            }
            out.matrix.reset(out.count);
            out.matrix.add(inside.matrix, out.toFirst);
            out.squares = inside.squares;
            out.power = inside.power;
            arenas.add(arena);
            return out;
        }
        Region first = region.first();
        Region second = region.second();
        int between = start + first.interior();
        Block a;
        Block b;
        if (parallel) {
            Task other = new Task(second, between);
            other.fork();
            a = block(first, start);
            b = other.join();
        } else {
            a = block(first, start);
            b = block(second, between);
        }
        out.join(a, b, start + region.interior(), parallel);
        if (keeps) {
            a.matrix.forget();
            b.matrix.forget();
            out.first = a;
            out.second = b;
        }
        return out;
    }

    private Block block(Region region, int start, Arena arena, int depth, int side) {
        Block out = arena.at(depth, side);
        if (region.isLeaf()) {
            leaf(region, start, out);
            return out;
        }
        Region first = region.first();
        Region second = region.second();
        Block a = block(first, start, arena, depth + 1, 0);
        Block b = block(second, start + first.interior(), arena, depth + 1, 1);
        out.join(a, b, start + region.interior(), false);
        return out;
    }

    private void leaf(Region region, int start, Block out) {
        int rows = order.rows;
        int columns = order.columns;
        Lines lines = order.lines;
        out.room(5 * region.rows() * region.columns() + 2 * (region.rows() + region.columns()));
        out.count = 0;
        for (int i = region.top(); i < region.bottom(); i++) {
            for (int j = region.left(); j < region.right(); j++) {
                int c = i * columns + j;
                insert(out, order.word[c]);
                insert(out, order.bit[c]);
                if (j + 1 < columns) {
                    insert(out, order.word[c + 1]);
                }
                if (i + 1 < rows) {
                    insert(out, order.bit[c + columns]);
                }
            }
        }
        boolean atFirstColumn = region.left() == 0 && lines.rowEnds().first();
        boolean atLastColumn = region.right() == columns && lines.rowEnds().last();
        boolean atFirstRow = region.top() == 0 && lines.columnEnds().first();
        boolean atLastRow = region.bottom() == rows && lines.columnEnds().last();
        for (int i = region.top(); i < region.bottom() && (atFirstColumn || atLastColumn); i++) {
            insert(out, order.rowTerminal(i));
        }
        for (int j = region.left(); j < region.right() && (atFirstRow || atLastRow); j++) {
            insert(out, order.columnTerminal(j));
        }
        out.matrix.reset(out.count);
        out.squares = 0;
        for (int i = region.top(); i < region.bottom(); i++) {
            for (int j = region.left(); j < region.right(); j++) {
                cell(i, j, out);
            }
        }
        for (int i = region.top(); i < region.bottom(); i++) {
            int terminal = order.rowTerminal(i);
            if (atFirstColumn && !lines.rowSegmentOpen(i, 0)) {
                wire(out, terminal, order.word[i * columns], order.rowTerminalWire(i));
            }
            if (atLastColumn && !lines.rowSegmentOpen(i, columns)) {
                wire(out, terminal, order.word[(i + 1) * columns - 1], order.rowTerminalWire(i));
            }
        }
        for (int j = region.left(); j < region.right(); j++) {
            int terminal = order.columnTerminal(j);
            if (atFirstRow && !lines.columnSegmentOpen(j, 0)) {
                wire(out, terminal, order.bit[j], order.columnTerminalWire(j));
            }
            if (atLastRow && !lines.columnSegmentOpen(j, rows)) {
                wire(out, terminal, order.bit[(rows - 1) * columns + j], order.columnTerminalWire(j));
            }
        }
        out.eliminate(start + region.interior(), false);
        out.power = out.matrix.power();
    }

    private void cell(int i, int j, Block out) {
        int c = i * order.columns + j;
        int word = find(out, order.word[c]);
        int bit = find(out, order.bit[c]);
        double siemens = conductances[c];
        out.matrix.add(word, bit, siemens);
        double amperes = probed < 0 ? siemens * checkVoltage[i] : probed == c ? 1 : 0;
        out.matrix.addSource(word, amperes);
        out.matrix.addSource(bit, -amperes);
        out.squares += 2 * amperes * amperes;
        if (j + 1 < order.columns && !order.lines.rowSegmentOpen(i, j + 1)) {
            wire(out, order.word[c], order.word[c + 1], order.rowWire);
        }
        if (i + 1 < order.rows && !order.lines.columnSegmentOpen(j, i + 1)) {
            wire(out, order.bit[c], order.bit[c + order.columns], order.columnWire);
        }
    }

    private static void wire(Block out, int p, int q, double siemens) {
        if (p != q) {
            out.matrix.add(find(out, p), find(out, q), siemens);
        }
    }

    /** Inserts a place in order, once. */
    private static void insert(Block out, int place) {
        int k = out.count;
        while (k > 0 && out.places[k - 1] > place) {
            k--;
        }
        if (k > 0 && out.places[k - 1] == place) {
            return;
        }
        System.arraycopy(out.places, k, out.places, k + 1, out.count - k);
        out.places[k] = place;
        out.count++;
    }

    private static int find(Block out, int place) {
        int k = 0;
        while (out.places[k] != place) {
            k++;
        }
        return k;
    }

    private TerminalConductances terminals(Block block) {
        Laplacian matrix = block.matrix;
        int n = order.rows;
        int m = order.columns;
        int at = block.eliminated;
        double[] rowToColumn = new double[n * m];
        double[] rowToRow = new double[n * n];
        double[] columnToColumn = new double[m * m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                rowToColumn[i * m + j] = matrix.get(at + i, at + n + j);
            }
            for (int k = i + 1; k < n; k++) {
                double siemens = matrix.get(at + i, at + k);
                rowToRow[i * n + k] = siemens;
                rowToRow[k * n + i] = siemens;
            }
        }
        for (int j = 0; j < m; j++) {
            for (int k = j + 1; k < m; k++) {
                double siemens = matrix.get(at + n + j, at + n + k);
                columnToColumn[j * m + k] = siemens;
                columnToColumn[k * m + j] = siemens;
            }
        }
        double[] net = new double[n + m];
        for (int k = 0; k < n + m; k++) {
            net[k] = -matrix.source(at + k);
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                net[i] += rowToRow[i * n + k] * (checkVoltage[i] - checkVoltage[k]);
            }
            for (int j = 0; j < m; j++) {
                double amperes = rowToColumn[i * m + j] * checkVoltage[i];
                net[i] += amperes;
                net[n + j] -= amperes;
            }
        }
        double squares = 0;
        double worst = 0;
        for (double amperes : net) {
            squares += amperes * amperes;
            worst = Math.max(worst, Math.abs(amperes));
        }
        double residual = squares == 0 ? 0 : Math.sqrt(squares / block.squares);
        if (!(residual <= TOLERANCE)) {
            throw new ConvergenceException(
                    String.format(
                            Locale.ROOT,
                            "crossbar %d x %d: the network reduced to its terminals has a relative residual of %.2g, "
                                    + "above %.2g; conductances are too far apart for double precision",
                            n,
                            m,
                            residual,
                            TOLERANCE),
                    new double[] {residual});
        }
        double largest = 0;
        for (int c = 0; c < conductances.length; c++) {
            largest = Math.max(largest, conductances[c] * checkVoltage[c / m]);
        }
        return new TerminalConductances(
                n, m, rowToColumn, rowToRow, columnToColumn, residual, worst == 0 ? 0 : worst / largest);
    }
}
