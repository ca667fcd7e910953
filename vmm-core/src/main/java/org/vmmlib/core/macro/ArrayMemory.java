package org.vmmlib.core.macro;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What effects keep of one prepared array from read to read, so that they find once what no input changes. One value of
 * each type; a type of the effect's own keeps effects apart. It must follow from the array alone: which read found it
 * first shall not matter. Safe to share between threads.
 */
public final class ArrayMemory {

    private final Map<Class<?>, Object> kept = new ConcurrentHashMap<>();

    /** Keeps nothing yet. */
    public ArrayMemory() {}

    /**
     * What is kept under a type.
     *
     * @param type its type
     * @param find finds it, if it is not known yet; may run in two threads at once, of which one result is kept
     */
    public <T> T of(Class<T> type, Supplier<? extends T> find) {
        Object known = kept.get(type);
        if (known == null) {
            kept.putIfAbsent(type, find.get());
            known = kept.get(type);
        }
        return type.cast(known);
    }
}
