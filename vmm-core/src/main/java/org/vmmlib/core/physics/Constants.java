package org.vmmlib.core.physics;

/** Constants of nature; both are exact in the SI of 2019 (BIPM, SI Brochure, 9th edition). */
public final class Constants {

    /** Elementary charge, in coulombs. */
    public static final double ELEMENTARY_CHARGE = 1.602176634e-19;

    /** Boltzmann constant, in joules per kelvin. */
    public static final double BOLTZMANN = 1.380649e-23;

    private Constants() {}
}
