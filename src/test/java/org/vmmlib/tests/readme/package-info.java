/** The README's snippets, compiled and run. */
@NullMarked
package org.vmmlib.tests.readme;

import org.jspecify.annotations.NullMarked;
