package org.vmmlib.core.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

class SpiceCellsTest {

    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d\\.\\d{10}e[-+]\\d+");

    /** Adds up the numbers of an expression in brackets, each of eleven digits. */
    private static double sum(String expression) {
        assertTrue(expression.startsWith("(") && expression.endsWith(")"), expression);
        Matcher numbers = NUMBER.matcher(expression);
        double sum = 0;
        int length = 2;
        while (numbers.find()) {
            sum += Double.parseDouble(numbers.group());
            length += numbers.group().length();
        }
        assertEquals(expression.length(), length, expression);
        return sum;
    }

    @Test
    void constantsOfElevenDigitsAddUpToTheDouble() {
        RandomStream random = RandomStreams.of(1).stream("constants", 0);
        for (int k = 0; k < 2000; k++) {
            double x = (random.uniform(2L * k) - 0.5) * Math.pow(10, 200 * random.uniform(2L * k + 1) - 100);
            assertEquals(x, sum(SpiceCells.constant(x)), Math.ulp(x));
        }
    }

    @Test
    void aRoundNumberIsOneNumber() {
        assertEquals("(3.0000000000e+00)", SpiceCells.constant(3));
        assertEquals("(-1.2500000000e-01)", SpiceCells.constant(-0.125));
        assertEquals(0, sum(SpiceCells.constant(0)));
        assertEquals("(3.3333333333e-01+3.3333148296e-12)", SpiceCells.constant(1.0 / 3));
    }

    @Test
    void whatIsNotFiniteIsRefused() {
        assertThrows(NumberFormatException.class, () -> SpiceCells.constant(Double.NaN));
        assertThrows(NumberFormatException.class, () -> SpiceCells.constant(Double.POSITIVE_INFINITY));
    }
}
