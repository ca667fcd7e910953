package org.vmmlib.studies.design;

import java.util.List;
import org.vmmlib.core.macro.Macro;

/** A named circuit that runs the layers of a network. */
public interface Design {

    /** Name by which the command knows it. */
    String name();

    /** One line for a person. */
    String description();

    /** Word length of the network's inputs. */
    int inputBits();

    /** Word length of the converters, and so of the next layer's inputs. */
    int outputBits();

    /**
     * The circuit of one layer.
     *
     * @param layer what the layer needs
     * @param ideal whether every imperfection and effect is switched off
     */
    Macro macro(LayerSpec layer, boolean ideal);

    /** The same circuit at other word lengths, which a study runs beside it; empty for most. */
    List<Design> variants();

    /** What was published of this circuit, to print beside what is measured; empty where there is nothing. */
    default List<Published> published() {
        return List.of();
    }

    /**
     * A published figure.
     *
     * @param quantity what it is
     * @param value in SI units; accuracies are fractions
     * @param source where it stands
     */
    record Published(String quantity, double value, String source) {}
}
