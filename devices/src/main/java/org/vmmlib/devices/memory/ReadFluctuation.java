package org.vmmlib.devices.memory;

/** How much a conductance fluctuates from read to read. */
@FunctionalInterface
public interface ReadFluctuation {

    /**
     * Standard deviation.
     *
     * @param programmed conductance that programming left, siemens, 0 or above
     * @param present conductance now, siemens, 0 or above
     * @param age seconds since programming, 0 or above
     * @return siemens, 0 or above
     */
    double sigma(double programmed, double present, double age);
}
