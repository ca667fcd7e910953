/**
 * The named devices: memory cells with their datasheets, and the plots that show how they conduct, how linear they are
 * and what temperature does to them.
 */
@NullMarked
package org.vmmlib.studies.device;

import org.jspecify.annotations.NullMarked;
