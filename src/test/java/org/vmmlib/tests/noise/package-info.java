/** Effects on circuits of real devices: noise against formulas, Nyquist's theorem and slower draws. */
@NullMarked
package org.vmmlib.tests.noise;

import org.jspecify.annotations.NullMarked;
