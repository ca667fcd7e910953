package org.vmmlib.devices.flash;

import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.physics.Si;

/**
 * A NOR flash process as published chips use it: the array cell, its reference cells, and where they work.
 *
 * @param name process and circuit
 * @param cell law of the array cells
 * @param references the reference cells, of the same law
 * @param cellCurrent largest current of a cell of weight 1, amperes
 * @param cellCurrentSource where that comes from
 */
public record NorFlash(
        String name, FloatingGateCell cell, ReferenceCells references, double cellCurrent, String cellCurrentSource) {

    private static final String TIME_DOMAIN =
            "Bavandpour, Mahmoodi, Strukov, time-domain multiplier in 55-nm NOR flash, arXiv:1711.10673";
    private static final String ACORTEX =
            "Bavandpour, Mahmoodi, Strukov, aCortex, IEEE J. Explor. Solid-State Comput. Devices Circuits 6 (2020)";

    /** The 55-nm split-gate NOR (ESF3) of aCortex: cells of 16 nA at most, gates driven by 4-bit currents. */
    public static NorFlash esf3Nor55() {
        double current = 16 * Si.nA;
        FloatingGateCell cell = FloatingGateCell.chargeBased()
                .kappa(0.7)
                .from("chosen: usual in bulk CMOS, 85 mV per decade at 300 K")
                .specificCurrent(50 * current)
                .from("chosen: the largest cell current is at inversion coefficient 0.02, in weak inversion")
                .referenceThreshold(0.8)
                .from("chosen")
                .window(-0.25, 0.51)
                .from("chosen: off below on by 1e6 at 25 °C, which split-gate cells exceed (PMC10537690: 2 µA, 1 pA)")
                .dibl(0.0194)
                .from("10 % of current over 0.2 V of drain voltage at low current, Fig. 4 of " + TIME_DOMAIN)
                .tuningCurrent(current)
                .from("chosen: cells are tuned at the largest current")
                .cellArea(0.428 * Si.um2)
                .from("derived: area of the cells over their number, Table 1 of " + ACORTEX)
                .build();
        ReferenceCells references = ReferenceCells.builder(cell)
                .drainVoltage(0.5)
                .from("chosen: the lower end of the drain swing of " + TIME_DOMAIN)
                .cellsInParallel(64)
                .from("chosen: the largest input current is 1 µA, so gate lines settle in less than a microsecond")
                .gateCapacitance((128 + 64) * 0.2 * Si.fF)
                .from("chosen: 128 cells and 64 reference cells of 0.2 fF, the drain capacitance of a cell in "
                        + TIME_DOMAIN)
                .settling(current / 15, 0.01)
                .from("chosen: one step of 4 bits, to 1 %")
                .build();
        return new NorFlash("55-nm split-gate NOR flash (ESF3)", cell, references, current, "Fig. 7 of " + ACORTEX);
    }

    /** The 180-nm NOR (ESF1) of the binary-input classifier with 101,780 cells. */
    public static NorFlash nor180() {
        double current = 30 * Si.nA;
        FloatingGateCell cell = FloatingGateCell.chargeBased()
                .kappa(0.7)
                .from("chosen: usual in bulk CMOS, 85 mV per decade at 300 K")
                .specificCurrent(50 * current)
                .from("chosen: the largest cell current is at inversion coefficient 0.02, in weak inversion")
                .referenceThreshold(0.8)
                .from("chosen")
                .window(-0.25, 0.51)
                .from("chosen: off below on by 1e6 at 25 °C")
                .dibl(0.01)
                .from("chosen: about half of the 55-nm cell's, its channel is longer")
                .tuningCurrent(current)
                .from("chosen: cells are tuned at the largest current")
                .cellArea(1.5 * Si.um2)
                .from("redesigned commercial 180-nm array, arXiv:1410.4781 (ISCAS 2015)")
                .build();
        ReferenceCells references = ReferenceCells.builder(cell)
                .drainVoltage(0.5)
                .from("chosen")
                .cellsInParallel(64)
                .from("chosen: gate lines settle in less than the chip's microsecond (Guo et al., IEDM 2017)")
                .gateCapacitance((128 + 64) * 0.6 * Si.fF)
                .from("chosen: 128 cells and 64 reference cells of 0.6 fF, three times the 55-nm cell's")
                .settling(current, 0.01)
                .from("chosen: inputs are binary, to 1 %")
                .build();
        return new NorFlash(
                "180-nm NOR flash (ESF1)", cell, references, current, "chosen: subthreshold, as arXiv:1410.4781");
    }

    /** Drain voltage that the columns are to be held at: that of the reference cells, volts. */
    public double drainVoltage() {
        return references.drainVoltage();
    }

    /** Largest input current of a row: that of all its reference cells, amperes. */
    public double inputCurrent() {
        return cellCurrent / references.ratio();
    }

    /** The same process with every imperfection of cell and reference cells made ideal. */
    public NorFlash ideal() {
        return new NorFlash(name, Block.ideal(cell), Block.ideal(references), cellCurrent, cellCurrentSource);
    }

    /** Every parameter with value, unit and source. */
    public Datasheet datasheet() {
        Datasheet.Builder sheet = Datasheet.of(name).add("largest cell current", cellCurrent, "A", cellCurrentSource);
        cell.datasheet().entries().forEach(e -> sheet.add(e.parameter(), e.value(), e.unit(), e.source()));
        references
                .datasheet()
                .entries()
                .forEach(e -> sheet.add("reference " + e.parameter(), e.value(), e.unit(), e.source()));
        return sheet.build();
    }
}
