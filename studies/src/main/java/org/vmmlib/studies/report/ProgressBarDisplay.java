package org.vmmlib.studies.report;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar that is redrawn in place. */
final class ProgressBarDisplay implements ConsoleProgress.Display {

    private static final int UPDATE_MILLISECONDS = 200;

    /**
     * Writes the bar over itself, until it is ended.
     *
     * <p>The library's own consumer would open the terminal with a native library, to learn what is known here; and it
     * ends the line only if the bar was drawn before, which a short task does not wait for.
     */
    private static final class Line implements ProgressBarConsumer {
        private final PrintStream out;
        private final int width;
        private boolean ended;

        Line(PrintStream out, int width) {
            this.out = out;
            this.width = width;
        }

        @Override
        public int getMaxRenderedLength() {
            return width - 1;
        }

        @Override
        public synchronized void accept(String bar) {
            if (!ended) {
                out.print("\r" + bar);
                out.flush();
            }
        }

        @Override
        public void clear() {
            // the bar stays
        }

        @Override
        public void close() {
            // the end is ours
        }

        synchronized void end() {
            ended = true;
            out.print("\n");
            out.flush();
        }
    }

    private final Line line;
    private final ProgressBar bar;

    ProgressBarDisplay(String task, PrintStream out, int width) {
        line = new Line(out, width);
        bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
                .setConsumer(line)
                .build();
    }

    @Override
    public void show(long steps, long of) {
        if (bar.getMax() != of) {
            bar.maxHint(of);
        }
        bar.stepTo(steps);
    }

    @Override
    public void end() {
        // The library waits for its last line, which an interrupted thread cannot.
        boolean interrupted = Thread.interrupted();
        try {
            bar.close();
        } finally {
            line.end();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
