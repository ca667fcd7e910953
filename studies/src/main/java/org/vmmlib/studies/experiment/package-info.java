/** Experiments that run networks through circuits and measure what comes out. */
@NullMarked
package org.vmmlib.studies.experiment;

import org.jspecify.annotations.NullMarked;
