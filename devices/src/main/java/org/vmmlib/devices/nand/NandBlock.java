package org.vmmlib.devices.nand;

import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.physics.Si;

/**
 * A block of strings with common word planes, of which one at a time multiplies: an array of N bit-select lines × M bit
 * lines for each layer. What a block stores is one {@link CellState} for all layers, written layer by layer with
 * {@link NandString#write}.
 *
 * @param name process and circuit
 * @param string law of the strings, any layer selected
 * @param geometry dimensions, for capacitance and area
 * @param rows bit-select lines, N, 1 or above
 * @param columns bit lines, M, 1 or above
 * @param shapeSource where rows and columns come from
 */
public record NandBlock(
        String name, NandString string, NandGeometry geometry, int rows, int columns, String shapeSource) {

    private static final String ACORTEX = "Bavandpour, Sahay, Mahmoodi, Strukov, 3D-aCortex, arXiv:1908.02472";

    /** Checks the shape. */
    public NandBlock {
        Require.within("rows", rows, 1, Integer.MAX_VALUE);
        Require.within("columns", columns, 1, Integer.MAX_VALUE);
    }

    /** A block of 3D-aCortex: 64 layers of 64 × 128 cells. */
    public static NandBlock acortex3d() {
        NandGeometry geometry = NandGeometry.macaroni();
        NandString string = NandString.string()
                .layers(64)
                .from("64 layers, " + ACORTEX)
                .maxCurrent(0.7 / (2.3 * Si.MOhm))
                .from("derived: 2.3 MΩ, the low resistance of 3D-aCortex in Xiao et al., Appl. Phys. Rev. 7, 031301"
                        + " (2020), Table III, at the bit-line voltage")
                .drainVoltage(0.7)
                .from("chosen: usual in NAND flash, 0.5 to 1 V")
                .specificCurrent(20 * Si.nA)
                .from("chosen: pass cells of 16 to 32 kΩ, so that a string has the published 2.3 MΩ at 0.7 V")
                .dibl(0.02)
                .from("chosen: as that of 55-nm NOR flash, arXiv:1711.10673")
                .grainBarrier(0.05)
                .from("chosen: poly-silicon strings carry more when warm, by less than 0.1 eV")
                .thresholdDrift(-1e-3)
                .from("chosen: usual for silicon channels")
                .footprint(geometry.footprint())
                .from("derived: the pitch of the pillars squared")
                .build();
        return new NandBlock("3D-NAND block of 3D-aCortex", string, geometry, 64, 128, ACORTEX);
    }

    /** A block without any content: all cells erased. */
    public CellState erased() {
        return string.erased(rows, columns);
    }

    /**
     * The array that multiplies when a layer is selected.
     *
     * @param layer 0 (at the source line) to L − 1
     * @param state what the block stores, N×M
     * @param lines source lines (rows) and bit lines (columns), N×M
     */
    public Crossbar plane(int layer, CellState state, Lines lines) {
        return new Crossbar(string.select(layer), state, lines);
    }

    /** Capacitance of a word plane, farads. */
    public double wordPlaneCapacitance() {
        return geometry.wordPlaneCapacitance(Math.multiplyExact(rows, columns));
    }

    /** Capacitance of a bit-select line, farads. */
    public double bitSelectCapacitance() {
        return geometry.bitSelectCapacitance(columns);
    }

    /** Energy that one pulse on one bit-select line takes from its supply, C V², joules. */
    public double pulseEnergy() {
        return bitSelectCapacitance() * Math.pow(string.onVoltage(), 2);
    }

    /**
     * Energy to go from one selected layer to another: the first plane is charged to the pass voltage from the supply
     * of that, the second discharged to the read voltage, joules.
     */
    public double selectionEnergy() {
        return wordPlaneCapacitance() * string.passVoltage() * Math.abs(string.passVoltage() - string.readVoltage());
    }

    /** Energy to bring all planes of a block at 0 V to their voltages, C V² each, joules. */
    public double activationEnergy() {
        return wordPlaneCapacitance()
                * ((string.layers() - 1) * Math.pow(string.passVoltage(), 2) + Math.pow(string.readVoltage(), 2));
    }

    /** Delay of a pulse along a bit-select line, seconds. */
    public double pulseDelay() {
        return geometry.bitSelectDelay(columns);
    }

    /** Area of the strings, square metres. */
    public double area() {
        return (double) rows * columns * geometry.footprint();
    }

    /** The same block, every imperfection of its strings made ideal. */
    public NandBlock ideal() {
        return new NandBlock(name, Block.ideal(string), geometry, rows, columns, shapeSource);
    }

    /** Every parameter with value, unit and source. */
    public Datasheet datasheet() {
        Datasheet.Builder sheet = Datasheet.of(name)
                .add("bit-select lines", rows, "", shapeSource)
                .add("bit lines", columns, "", shapeSource)
                .add("word-plane capacitance", wordPlaneCapacitance(), "F", "derived from the geometry")
                .add("bit-select-line capacitance", bitSelectCapacitance(), "F", "derived from the geometry")
                .add("energy of a pulse", pulseEnergy(), "J", "derived: C V²")
                .add("energy to select a layer", selectionEnergy(), "J", "derived: C V ΔV")
                .add("energy to activate a block", activationEnergy(), "J", "derived: C V²")
                .add("delay along a bit-select line", pulseDelay(), "s", "derived: R C/2")
                .add("area", area(), "m²", "derived: strings times footprint");
        string.datasheet().entries().forEach(e -> sheet.add(e.parameter(), e.value(), e.unit(), e.source()));
        geometry.datasheet().entries().forEach(e -> sheet.add(e.parameter(), e.value(), e.unit(), e.source()));
        return sheet.build();
    }
}
