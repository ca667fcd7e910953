package org.vmmlib.studies.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where standard error goes.
 *
 * @param present is it a terminal that understands a carriage return?
 * @param width its width in characters
 */
record ErrorTerminal(boolean present, int width) {

    private static final int USUAL_WIDTH = 80;
    private static final int NARROWEST = 20;

    /** Found out once: a process keeps its standard error. */
    private static final class Holder {
        static final ErrorTerminal OF_THIS_PROCESS = probe(System.getenv());
    }

    static ErrorTerminal ofThisProcess() {
        return Holder.OF_THIS_PROCESS;
    }

    static ErrorTerminal none() {
        return new ErrorTerminal(false, USUAL_WIDTH);
    }

    /**
     * Asks a shell that shares standard error with this process. {@code System.console()} cannot tell: it looks at
     * standard input and output, so it is there with {@code 2>log}, and not there with {@code >results.txt}. Where
     * there is no shell, or TERM names no terminal, plain lines do.
     */
    private static ErrorTerminal probe(Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "");
        if (kind.isEmpty() || kind.equals("dumb")) {
            return none();
        }
        try {
            Process shell = new ProcessBuilder("sh", "-c", "test -t 2 && stty size <&2 2>/dev/null || test -t 2")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            shell.getOutputStream().close();
            if (!shell.waitFor(2, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
                return none();
            }
            String size = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return shell.exitValue() == 0 ? new ErrorTerminal(true, width(size)) : none();
        } catch (IOException e) {
            return none();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return none();
        }
    }

    /** The second number of {@code "24 80"}. */
    static int width(String size) {
        String[] numbers = size.strip().split(" ");
        try {
            int columns = numbers.length == 2 ? Integer.parseInt(numbers[1]) : 0;
            return columns <= 0 ? USUAL_WIDTH : Math.max(NARROWEST, columns);
        } catch (NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }
}
