package org.vmmlib.studies.device;

import java.util.List;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.crossbar.CellLaw;

/** A memory cell under a name. */
public final class NamedDevice {

    private final String name;
    private final String description;
    private final CellLaw law;
    private final Datasheet datasheet;
    private final Bias bias;
    private final List<Double> weights;

    NamedDevice(String name, String description, CellLaw law, Datasheet datasheet, Bias bias, List<Double> weights) {
        this.name = name;
        this.description = description;
        this.law = law;
        this.datasheet = datasheet;
        this.bias = bias;
        this.weights = List.copyOf(weights);
    }

    /** Name by which the command knows it. */
    public String name() {
        return name;
    }

    /** One line for a person. */
    public String description() {
        return description;
    }

    /** How it conducts. */
    public CellLaw law() {
        return law;
    }

    /** Every parameter with value, unit and source. */
    public Datasheet datasheet() {
        return datasheet;
    }

    /** Where it works. */
    Bias bias() {
        return bias;
    }

    /** Weights whose cells are shown; the last is 1. */
    List<Double> weights() {
        return weights;
    }
}
