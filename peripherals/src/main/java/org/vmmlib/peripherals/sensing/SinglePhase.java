package org.vmmlib.peripherals.sensing;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.core.signal.Signal;

/** A batch through a sense amplifier: exactly one phase in which it settles, then clipping to the output swing, counted. */
final class SinglePhase implements Readout.Session {

    private final String block;
    private final ColumnSense sense;
    private final int vectors;
    private final int columns;
    private final long firstCall;
    private final Output output;
    private @Nullable DMatrixRMaj levels;

    SinglePhase(String block, ColumnSense sense, Output output, int vectors, int columns, long firstCall) {
        this.block = block;
        this.sense = sense;
        this.vectors = vectors;
        this.columns = columns;
        this.firstCall = firstCall;
        this.output = output;
    }

    @Override
    public void phase(double[] durations, ColumnPort array) {
        if (levels != null) {
            throw new IllegalArgumentException("schedule has more than one phase, but " + block
                    + " holds no charge and senses one phase only: use an amplitude encoder with it, or an integrating "
                    + "readout for this schedule");
        }
        if (array.vectors() != vectors || array.columns() != columns || durations.length != vectors) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "array gives %d vectors of %d columns with %d durations: must be %d of %d, as %s was begun with",
                    array.vectors(),
                    array.columns(),
                    durations.length,
                    vectors,
                    columns,
                    block));
        }
        DMatrixRMaj settled = sense.levels(array, firstCall);
        output.settle(settled, durations);
        levels = settled;
    }

    @Override
    public Signal finish(Saturation saturation) {
        DMatrixRMaj out = levels;
        if (out == null) {
            throw new IllegalStateException(block + " has sensed no phase yet");
        }
        output.clip(out, saturation);
        return new Levels(out, output.quantity());
    }
}
