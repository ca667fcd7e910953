package org.vmmlib.peripherals.neuron;

import org.vmmlib.core.check.Require;

/**
 * When a comparator that has fired may fire again. A crossing while its own pulse still lasts is answered when that ends.
 * The paper does not say which rule its asynchronous comparators follow.
 */
public sealed interface Rearm {

    /** Once the membrane has fallen below the threshold less the hysteresis: a spike is an upward crossing. */
    record OnFall() implements Rearm {}

    /**
     * Some time after the end of its pulse, wherever the membrane is: a comparator that times itself, and fires again and
     * again while the membrane is above its threshold.
     *
     * @param delay seconds, 0 or above
     */
    record AfterTime(double delay) implements Rearm {

        /** Checks the delay. */
        public AfterTime {
            Require.nonNegative("delay", delay);
        }
    }

    /** Once the neuron has been reset: each threshold fires at most once for each reset. */
    record OnReset() implements Rearm {}

    /** See {@link OnFall}. */
    static Rearm onFall() {
        return new OnFall();
    }

    /** See {@link AfterTime}. */
    static Rearm afterTime(double delay) {
        return new AfterTime(delay);
    }

    /** See {@link OnReset}. */
    static Rearm onReset() {
        return new OnReset();
    }
}
