/**
 * What the commands show: aligned text and progress on the terminal, and self-contained pages with tables and plots.
 *
 * <p>Everything here comes out the same in every locale, and nothing here needs fonts, a display or a network.
 */
@NullMarked
package org.vmmlib.studies.report;

import org.jspecify.annotations.NullMarked;
