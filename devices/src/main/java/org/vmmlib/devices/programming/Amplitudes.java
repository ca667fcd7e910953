package org.vmmlib.devices.programming;

import java.util.Arrays;

/**
 * The amplitude of a cell's next pulse. It grows while the pulses of a direction are too weak: by a step, or half way
 * to an amplitude that once took the cell past its target. Where the cell is met from the other side again, it begins
 * one step lower than before; fine pulses begin one step below what a coarse one needed. After F. Alibart et al.,
 * Nanotechnology 23 (2012) 075201, doi:10.1088/0957-4484/23/7/075201, whose algorithm adapts to each cell in this way.
 */
final class Amplitudes {

    /** A pulse that closed less than this part of the error was too weak. */
    private static final double ENOUGH = 0.25;

    private final WriteVerify.Builder p;
    /** Last amplitude by direction and stage; 0: none yet. */
    private final double[] last = new double[4];
    /** Lowest amplitude that went past the target. */
    private final double[] strong = new double[4];

    private int before = -1;
    private boolean tooWeak;

    Amplitudes(WriteVerify.Builder p) {
        this.p = p;
        Arrays.fill(strong, Double.POSITIVE_INFINITY);
    }

    PulseTrain train(boolean up, boolean fine) {
        return fine ? up ? p.fineUp : p.fineDown : up ? p.coarseUp : p.coarseDown;
    }

    /** Learns from the last pulse: relative errors before and after it. */
    void learn(double errorBefore, double errorAfter) {
        boolean passed = errorBefore * errorAfter < 0;
        if (passed) {
            strong[before] = Math.min(strong[before], last[before]);
        }
        tooWeak = !passed && Math.abs(errorAfter) > (1 - ENOUGH) * Math.abs(errorBefore);
    }

    /** Magnitude, volts. */
    double next(boolean up, boolean fine) {
        PulseTrain train = train(up, fine);
        int now = (up ? 1 : 0) + (fine ? 2 : 0);
        double amplitude = last[now];
        if (now == before) {
            if (tooWeak) {
                double grown = amplitude + train.step();
                amplitude = grown < strong[now] ? grown : 0.5 * (amplitude + Math.max(amplitude, strong[now]));
            }
        } else if (amplitude > 0) {
            amplitude -= train.step();
        } else if (fine && last[now - 2] > 0) {
            amplitude = last[now - 2] - train(up, false).step();
        }
        amplitude = Math.max(train.start(), Math.min(train.limit(), amplitude));
        last[now] = amplitude;
        before = now;
        return amplitude;
    }
}
