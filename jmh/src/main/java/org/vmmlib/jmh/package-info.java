/**
 * JMH benchmarks, each beside a baseline in the same run. {@code jmh/ratios.sh product} builds them, runs those named and
 * prints the ratios; after that, {@code java -jar jmh/target/benchmarks.jar} takes JMH's own options.
 */
@NullMarked
package org.vmmlib.jmh;

import org.jspecify.annotations.NullMarked;
