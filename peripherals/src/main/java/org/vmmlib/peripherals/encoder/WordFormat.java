package org.vmmlib.peripherals.encoder;

/** How the digits on the rows stand for a word. */
public enum WordFormat {
    /** Unsigned words as they are. */
    UNSIGNED(false),
    /** Signed words; their top bit stands for {@code −2^(b−1)}, which the readout subtracts. */
    TWOS_COMPLEMENT(true),
    /**
     * Signed words as sign and b − 1 bits of magnitude; the lowest word has none and is refused. Row lines are driven with
     * both signs; gates and currents, which have one, have two phases for each digit, of which the readout subtracts the
     * second.
     */
    SIGN_MAGNITUDE(true),
    /**
     * Signed words x as the unsigned {@code x + 2^(b−1)}; in one phase more, with all rows on, the readout subtracts the
     * offset, through the very cells that the words went through.
     */
    OFFSET_BINARY(true);

    private final boolean signed;

    WordFormat(boolean signed) {
        this.signed = signed;
    }

    /** Whether it takes signed words. */
    public boolean signed() {
        return signed;
    }
}
