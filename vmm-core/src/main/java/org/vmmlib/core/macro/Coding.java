package org.vmmlib.core.macro;

import java.util.List;
import org.vmmlib.core.check.Require;

/**
 * What the phases of an encoder's schedule stand for, and so what a readout has to make of them. An encoder has one; a
 * readout says which it {@link Readout#fits(Coding) fits}.
 */
public sealed interface Coding {

    /** A few words for messages, such as {@code "amplitudes (1 phase)"}. */
    String title();

    /** One phase, whose amplitudes carry the words (INS). */
    record Amplitude() implements Coding {
        @Override
        public String title() {
            return "amplitudes (1 phase)";
        }
    }

    /** Phases whose charges simply add up to the product: pulse durations (EXP), binary-weighted phases, spikes. */
    record Time() implements Coding {
        @Override
        public String title() {
            return "charge over time";
        }
    }

    /**
     * Phases of equal length that carry one digit of the words each, which the readout has to weigh (LIN, bit slices).
     *
     * @param significance what a unit of each phase's digit stands for, in steps of the word, in the order of the phases:
     *     1, 2, 4, 8 for 4 bits; negative where the readout has to subtract, as 1, 2, 4, −8 for two's complement
     */
    record Digits(List<Double> significance) implements Coding {

        /** Copies the list and checks that no significance is 0. */
        public Digits {
            significance = List.copyOf(significance);
            Require.within("phases", significance.size(), 1, 1 << 10);
            for (double s : significance) {
                if (Require.finite("significance", s) == 0) {
                    throw new IllegalArgumentException("significance = 0.0: must not be 0; leave the phase out");
                }
            }
        }

        @Override
        public String title() {
            return "digits that stand for " + significance;
        }
    }

    /**
     * Two phases of one length, each of many stretches: in the first, each input is on for a time that is its value; in the
     * second, all of them are on (arXiv:1711.10673).
     *
     * @param time length of each of the two, seconds, above 0: the value of the largest input
     */
    record TwoPhase(double time) implements Coding {

        /** Checks the range. */
        public TwoPhase {
            Require.positive("time", time);
        }

        @Override
        public String title() {
            return "two phases of " + time + " s";
        }
    }
}
