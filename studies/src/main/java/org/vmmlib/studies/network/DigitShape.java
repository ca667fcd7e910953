package org.vmmlib.studies.network;

import java.util.Arrays;
import java.util.List;

/**
 * One way to write a digit: strokes, each a smooth curve through control points. A control point that stands twice in a
 * row is a corner.
 *
 * @param strokes control points of each stroke as {@code x0, y0, x1, y1, …}; x rightwards and y downwards, 0 to 1 over
 *     the digit's box. Not modified.
 */
record DigitShape(List<double[]> strokes) {

    /** For each digit, the ways to write it. The text is described at {@link #parse}. */
    private static final List<List<DigitShape>> BY_DIGIT = List.of(
            List.of(
                    parse("58 2, 25 12, 5 48, 22 88, 52 98, 85 82, 95 45, 80 10, 50 1"),
                    parse("70 12, 45 0, 15 22, 10 62, 35 97, 72 90, 90 55, 78 15, 52 4"),
                    parse("35 8, 12 40, 15 80, 45 100, 80 85, 92 50, 75 10, 45 0, 28 14")),
            List.of(
                    parse("50 0, 50 100"),
                    parse("28 24, 54 0, 54 0, 52 100"),
                    parse("24 22, 50 0, 50 0, 50 100; 22 100, 80 100")),
            List.of(
                    parse("8 24, 30 3, 68 3, 90 26, 74 52, 40 76, 6 99, 6 99, 95 98"),
                    parse("10 22, 40 0, 82 12, 82 42, 50 76, 22 97, 8 88, 24 76, 52 90, 96 96"),
                    parse("12 10, 48 0, 86 14, 74 46, 10 100, 10 100, 92 96")),
            List.of(
                    parse("8 14, 45 0, 86 20, 72 42, 38 48, 38 48, 76 54, 92 76, 70 97, 36 100, 5 86"),
                    parse("10 3, 86 3, 86 3, 44 40, 44 40, 80 50, 92 76, 64 98, 6 92"),
                    parse("12 18, 44 0, 80 14, 76 38, 46 48, 80 60, 88 84, 52 100, 8 88")),
            List.of(
                    parse("20 0, 8 56, 8 56, 92 54; 72 8, 66 100"),
                    parse("66 100, 68 0, 68 0, 4 66, 4 66, 96 64"),
                    parse("14 2, 10 34, 30 54, 62 50, 84 28; 86 0, 82 50, 78 100")),
            List.of(
                    parse("86 0, 26 1, 26 1, 16 42, 16 42, 50 35, 84 50, 86 80, 52 100, 8 90"),
                    parse("84 3, 42 4, 20 24, 36 42, 70 56, 80 80, 50 100, 10 92"),
                    parse("24 4, 18 46, 18 46, 56 38, 86 58, 78 88, 44 100, 8 92; 24 4, 88 2")),
            List.of(
                    parse("76 0, 36 24, 10 62, 20 93, 55 100, 86 80, 70 56, 40 56, 14 76"),
                    parse("60 0, 26 34, 12 70, 34 98, 70 96, 86 76, 66 58, 32 64, 14 78"),
                    parse("50 0, 22 40, 14 80, 40 100, 78 90, 80 64, 50 56, 18 74")),
            List.of(
                    parse("5 3, 92 3, 92 3, 38 100"),
                    parse("5 4, 90 3, 90 3, 40 100; 26 52, 86 48"),
                    parse("8 22, 10 3, 10 3, 92 4, 92 4, 60 48, 48 100")),
            List.of(
                    parse("82 16, 50 0, 20 15, 30 38, 66 55, 88 78, 50 100, 12 80, 34 55, 72 36, 82 12"),
                    parse("48 46, 18 24, 48 0, 80 22, 48 46, 12 76, 50 100, 88 74, 48 46"),
                    parse("78 6, 34 4, 26 28, 70 54, 82 84, 44 100, 14 80, 46 50, 80 24, 74 4")),
            List.of(
                    parse("86 24, 60 2, 25 8, 12 32, 36 52, 70 45, 88 20, 88 20, 80 60, 60 100"),
                    parse("84 16, 50 0, 14 24, 34 52, 72 44, 86 10, 86 10, 84 100"),
                    parse("84 26, 58 0, 20 12, 18 40, 50 50, 84 24, 84 24, 80 80, 46 100, 12 90")));

    /** Number of ways to write a digit. */
    static int ways(int digit) {
        return BY_DIGIT.get(digit).size();
    }

    /** One way to write a digit. */
    static DigitShape of(int digit, int way) {
        return BY_DIGIT.get(digit).get(way);
    }

    /** Strokes between semicolons, points between commas, x and y in percent of the box. */
    private static DigitShape parse(String text) {
        return new DigitShape(Arrays.stream(text.split("; *", -1))
                .map(stroke -> Arrays.stream(stroke.split("[, ]+", -1))
                        .mapToDouble(percent -> Integer.parseInt(percent) / 100.0)
                        .toArray())
                .toList());
    }
}
