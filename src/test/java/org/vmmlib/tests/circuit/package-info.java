/** A circuit that the library does not have, written against its public API alone. */
@NullMarked
package org.vmmlib.tests.circuit;

import org.jspecify.annotations.NullMarked;
