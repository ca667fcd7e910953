package org.vmmlib.noise.budget;

import java.util.ArrayList;
import java.util.List;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.macro.Macro;

/**
 * The circuits of a budget, in a fixed order: without imperfections, with all, with each alone, without each, and with all
 * at other temperatures.
 *
 * @param imperfections of the full circuit
 * @param macros in that order
 */
record Circuits(List<Imperfection> imperfections, List<Macro> macros) {

    static final int NONE = 0;
    static final int FULL = 1;

    static Circuits of(Macro full, List<Double> temperatures) {
        List<Imperfection> imperfections = full.imperfections();
        List<Macro> macros = new ArrayList<>();
        macros.add(only(full, ""));
        macros.add(full);
        for (Imperfection one : imperfections) {
            macros.add(only(full, one.id()));
        }
        for (Imperfection one : imperfections) {
            macros.add(full.without(one.id()));
        }
        for (double temperature : temperatures) {
            macros.add(full.toBuilder()
                    .conditions(full.conditions().atTemperature(temperature))
                    .build());
        }
        return new Circuits(imperfections, List.copyOf(macros));
    }

    private static Macro only(Macro full, String kept) {
        Macro macro = full;
        for (Imperfection other : full.imperfections()) {
            if (!other.id().equals(kept)) {
                macro = macro.without(other.id());
            }
        }
        return macro;
    }

    int alone(int imperfection) {
        return 2 + imperfection;
    }

    int removed(int imperfection) {
        return 2 + imperfections.size() + imperfection;
    }

    int atTemperature(int corner) {
        return 2 + 2 * imperfections.size() + corner;
    }
}
