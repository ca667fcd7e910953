package org.vmmlib.core.physics;

/** Factors that make call sites readable: {@code 16 * Si.nA} is 16 nA in amperes. */
public final class Si {

    /** Nanoampere. */
    public static final double nA = 1e-9;
    /** Microampere. */
    public static final double uA = 1e-6;
    /** Millivolt. */
    public static final double mV = 1e-3;
    /** Kiloohm. */
    public static final double kOhm = 1e3;
    /** Megaohm. */
    public static final double MOhm = 1e6;
    /** Microsiemens. */
    public static final double uS = 1e-6;
    /** Nanosecond. */
    public static final double ns = 1e-9;
    /** Femtofarad. */
    public static final double fF = 1e-15;
    /** Square micrometre, in square metres. */
    public static final double um2 = 1e-12;

    private Si() {}
}
