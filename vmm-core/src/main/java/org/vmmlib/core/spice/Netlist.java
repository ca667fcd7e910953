package org.vmmlib.core.spice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.crossbar.SpiceLaw;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.io.DecimalText;
import org.vmmlib.core.physics.Conditions;

/**
 * The exact instance of an array with one input vector as an ngspice netlist: states, faults, wires, drives. Every number
 * is written so that it reads back as the same double.
 *
 * <p>Node {@code wI_J} is where the cell of word line I and bit line J joins its word line, {@code bI_J} where it joins
 * its bit line; {@code rI}, {@code cJ} and {@code gI} are the terminals of rows and columns and the gates. Nodes joined by
 * wires without resistance are one node, which has the name of the terminal if one belongs to them, else of the first.
 * The current through the voltage source {@code VrI} or {@code VcJ} is the current out of the array into that terminal.
 *
 * <p>Nodes from which no path of wires and cells leads to a terminal have no voltage of their own. A resistor to ground,
 * through which no current flows, keeps the matrix regular there.
 */
public final class Netlist {

    /**
     * Tolerances at which currents of linear arrays agree to about 1e-13. The iteration limits are those of ngspice
     * times ten, and pivots may be as small as the currents of the smallest cells make them.
     */
    private static final String OPTIONS =
            ".options reltol=1e-12 abstol=1e-20 vntol=1e-14 gmin=1e-30 pivtol=1e-30 itl1=1000\n";

    private final Crossbar crossbar;
    private final Excitation excitation;
    private final int vector;
    private final ArrayCells law;
    private final SpiceCells cells;
    private final LineNodes[] rows;
    private final LineNodes[] columns;
    private final Pieces pieces;

    private Netlist(Crossbar crossbar, ArrayCells law, SpiceCells cells, Excitation excitation, int vector) {
        this.crossbar = crossbar;
        this.law = law;
        this.cells = cells;
        this.excitation = excitation;
        this.vector = vector;
        Lines lines = crossbar.lines();
        boolean rowsDriven = rowsDriven();
        rows = new LineNodes[crossbar.rows()];
        columns = new LineNodes[crossbar.columns()];
        for (int i = 0; i < rows.length; i++) {
            int row = i;
            rows[i] = LineNodes.of(
                    columns.length,
                    k -> lines.rowSegmentOpen(row, k),
                    lines.rowResistance(),
                    rowsDriven ? lines.sourceResistance(i) : lines.senseResistance(i),
                    lines.rowEnds(),
                    !excitation.rows().isFloating(i));
        }
        for (int j = 0; j < columns.length; j++) {
            int column = j;
            columns[j] = LineNodes.of(
                    rows.length,
                    k -> lines.columnSegmentOpen(column, k),
                    lines.columnResistance(),
                    rowsDriven ? lines.senseResistance(j) : lines.sourceResistance(j),
                    lines.columnEnds(),
                    !excitation.columns().isFloating(j));
        }
        pieces = Pieces.of(rows, columns, this::conducts);
    }

    /**
     * The netlist of an array.
     *
     * @param crossbar whose law is a {@link SpiceLaw}
     * @param conditions under which it is read
     * @param excitation terminal voltages and gates. Not modified; read again whenever the netlist is written.
     * @param vector which of its vectors
     * @throws IllegalArgumentException if the law cannot be written as a netlist, there is no such vector, or the
     *     excitation is not for this array or not finite
     */
    public static Netlist of(Crossbar crossbar, Conditions conditions, Excitation excitation, int vector) {
        if (!(crossbar.law() instanceof SpiceLaw law)) {
            throw new IllegalArgumentException(
                    "law = " + crossbar.law().datasheet().title()
                            + ": cannot be written as a netlist; it must implement SpiceLaw");
        }
        Require.within("vector", vector, 0, excitation.vectors() - 1);
        Require.shape("rowVoltages", excitation.rowVoltages(), excitation.vectors(), crossbar.rows());
        Require.shape("columnVoltages", excitation.columnVoltages(), excitation.vectors(), crossbar.columns());
        Require.finite("rowVoltages", excitation.rowVoltages());
        Require.finite("columnVoltages", excitation.columnVoltages());
        if (law.topology() == Topology.GATE_DRIVEN) {
            Require.shape("gates", excitation.gates(), excitation.vectors(), crossbar.rows());
            Require.within("gates", excitation.gates(), Double.NEGATIVE_INFINITY, Double.MAX_VALUE);
        }
        if (!crossbar.lines().fits(excitation.direction())) {
            throw new IllegalArgumentException("direction = " + excitation.direction()
                    + ": source and sense resistances were given line by line for the other direction");
        }
        return new Netlist(
                crossbar, crossbar.cells(conditions), law.spice(crossbar.state(), conditions), excitation, vector);
    }

