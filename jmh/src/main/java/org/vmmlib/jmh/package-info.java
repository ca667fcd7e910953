/**
 * JMH benchmarks, each beside a baseline in the same run: {@code ./mvnw -Pbenchmarks package}, then
 * {@code java -jar jmh/target/benchmarks.jar}.
 */
@NullMarked
package org.vmmlib.jmh;

import org.jspecify.annotations.NullMarked;
