/**
 * What travels between blocks: codes, levels, edges, and the drive schedule that encoders give to the rows.
 */
@NullMarked
package org.vmmlib.core.signal;

import org.jspecify.annotations.NullMarked;
