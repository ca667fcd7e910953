package org.vmmlib.core.macro;

import java.util.Map;
import java.util.TreeMap;

/** Counts values that a block had to clip, by place. Nothing saturates silently. */
public final class Saturation {

    private final Map<String, Long> counts = new TreeMap<>();

    /** Adds to a place, such as {@code adc.top}. */
    public void add(String place, long values) {
        if (values > 0) {
            counts.merge(place, values, Long::sum);
        }
    }

    /** Adds all of another count. */
    public void add(Saturation other) {
        other.counts.forEach(this::add);
    }

    /** Clipped values by place, in the order of their names; a copy. */
    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** All clipped values. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
