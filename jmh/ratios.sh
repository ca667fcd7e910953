#!/bin/sh
#
# Builds the benchmarks, runs those named (product, transferMatrix; all if none is), and prints how many times faster
# each is than its baselines. Needs a quiet machine.

set -eu
cd "$(dirname "$0")/.."
./mvnw -q -B -Pbenchmarks -Dmaven.test.skip -Dmaven.javadoc.skip -Dmaven.source.skip -Djacoco.skip \
    -pl jmh -am package </dev/null
java=java
if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
fi
exec "$java" -cp jmh/target/benchmarks.jar org.vmmlib.jmh.Ratios "$@"
