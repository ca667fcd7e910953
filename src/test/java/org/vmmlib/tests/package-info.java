/** Tests of what crosses modules: architecture, accuracy, and comparison with other simulators. */
@NullMarked
package org.vmmlib.tests;

import org.jspecify.annotations.NullMarked;
