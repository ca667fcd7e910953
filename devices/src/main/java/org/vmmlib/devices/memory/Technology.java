package org.vmmlib.devices.memory;

import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.check.Require;

/**
 * Classes of analog memory as compared in Table I of Xiao, Bennett, Feinberg, Agarwal, Marinella, Analog architectures
 * for neural network acceleration based on non-volatile memory, Appl. Phys. Rev. 7, 031301 (2020),
 * doi:10.1063/1.5143815. Values are orders of magnitude of the best devices.
 */
public enum Technology {
    /** Resistive memory. */
    RESISTIVE(1e6, 1e12, 8, 1e-6, 1e-9),
    /** Phase-change memory. */
    PHASE_CHANGE(1e6, 1e12, 5, 100e-6, 1e-9),
    /** Floating gate and charge trap; written by Fowler–Nordheim tunnelling at about 10 V. */
    CHARGE_TRAP(1e9, 1e5, 7, 1e-12, 1e-3),
    /** Redox transistor, electrochemical memory. */
    REDOX_TRANSISTOR(10e6, 1e9, 9, 10e-9, 1e-6),
    /** Ferroelectric transistor; the table gives no write current. */
    FERROELECTRIC_TRANSISTOR(1e9, 1e9, 5, 0, 1e-9);

    private static final String SOURCE = "Xiao et al., Appl. Phys. Rev. 7, 031301 (2020), Table I";

    private final double maximumResistance;
    private final double endurance;
    private final int resolution;
    private final double writeCurrent;
    private final double writeTime;

    Technology(double maximumResistance, double endurance, int resolution, double writeCurrent, double writeTime) {
        this.maximumResistance = maximumResistance;
        this.endurance = endurance;
        this.resolution = resolution;
        this.writeCurrent = writeCurrent;
        this.writeTime = writeTime;
    }

    /** Ohms. */
    public double maximumResistance() {
        return maximumResistance;
    }

    /** Write–erase cycles between the extreme states. */
    public double endurance() {
        return endurance;
    }

    /** Bits that single devices were programmed to. */
    public int resolution() {
        return resolution;
    }

    /** Seconds of one write. */
    public double writeTime() {
        return writeTime;
    }

    /**
     * Energy of one write, current × voltage × time, joules.
     *
     * @param voltage of the write, volts, 0 or above
     * @throws IllegalArgumentException if no write current is published
     */
    public double writeEnergy(double voltage) {
        if (writeCurrent == 0) {
            throw new IllegalArgumentException(
                    "technology = " + this + ": has no published write current; use the energy of your own device");
        }
        return writeCurrent * Require.nonNegative("voltage", voltage) * writeTime;
    }

    void describe(Datasheet.Builder sheet) {
        sheet.add("endurance", endurance, "", SOURCE)
                .add("programmable resolution", resolution, "bit", SOURCE)
                .add("write time", writeTime, "s", SOURCE);
        if (writeCurrent > 0) {
            sheet.add("write current", writeCurrent, "A", SOURCE);
        }
    }
}
