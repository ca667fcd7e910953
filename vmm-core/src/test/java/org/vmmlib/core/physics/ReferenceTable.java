package org.vmmlib.core.physics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/** A function known to many digits at some doubles, from a CSV resource beside the test. */
record ReferenceTable(List<Point> points) {

    record Point(double argument, BigDecimal value) {}

    static ReferenceTable read(String resource) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ReferenceTable.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            return new ReferenceTable(in.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> {
                        int comma = line.indexOf(',');
                        return new Point(
                                Double.parseDouble(line.substring(0, comma)),
                                new BigDecimal(line.substring(comma + 1)));
                    })
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The largest error in units in the last place of the exact value, and where it is. */
    Worst worst(DoubleUnaryOperator function) {
        Worst worst = new Worst(0, Double.NaN);
        for (Point point : points) {
            double got = function.applyAsDouble(point.argument());
            double ulps = Double.isFinite(got)
                    ? new BigDecimal(got)
                            .subtract(point.value())
                            .abs()
                            .divide(new BigDecimal(Math.ulp(point.value().doubleValue())), MathContext.DECIMAL64)
                            .doubleValue()
                    : Double.POSITIVE_INFINITY;
            if (ulps > worst.ulps()) {
                worst = new Worst(ulps, point.argument());
            }
        }
        return worst;
    }

    record Worst(double ulps, double argument) {}
}
