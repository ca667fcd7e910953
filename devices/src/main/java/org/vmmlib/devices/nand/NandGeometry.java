package org.vmmlib.devices.nand;

import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.check.Require;

/**
 * Dimensions of a block of strings and the capacitances that follow: a gate around a pillar is a coaxial capacitor,
 * {@code 2π ε h / ln(1 + t/r)}, and layers above one another are plates, {@code ε A/d}.
 *
 * @param pitch of the pillars, metres, above 0; a string takes its square
 * @param channelRadius outer radius r of the channel, metres, above 0
 * @param oxideThickness equivalent oxide thickness t of the gate stack, metres, above 0
 * @param gateLength height h of a word plane, metres, above 0
 * @param spacing d between word planes, metres, above 0
 * @param selectLength height of a bit-select line, metres, above 0
 * @param selectResistance of a bit-select line per string, ohms, 0 or above
 * @param source where the dimensions come from
 */
public record NandGeometry(
        double pitch,
        double channelRadius,
        double oxideThickness,
        double gateLength,
        double spacing,
        double selectLength,
        double selectResistance,
        String source) {

    /** Permittivity of silicon dioxide, F/m: 3.9 times that of vacuum (CODATA 2018). */
    private static final double OXIDE = 3.9 * 8.8541878128e-12;

    private static final double NM = 1e-9;

    /** Checks the ranges. */
    public NandGeometry {
        Require.positive("pitch", pitch);
        Require.positive("channelRadius", channelRadius);
        Require.positive("oxideThickness", oxideThickness);
        Require.positive("gateLength", gateLength);
        Require.positive("spacing", spacing);
        Require.positive("selectLength", selectLength);
        Require.nonNegative("selectResistance", selectResistance);
        Require.within("pitch", pitch, 2 * (channelRadius + oxideThickness), Double.MAX_VALUE);
    }

    /** Pillars of a macaroni channel, dimensions as usual in blocks of 64 layers. */
    public static NandGeometry macaroni() {
        return new NandGeometry(
                150 * NM,
                40 * NM,
                14 * NM,
                30 * NM,
                30 * NM,
                150 * NM,
                2,
                "chosen: usual in blocks of 64 layers; capacitances of arXiv:1908.02472 are not published");
    }

    /** Area that a string takes, square metres. */
    public double footprint() {
        return pitch * pitch;
    }

    /** Gate capacitance of one cell, farads. */
    public double cellCapacitance() {
        return coaxial(gateLength);
    }

    /** Capacitance of a word plane: its cells and the planes above and below, farads. */
    public double wordPlaneCapacitance(int strings) {
        Require.within("strings", strings, 1, Integer.MAX_VALUE);
        return strings * (coaxial(gateLength) + 2 * plate());
    }

    /** Capacitance of a bit-select line: the transistors of its strings and the word plane below, farads. */
    public double bitSelectCapacitance(int columns) {
        Require.within("columns", columns, 1, Integer.MAX_VALUE);
        return columns * (coaxial(selectLength) + plate());
    }

    /** Delay from the driven end of a bit-select line to its far end, R C/2 of a distributed line (Elmore), seconds. */
    public double bitSelectDelay(int columns) {
        return columns * selectResistance * bitSelectCapacitance(columns) / 2;
    }

    private double coaxial(double height) {
        return 2 * Math.PI * OXIDE * height / Math.log1p(oxideThickness / channelRadius);
    }

    private double plate() {
        double taken = Math.PI * Math.pow(channelRadius + oxideThickness, 2);
        return OXIDE * (pitch * pitch - taken) / spacing;
    }

    /** Every parameter, and the capacitances of one string. */
    public Datasheet datasheet() {
        return Datasheet.of("geometry of a 3D-NAND block")
                .add("pitch of the pillars", pitch, "m", source)
                .add("channel radius", channelRadius, "m", source)
                .add("equivalent oxide thickness", oxideThickness, "m", source)
                .add("height of a word plane", gateLength, "m", source)
                .add("spacing of word planes", spacing, "m", source)
                .add("height of a bit-select line", selectLength, "m", source)
                .add("bit-select resistance per string", selectResistance, "ohm", source)
                .add("word-plane capacitance per string", wordPlaneCapacitance(1), "F", "derived: coaxial and plates")
                .add("bit-select capacitance per string", bitSelectCapacitance(1), "F", "derived: coaxial and plate")
                .add("footprint", footprint(), "m²", "derived: the pitch squared")
                .build();
    }
}
