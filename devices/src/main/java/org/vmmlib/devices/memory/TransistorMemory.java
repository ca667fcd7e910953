package org.vmmlib.devices.memory;

import org.vmmlib.core.physics.Si;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;

/**
 * Transistors whose channel is the conductance: electrochemical (redox) and ferroelectric ones, with the windows and
 * resolutions that are published. Neither has published statistics of arrays, so they state none.
 */
public final class TransistorMemory {

    private static final String TABLE = "Xiao et al., Appl. Phys. Rev. 7, 031301 (2020), Table I";

    private TransistorMemory() {}

    /** Redox transistor, electrochemical memory: 0.1 to 1 µS in 2⁹ levels. */
    public static MemoryCell redox() {
        return MemoryCell.builder(
                        "redox transistor",
                        new LinearReram(
                                ConductanceWindow.of(1 / Technology.REDOX_TRANSISTOR.maximumResistance(), Si.uS)))
                .weights(new ConductanceWindow(
                        1 / Technology.REDOX_TRANSISTOR.maximumResistance(),
                        Si.uS,
                        0,
                        "lowest: " + TABLE + "; highest, chosen: ten times that",
                        "large, not given"))
                .levels(1 << Technology.REDOX_TRANSISTOR.resolution())
                .technology(Technology.REDOX_TRANSISTOR)
                .build();
    }

    /**
     * Ferroelectric transistor: 1 nS to 45 nS in 2⁵ levels (45 times and 32 levels: Jerry et al., IEDM 2017,
     * doi:10.1109/IEDM.2017.8268338).
     */
    public static MemoryCell ferroelectric() {
        double low = 1 / Technology.FERROELECTRIC_TRANSISTOR.maximumResistance();
        return MemoryCell.builder("ferroelectric transistor", new LinearReram(ConductanceWindow.of(low, 45 * low)))
                .weights(new ConductanceWindow(
                        low, 45 * low, 0, "lowest: " + TABLE + "; ratio: Jerry et al., IEDM 2017", "not given"))
                .levels(1 << Technology.FERROELECTRIC_TRANSISTOR.resolution())
                .technology(Technology.FERROELECTRIC_TRANSISTOR)
                .build();
    }
}
