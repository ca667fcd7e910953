/**
 * Numeric kernels on raw arrays: the hot loops. They know nothing of circuits and import nothing of this project.
 */
@NullMarked
package org.vmmlib.core.kernel;

import org.jspecify.annotations.NullMarked;
