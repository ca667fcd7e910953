/**
 * Runs independent chunks of work in parallel, with progress and interruption; keeps finished trials, so that a run can go
 * on.
 */
@NullMarked
package org.vmmlib.core.run;

import org.jspecify.annotations.NullMarked;
