/**
 * Converters: levels in, words out.
 *
 * <table>
 * <caption>Which circuit embeds an activation in its thresholds, and what its channels share</caption>
 * <tr><th>circuit</th><th>activations</th><th>shared by channels</th></tr>
 * <tr><td>{@link org.vmmlib.peripherals.converter.CyclicAdc}</td><td>all</td><td>nothing</td></tr>
 * <tr><td>{@link org.vmmlib.peripherals.converter.RampAdc}</td><td>all</td><td>ramp and counter, at once</td></tr>
 * <tr><td>{@link org.vmmlib.peripherals.converter.SarAdc}</td><td>uniform</td><td>the converter, in turn</td></tr>
 * <tr><td>{@link org.vmmlib.peripherals.converter.AdaptiveSarAdc}</td><td>uniform</td><td>the converter, in turn</td></tr>
 * <tr><td>{@link org.vmmlib.peripherals.converter.FlashAdc}</td><td>all</td><td>nothing</td></tr>
 * <tr><td>{@link org.vmmlib.peripherals.converter.TimeCounter}</td><td>ReLU</td><td>the counter, at once</td></tr>
 * <tr><td>{@link org.vmmlib.peripherals.converter.DeltaSigmaAdc}</td><td>uniform</td><td>nothing</td></tr>
 * <tr><td>{@link org.vmmlib.peripherals.converter.TwoStepAdc}</td><td>all, piecewise linear</td><td>nothing</td></tr>
 * <tr><td>{@link org.vmmlib.peripherals.converter.SingleComparator}</td><td>binary</td><td>nothing</td></tr>
 * <tr><td>{@link org.vmmlib.peripherals.converter.ActivationTable}</td><td>all, by a table</td><td>the table, in turn</td></tr>
 * </table>
 *
 * <p>Behind converters of sliced inputs comes {@link org.vmmlib.peripherals.converter.ShiftAndAdd};
 * {@link org.vmmlib.peripherals.converter.CalibratedRange} finds the full scale from sample levels.
 *
 * <p>However a circuit finds its word, without noise it is a search in a decision tree over the input, and never falls when the
 * input rises. So all but the delta-sigma modulator share one loop.
 */
@NullMarked
package org.vmmlib.peripherals.converter;

import org.jspecify.annotations.NullMarked;
