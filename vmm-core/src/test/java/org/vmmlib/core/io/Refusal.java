package org.vmmlib.core.io;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** What a refusal says. */
final class Refusal {

    private Refusal() {}

    /** The message of an exception that must be thrown. */
    static <T extends Exception> String of(Class<T> type, Executable action) {
        return String.valueOf(assertThrows(type, action).getMessage());
    }
}
