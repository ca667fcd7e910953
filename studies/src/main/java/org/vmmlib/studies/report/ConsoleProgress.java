package org.vmmlib.studies.report;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.vmmlib.core.run.Progress;

/**
 * Progress of one task, on standard error: a bar on a terminal, and elsewhere (a pipe, a log) a plain line now and then,
 * without control characters. To be closed; if the program is interrupted, the terminal is left at the start of a line.
 *
 * <pre>{@code
 * try (ConsoleProgress progress = ConsoleProgress.of("nor-ins")) {
 *     chunks.run(images, work, progress);
 * }
 * }</pre>
 */
public final class ConsoleProgress implements Progress, AutoCloseable {

    /** One way to show it. */
    sealed interface Display permits ProgressBarDisplay, LineDisplay {

        /** Steps done, of all; of is above 0. */
        void show(long steps, long of);

        /** Nothing more will be shown. */
        void end();
    }

    private final Display display;
    private final Thread endOnExit = new Thread(this::end, "vmm-end-of-progress");
    private boolean ended;

    private ConsoleProgress(Display display) {
        this.display = display;
        Runtime.getRuntime().addShutdownHook(endOnExit);
    }

    /** Progress of a task, shown in the way that suits where standard error goes. */
    public static ConsoleProgress of(String task) {
        return of(task, ErrorTerminal.ofThisProcess(), System.err, System::nanoTime);
    }

    static ConsoleProgress of(String task, ErrorTerminal terminal, PrintStream out, LongSupplier nanoTime) {
        String name = AsciiText.of(task);
        return new ConsoleProgress(
                terminal.present()
                        ? new ProgressBarDisplay(name, out, terminal.width())
                        : new LineDisplay(name, out, nanoTime));
    }

    @Override
    public synchronized void done(long steps, long of) {
        if (steps < 0 || steps > of) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "steps = %d: must be from 0 to of = %d", steps, of));
        }
        if (!ended && of > 0) {
            display.show(steps, of);
        }
    }

    /** Ends the display. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(endOnExit);
        } catch (IllegalStateException e) {
            // the program is ending: the hook runs, and finds nothing to do
        }
    }

    private synchronized void end() {
        if (!ended) {
            ended = true;
            display.end();
        }
    }
}