    /** Word lines, N. */
    public int rows() {
        return rows.length;
    }

    /** Bit lines, M. */
    public int columns() {
        return columns.length;
    }

    /** Whether rows are driven and columns sensed. */
    boolean rowsDriven() {
        return excitation.direction() == Direction.ROWS_DRIVEN;
    }

    /** The whole netlist as {@link #write} writes it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        try {
            write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Writes the netlist; {@code ngspice -b} then prints all terminal currents and node voltages. */
    public void write(Appendable out) throws IOException {
        circuit(out);
        out.append(".control\nset numdgt=17\nop\n");
        for (int i = 0; i < rows.length; i++) {
            if (isRowConnected(i)) {
                out.append("print i(Vr").append(Integer.toString(i)).append(")\n");
            }
        }
        for (int j = 0; j < columns.length; j++) {
            if (isColumnConnected(j)) {
                out.append("print i(Vc").append(Integer.toString(j)).append(")\n");
            }
        }
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                out.append(String.format(Locale.ROOT, "print v(%s) v(%s)\n", wordNode(i, j), bitNode(i, j)));
            }
        }
        out.append("quit\n.endc\n.end\n");
    }

    /** Writes the netlist without commands: the operating point, cell currents too, goes where ngspice is told. */
    void writeAnalysis(Appendable out) throws IOException {
        circuit(out);
        out.append(".save all\n");
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                String element = element(i, j);
                if (!element.isEmpty()) {
                    out.append(".save @").append(element).append("[i]\n");
                }
            }
        }
        out.append(".op\n.end\n");
    }

    /** Name of the element that carries the current of a cell, in lower case; empty if none flows. */
    String element(int i, int j) {
        String lines = cell(i, j);
        return lines.isEmpty() ? "" : lines.substring(0, lines.indexOf(' ')).toLowerCase(Locale.ROOT);
    }

    private void circuit(Appendable out) throws IOException {
        out.append(String.format(
                Locale.ROOT,
                "crossbar %d x %d: %s\n",
                rows.length,
                columns.length,
                crossbar.law().datasheet().title()));
        out.append(
                "* wI_J, bI_J: nodes of cell I,J on its word line and bit line; rI, cJ: terminals of rows and columns\n");
        out.append("* i(VrI), i(VcJ): currents out of the array, A\n");
        boolean gates = crossbar.law().topology() == Topology.GATE_DRIVEN;
        for (int i = 0; i < rows.length; i++) {
            if (isRowConnected(i)) {
                source(out, "r" + i, excitation.rowVoltages().get(vector, i));
            }
            if (gates && isOn(i)) {
                source(out, "g" + i, excitation.gates().get(vector, i));
            }
        }
        for (int j = 0; j < columns.length; j++) {
            if (isColumnConnected(j)) {
                source(out, "c" + j, excitation.columnVoltages().get(vector, j));
            }
        }
        for (int i = 0; i < rows.length; i++) {
            int row = i;
            rows[i].wires((index, from, to, ohms) ->
                    resistor(out, "w" + row + "_" + index, rowNode(row, from), rowNode(row, to), ohms));
        }
        for (int j = 0; j < columns.length; j++) {
            int column = j;
            columns[j].wires((index, from, to, ohms) ->
                    resistor(out, "b" + index + "_" + column, columnNode(column, from), columnNode(column, to), ohms));
        }
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                out.append(cell(i, j));
            }
        }
        int held = 0;
        for (int node : pieces.isolated()) {
            int cell = node % (rows.length * columns.length);
            int i = cell / columns.length;
            int j = cell % columns.length;
            resistor(out, "h" + held++, node == cell ? wordNode(i, j) : bitNode(i, j), "0", 1);
        }
        out.append(OPTIONS);
    }

    private static void source(Appendable out, String node, double volts) throws IOException {
        out.append(String.format(Locale.ROOT, "V%s %s 0 %s\n", node, node, DecimalText.of(volts)));
    }

    private static void resistor(Appendable out, String name, String from, String to, double ohms) throws IOException {
        out.append(String.format(Locale.ROOT, "R%s %s %s %s\n", name, from, to, DecimalText.of(ohms)));
    }

    private String cell(int i, int j) {
        CellFaults faults = crossbar.faults();
        String name = i + "_" + j;
        if (faults.isShorted(i, j)) {
            return "Rc" + name + " " + wordNode(i, j) + " " + bitNode(i, j) + " "
                    + DecimalText.of(1 / faults.shortConductance(i, j)) + "\n";
        }
        if (faults.isOpen(i, j) || !isOn(i)) {
            return "";
        }
        String gate = crossbar.law().topology() == Topology.GATE_DRIVEN ? "g" + i : "0";
        return cells.elements(i, j, new SpiceCells.Pins(name, wordNode(i, j), bitNode(i, j), gate));
    }

    private boolean conducts(int i, int j) {
        return !cell(i, j).isEmpty();
    }

    /** Whether the gates of a row are not switched off. */
    private boolean isOn(int row) {
        return crossbar.law().topology() != Topology.GATE_DRIVEN
                || excitation.gates().get(vector, row) != Double.NEGATIVE_INFINITY;
    }

    private boolean isRowConnected(int row) {
        return !excitation.rows().isFloating(row);
    }

    private boolean isColumnConnected(int column) {
        return !excitation.columns().isFloating(column);
    }

    /**
     * Adds up the larger of each cell's slopes at a result, for every terminal that the cell leads to.
     *
     * @param at node voltages; those that are not numbers count as 0
     * @param ofRows N sums, siemens. Modified.
     * @param ofColumns M sums, siemens. Modified.
     */
    void slopes(SpiceResult at, double[] ofRows, double[] ofColumns) {
        int m = columns.length;
        double[] vRow = new double[m];
        double[] vColumn = new double[m];
        double[] current = new double[m];
        double[] slopeRow = new double[m];
        double[] slopeColumn = new double[m];
        boolean gates = crossbar.law().topology() == Topology.GATE_DRIVEN;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < m; j++) {
                vRow[j] = numberOrZero(at.wordLines().get(i, j));
                vColumn[j] = numberOrZero(at.bitLines().get(i, j));
            }
            law.evaluate(
                    i, gates ? excitation.gates().get(vector, i) : 0, vRow, vColumn, current, slopeRow, slopeColumn);
            for (int j = 0; j < m; j++) {
                double slope = Math.max(Math.abs(slopeRow[j]), Math.abs(slopeColumn[j]));
                ofRows[i] += isOnRowTerminal(i, j) ? slope : 0;
                ofColumns[j] += isOnColumnTerminal(i, j) ? slope : 0;
            }
        }
    }

    private static double numberOrZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /** Whether wires lead from the word-line node of a cell to the terminal. */
    boolean isOnRowTerminal(int i, int j) {
        return rows[i].isAttached(j);
    }

    /** Whether wires lead from the bit-line node of a cell to the terminal. */
    boolean isOnColumnTerminal(int i, int j) {
        return columns[j].isAttached(i);
    }

    /** Name of the word-line node of a cell. */
    String wordNode(int i, int j) {
        return rowNode(i, rows[i].node(j));
    }

    /** Name of the bit-line node of a cell. */
    String bitNode(int i, int j) {
        return columnNode(j, columns[j].node(i));
    }

    private static String rowNode(int row, int node) {
        return node == LineNodes.TERMINAL ? "r" + row : "w" + row + "_" + node;
    }

    private static String columnNode(int column, int node) {
        return node == LineNodes.TERMINAL ? "c" + column : "b" + node + "_" + column;
    }

    /** Whether a terminal determines the voltage of the word-line node of a cell. */
    boolean isWordNodeDetermined(int i, int j) {
        return pieces.determines(i * columns.length + j);
    }

    /** Whether a terminal determines the voltage of the bit-line node of a cell. */
    boolean isBitNodeDetermined(int i, int j) {
        return pieces.determines((rows.length + i) * columns.length + j);
    }
}
