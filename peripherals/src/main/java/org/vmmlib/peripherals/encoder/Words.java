package org.vmmlib.peripherals.encoder;

import java.util.Locale;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Signal;

/** Checks that inputs are what an encoder takes. */
final class Words {

    private Words() {}

    static Codes require(Signal inputs, Block encoder, WordFormat format, int bits, int rows) {
        String name = encoder.datasheet().title();
        if (!(inputs instanceof Codes codes)) {
            throw new IllegalArgumentException("inputs are " + inputs.getClass().getSimpleName() + ", but " + name
                    + " takes words: convert them, or use an encoder of such signals");
        }
        if (codes.signed() != format.signed() || codes.bits() != bits) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "codes are %s words of %d bits, but %s takes %s words of %d bits: use words of that kind, or an "
                            + "encoder of such words",
                    codes.signed() ? "signed" : "unsigned",
                    codes.bits(),
                    name,
                    format.signed() ? "signed" : "unsigned",
                    bits));
        }
        requireChannels("codes", "words", codes.channels(), rows);
        if (format == WordFormat.SIGN_MAGNITUDE) {
            for (int word : codes.data()) {
                if (word == codes.lowest()) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "code = %d: has no magnitude of %d bits, as %s needs; clip the words to %d",
                            word,
                            bits - 1,
                            name,
                            -codes.highest()));
                }
            }
        }
        return codes;
    }

    static Edges requireEdges(Signal inputs, Block encoder, int rows) {
        if (!(inputs instanceof Edges edges)) {
            throw new IllegalArgumentException("inputs are " + inputs.getClass().getSimpleName() + ", but "
                    + encoder.datasheet().title() + " takes edges: use an encoder of words");
        }
        requireChannels("edges", "trains", edges.channels(), rows);
        return edges;
    }

    private static void requireChannels(String name, String what, int channels, int rows) {
        if (channels != rows) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s has %d %s a vector: must be %d, one for each row", name, channels, what, rows));
        }
    }
}
