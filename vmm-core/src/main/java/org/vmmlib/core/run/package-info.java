/**
 * Runs independent chunks of work in parallel, with progress and interruption.
 */
@NullMarked
package org.vmmlib.core.run;

import org.jspecify.annotations.NullMarked;
