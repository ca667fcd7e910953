package org.vmmlib.peripherals.dac;

import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Levels;

/** A digital-to-analog converter for unsigned words. */
public interface Dac extends Block {

    /** Word length b, 1 to 16. */
    int bits();

    /** What it gives: {@link Levels.Quantity#CURRENT} or {@link Levels.Quantity#VOLTAGE}. */
    Levels.Quantity output();

    /** The ideal level of the highest code 2^b − 1, in amperes or volts; code 0 gives 0. */
    double fullScale();

    /** The ideal level of a code, in amperes or volts: {@code fullScale · code / (2^b − 1)}. */
    default double level(int code) {
        return fullScale() * code / ((1 << bits()) - 1);
    }

    /**
     * White noise of the output, one-sided, by the physics of what gives it. An effect that draws it is needed for it to act.
     *
     * @param level at the output, in amperes or volts; its sign does not matter
     * @return A²/Hz or V²/Hz, 0 or above
     */
    double noise(double level, Conditions conditions);

    /** The transfer curves of a number of converters, with their mismatch drawn. */
    TransferTables on(Die die, int count);

    /**
     * The same, as far as the levels are reached some time after the word, from 0; all of it unless the converter has settling
     * as an imperfection.
     *
     * @param time seconds, above 0
     */
    default TransferTables on(Die die, int count, double time) {
        return on(die, count);
    }

    /**
     * Energy over an activity (channels = converters, charge = delivered by them, one new word per vector), settling
     * time to half an LSB, area.
     */
    Cost cost(Activity activity);

    @Override
    Dac without(String imperfection);
}
