package org.vmmlib.noise;

import java.util.Locale;

/**
 * Ids of effects of which an array may have more than one: the kind of effect, and a name that tells it from the others.
 * The id keys the random numbers, so two effects of one kind need two names.
 */
public final class EffectName {

    private EffectName() {}

    /**
     * The id of an effect.
     *
     * @param kind such as {@code array.variability}
     * @param name lower-case letters, digits and hyphens, at least one
     * @return {@code kind.name}
     */
    public static String id(String kind, String name) {
        boolean fits = !name.isEmpty();
        for (int k = 0; k < name.length(); k++) {
            char c = name.charAt(k);
            fits &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        if (!fits) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "name = %s: must be lower-case letters, digits and hyphens, at least one; it is part of the id of"
                            + " the effect",
                    name));
        }
        return kind + "." + name;
    }
}
