package org.vmmlib.core.signal;

/** What a block hands to the next one: digital words, analog levels, or edges in time. */
public sealed interface Signal permits Codes, Levels, Edges {

    /** Number of vectors, B. */
    int vectors();

    /** Values per vector. */
    int channels();
}
