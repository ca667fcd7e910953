package org.vmmlib.core.block;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of the circuit that can describe itself. Blocks are immutable values: parameters, not a fabricated part. The
 * parts of one chip, with their mismatch drawn, come from each block's {@code on(Die, …)}.
 *
 * <p>Every imperfection is a parameter whose default is ideal. A block lists those that are not ideal, and can give a
 * copy of itself without any one of them, which is what an error budget toggles.
 */
public interface Block {

    /** The imperfections this block has now; empty for an ideal block. */
    List<Imperfection> imperfections();

    /**
     * This block with one imperfection made ideal.
     *
     * @param imperfection id of one of {@link #imperfections()}
     * @throws IllegalArgumentException if the block does not have it; the message lists what it has
     */
    Block without(String imperfection);

    /** Every parameter with value, unit and source. */
    Datasheet datasheet();

    /**
     * The block with every imperfection made ideal.
     *
     * @param <B> type of the block, which its {@link #without} keeps
     */
    @SuppressWarnings("unchecked")
    static <B extends Block> B ideal(B block) {
        Block ideal = block;
        while (!ideal.imperfections().isEmpty()) {
            ideal = ideal.without(ideal.imperfections().get(0).id());
        }
        return (B) ideal;
    }

    /** The refusal for an id that {@code block} does not have. */
    static IllegalArgumentException unknown(Block block, String imperfection) {
        String has = block.imperfections().stream().map(Imperfection::id).collect(Collectors.joining(", "));
        return new IllegalArgumentException("imperfection = " + imperfection + ": "
                + block.datasheet().title() + " has " + (has.isEmpty() ? "none" : "only " + has));
    }
}
