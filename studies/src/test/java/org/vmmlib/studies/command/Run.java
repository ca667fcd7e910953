package org.vmmlib.studies.command;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * The command, run within the test.
 *
 * @param exitCode what the shell would see
 * @param out standard output
 * @param err standard error
 */
record Run(int exitCode, String out, String err) {

    static Run vmm(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }
}
