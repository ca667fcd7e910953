/** The guide's examples, against the public API alone. */
@NullMarked
package org.vmmlib.tests.guide;

import org.jspecify.annotations.NullMarked;
