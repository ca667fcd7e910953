package org.vmmlib.noise.budget;

/** Where a budget looks at the outputs. */
public enum View {
    /** The levels that go into the converters. */
    BEFORE_QUANTISER("beforeQuantiser"),
    /** What the words stand for. */
    AFTER_QUANTISER("afterQuantiser");

    private final String key;

    View(String key) {
        this.key = key;
    }

    /** Its name in files. */
    public String key() {
        return key;
    }
}
