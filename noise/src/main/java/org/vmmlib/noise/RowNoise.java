package org.vmmlib.noise;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.random.NormalStream;

/**
 * White noise of what drives the rows, of encoders and reference cells, as they state it. All cells of a row see the same,
 * so the columns' errors are correlated by their weights. An input of 0 has the noise that the blocks state for it; input
 * currents stop at 0, so that noise as large as the current itself is cut off there.
 *
 * @param bandwidth of the read; that of a gate line of time constant τ is 1/(4τ)
 */
public record RowNoise(NoiseBandwidth bandwidth) implements Effect.OnDrive {

    /**
     * In a bandwidth that does not depend on the phase.
     *
     * @param bandwidth equivalent noise bandwidth, hertz, above 0; of an ideal integration over a time t it is 1/(2t)
     */
    public RowNoise(double bandwidth) {
        this(new NoiseBandwidth.Fixed(bandwidth));
    }

    /** In the bandwidth 1/(2t) of each vector's phases, t its duration. */
    public static RowNoise integrating() {
        return new RowNoise(new NoiseBandwidth.OfPhases());
    }

    @Override
    public String id() {
        return "rows.noise";
    }

    @Override
    public String description() {
        return "white noise of row drivers and reference cells, in " + bandwidth.description();
    }

    @Override
    public void disturb(Drive drive, DMatrixRMaj drives) {
        DMatrixRMaj meant = drive.phase().drives();
        int rows = drives.numCols;
        DMatrixRMaj density = new DMatrixRMaj(meant.numRows, rows);
        drive.encoder().noise(meant, drive.conditions(), density);
        DMatrixRMaj ofPort = new DMatrixRMaj(meant.numRows, rows);
        if (drive.rowPort() != null) {
            drive.rowPort().noise(meant, drive.conditions(), ofPort);
        }
        boolean currents = drive.rowPort() != null;
        long first = (long) drive.at().phase() * rows;
        for (int b = 0; b < meant.numRows; b++) {
            NormalStream normals =
                    drive.draws().call(drive.at().firstCall() + b).normals();
            double hertz = bandwidth.of(drive.phase().durations()[b]);
            for (int i = 0; i < rows; i++) {
                int k = b * rows + i;
                double disturbed =
                        drives.data[k] + Math.sqrt((density.data[k] + ofPort.data[k]) * hertz) * normals.at(first + i);
                drives.data[k] = currents ? Math.max(0, disturbed) : disturbed;
            }
        }
    }
}
