package org.vmmlib.studies.design;

import java.util.ArrayList;
import java.util.List;

/** The named designs. */
public final class Designs {

    private Designs() {}

    /** All of them, in the order to show. */
    public static List<Design> all() {
        return List.of(NorFlashIns.esf3(), new PassiveIns());
    }

    /**
     * The design of a name; variants have names of their own.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names there are
     */
    public static Design named(String name) {
        List<String> names = new ArrayList<>();
        for (Design design : all()) {
            List<Design> family = new ArrayList<>(List.of(design));
            family.addAll(design.variants());
            for (Design member : family) {
                if (member.name().equals(name)) {
                    return member;
                }
                names.add(member.name());
            }
        }
        throw new IllegalArgumentException("design = " + name + ": must be one of " + String.join(", ", names));
    }
}
