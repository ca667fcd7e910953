/**
 * The {@code vmm} command. {@link org.vmmlib.studies.command.Main} starts it; each of its commands is a class that only
 * reads options, checks them, calls the library and prints.
 *
 * <p>Standard output holds what was asked for and nothing else. Exit codes: 0 done; 1 something failed that the input is
 * not to blame for, such as a solve that does not converge; 2 bad input, with one line on standard error that says what
 * is wrong and what the limit is; 130 interrupted. Files are written only if all went well.
 */
@NullMarked
package org.vmmlib.studies.command;

import org.jspecify.annotations.NullMarked;
