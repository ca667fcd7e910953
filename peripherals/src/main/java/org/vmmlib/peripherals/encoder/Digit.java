package org.vmmlib.peripherals.encoder;

import java.util.ArrayList;
import java.util.List;

/**
 * One digit of the words, on the rows in one phase.
 *
 * @param significance what a unit of it stands for; negative where it is subtracted
 * @param part what of a word it is
 * @param shift bits to the right of it
 * @param mask bits that it has, moved to the right
 * @param level of a digit that is one bit, or is the same in all words
 */
record Digit(double significance, Part part, int shift, int mask, int level) {

    /** What of a word a digit is. */
    enum Part {
        /** Bits of the word. */
        BITS,
        /** Bits of the word with the top bit turned round. */
        OFFSET_BITS,
        /** The top bit. */
        SIGN,
        /** Bits of the magnitude, with the sign of the word. */
        SIGNED_MAGNITUDE,
        /** Bits of the magnitude of positive words. */
        POSITIVE,
        /** Bits of the magnitude of negative words. */
        NEGATIVE,
        /** The same for all words. */
        ALL
    }

    /**
     * The digits of words, lowest first.
     *
     * @param bits of a word
     * @param width bits of a digit
     * @param bipolar whether a row can carry both signs
     */
    static List<Digit> of(WordFormat format, int bits, int width, boolean bipolar) {
        List<Digit> digits = new ArrayList<>();
        int plain = switch (format) {
            case UNSIGNED, OFFSET_BINARY -> bits;
            case TWOS_COMPLEMENT, SIGN_MAGNITUDE -> bits - 1;
        };
        for (int shift = 0; shift < plain; shift += width) {
            int mask = (1 << Math.min(width, plain - shift)) - 1;
            double weight = Math.scalb(1.0, shift);
            switch (format) {
                case UNSIGNED, TWOS_COMPLEMENT -> digits.add(new Digit(weight, Part.BITS, shift, mask, 0));
                case OFFSET_BINARY -> digits.add(new Digit(weight, Part.OFFSET_BITS, shift, mask, 0));
                case SIGN_MAGNITUDE -> {
                    if (bipolar) {
                        digits.add(new Digit(weight, Part.SIGNED_MAGNITUDE, shift, mask, 0));
                    } else {
                        digits.add(new Digit(weight, Part.POSITIVE, shift, mask, 0));
                        digits.add(new Digit(-weight, Part.NEGATIVE, shift, mask, 0));
                    }
                }
            }
        }
        int top = bits - 1;
        double weight = -Math.scalb(1.0, top - top % width);
        int level = 1 << (top % width);
        switch (format) {
            case TWOS_COMPLEMENT -> digits.add(new Digit(weight, Part.SIGN, top, 1, level));
            case OFFSET_BINARY -> digits.add(new Digit(weight, Part.ALL, 0, 0, level));
            case UNSIGNED, SIGN_MAGNITUDE -> {}
        }
        return digits;
    }

    /** The digit of a word of {@code bits} bits; negative only where a row carries both signs. */
    int of(int word, int bits) {
        return switch (part) {
            case BITS -> (word >> shift) & mask;
            case OFFSET_BITS -> ((word + (1 << (bits - 1))) >> shift) & mask;
            case SIGN -> level * ((word >> shift) & 1);
            case SIGNED_MAGNITUDE -> Integer.signum(word) * ((Math.abs(word) >> shift) & mask);
            case POSITIVE -> (Math.max(0, word) >> shift) & mask;
            case NEGATIVE -> (Math.max(0, -word) >> shift) & mask;
            case ALL -> level;
        };
    }
}
