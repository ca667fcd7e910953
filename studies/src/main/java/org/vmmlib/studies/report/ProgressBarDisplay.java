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
     * Writes the bar over itself.
     *
     * <p>The library's own consumer would open the terminal with a native library, to learn what is known here.
     *
     * @param out the terminal
     * @param width its width in characters
     */
    private record Line(PrintStream out, int width) implements ProgressBarConsumer {

        @Override
        public int getMaxRenderedLength() {
            return width - 1;
        }

        @Override
        public void accept(String bar) {
            out.print("\r" + bar);
            out.flush();
        }

        @Override
        public void clear() {
            out.print("\r" + " ".repeat(width - 1) + "\r");
            out.flush();
        }

        @Override
        public void close() {
            out.print("\n");
            out.flush();
        }
    }

    private final ProgressBar bar;

    ProgressBarDisplay(String task, PrintStream out, int width) {
        bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
                .setConsumer(new Line(out, width))
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
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
