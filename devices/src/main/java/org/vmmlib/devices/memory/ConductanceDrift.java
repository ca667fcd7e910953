package org.vmmlib.devices.memory;

/** How a conductance changes after programming. A device is one standard normal number. */
public interface ConductanceDrift {

    /**
     * Conductance at an age; what comes out below 0 counts as 0.
     *
     * @param programmed conductance that programming left, siemens, 0 or above
     * @param age seconds since programming, above 0
     * @param normal which device: a standard normal number
     * @return siemens
     */
    double at(double programmed, double age, double normal);

    /** Age up to which it was measured, seconds; may be infinite. */
    double longest();
}
