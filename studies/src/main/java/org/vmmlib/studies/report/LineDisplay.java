package org.vmmlib.studies.report;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Progress as plain lines: one when all is done, and until then one after every tenth of the work, but at most one in
 * two seconds. So a short task has one line, and a log of a long one stays short.
 */
final class LineDisplay implements ConsoleProgress.Display {

    private static final int LINES = 10;
    private static final double PAUSE = 2;

    private final String task;
    private final PrintStream out;
    private final LongSupplier nanoTime;
    private final long start;
    private long lastTime;
    private long lastTenth;

    LineDisplay(String task, PrintStream out, LongSupplier nanoTime) {
        this.task = task;
        this.out = out;
        this.nanoTime = nanoTime;
        start = nanoTime.getAsLong();
        lastTime = start;
    }

    @Override
    public void show(long steps, long of) {
        long tenth = (long) Math.floor((double) steps / of * LINES);
        long now = nanoTime.getAsLong();
        boolean finished = steps == of;
        if (tenth > lastTenth && (finished || (now - lastTime) * 1e-9 >= PAUSE)) {
            out.print(String.format(
                    Locale.ROOT,
                    "%s: %d %% (%d of %d), %.1f s\n",
                    task,
                    (long) Math.floor(100.0 * steps / of),
                    steps,
                    of,
                    (now - start) * 1e-9));
            out.flush();
            lastTime = now;
            lastTenth = tenth;
        }
    }

    @Override
    public void end() {
        // every line is complete
    }
}
