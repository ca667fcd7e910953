package org.vmmlib.peripherals.encoder;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Signal;

/**
 * Rows with the white noise of what drives them, by its level.
 *
 * @param schedule encodes a batch
 * @param density of a level
 */
record NoisyRows(Schedule schedule, Density density) implements InputEncoder.Rows {

    /** What {@link InputEncoder.Rows#encode} does. */
    @FunctionalInterface
    interface Schedule {
        DriveSchedule of(Signal inputs, long firstCall);
    }

    /** White noise of a driver. */
    @FunctionalInterface
    interface Density {

        /**
         * One-sided density.
         *
         * @param level of the drive, volts or amperes
         * @return V²/Hz or A²/Hz, 0 or above
         */
        double of(double level, Conditions conditions);
    }

    @Override
    public DriveSchedule encode(Signal inputs, long firstCall) {
        return schedule.of(inputs, firstCall);
    }

    @Override
    public void noise(DMatrixRMaj drives, Conditions conditions, DMatrixRMaj densities) {
        densities.reshape(drives.numRows, drives.numCols);
        for (int k = 0; k < drives.getNumElements(); k++) {
            densities.data[k] = density.of(drives.data[k], conditions);
        }
    }
}
