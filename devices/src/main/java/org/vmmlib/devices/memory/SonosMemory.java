package org.vmmlib.devices.memory;

import org.vmmlib.core.physics.Si;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;

/**
 * 40-nm SONOS charge-trap memory in subthreshold, from currents of 128K devices over 5 days (Agrawal et al., IEDM 2022,
 * 21.7, doi:10.1109/IEDM45625.2022.10019564; fits: CrossSim). Cells are read with one gate and one drain voltage, so the
 * current of a device is a conductance times that drain voltage.
 */
public final class SonosMemory {

    private static final String SOURCE = "Agrawal et al., IEDM 2022, as in CrossSim";
    private static final double DAY = 86_400;

    /** Drain voltage that makes a conductance of 16 µS of 1.6 µA. */
    private static final double DRAIN = 0.1;

    /** Siemens of a nanoampere. */
    private static final double UNIT = Si.nA / DRAIN;

    private SonosMemory() {}

    /** 0 to 1.6 µA, that is 16 µS: programming error, drift of mean and spread up to 5 days, read noise. */
    public static MemoryCell sonos40() {
        return MemoryCell.builder("40-nm SONOS memory", new LinearReram(ConductanceWindow.of(0, 3200 * UNIT)))
                .weights(new ConductanceWindow(
                        0, 1600 * UNIT, 0, SOURCE + ": 1.6 µA; chosen: at a drain voltage of 0.1 V", "not given"))
                .technology(Technology.CHARGE_TRAP)
                .spread(g -> UNIT * saturating(19.88665, 176.3115, g / UNIT), SOURCE)
                .drift(new MeasuredDays(), SOURCE)
                .fluctuation(
                        (programmed, present, age) -> UNIT * saturating(12.58037, 215.36557, present / UNIT), SOURCE)
                .build();
    }

    private static double saturating(double a, double b, double nanoamperes) {
        return -a * Math.expm1(-Math.max(0, nanoamperes) / b);
    }

    /**
     * Mean change and spread, day by day, linear in between. The spread beyond that of programming is independent of it.
     */
    private record MeasuredDays() implements ConductanceDrift {

        private static final int LAST = 5;

        /** Above this current the polynomials are not fitted; the change stays. */
        private static final double FITTED = 1800;

        private static final double[] A = {19.88665, 25.59102, 28.72753, 31.04318, 33.76214, 34.57909};
        private static final double[] B = {176.3115, 186.85544, 193.56834, 198.90332, 204.77023, 207.34309};

        /**
         * Mean change, nanoamperes, as polynomials of the current in nanoamperes, for each day. Early versions of CrossSim had
         * other coefficients, which fall by 246 nA at 1600 nA; these are its later ones.
         */
        private static final double[][] CHANGE = {
            {0},
            {
                1.72684e-01,
                5.72552e-02,
                -6.85715e-04,
                3.50271e-06,
                -9.37682e-09,
                1.40575e-11,
                -1.19803e-14,
                5.41293e-18,
                -8.85448e-22,
                -1.66869e-25,
                5.95180e-29
            },
            {
                2.50712e-01,
                6.62195e-02,
                -6.83218e-04,
                2.99442e-06,
                -6.78255e-09,
                7.70482e-12,
                -3.04983e-15,
                -2.15919e-18,
                2.94617e-21,
                -1.23359e-24,
                1.85329e-28
            },
            {
                -1.75300e-02,
                9.76883e-02,
                -9.63791e-04,
                4.55551e-06,
                -1.22391e-08,
                1.93786e-11,
                -1.85899e-14,
                1.07659e-17,
                -3.58211e-21,
                5.96785e-25,
                -3.30410e-29
            },
            {
                4.03338e-02,
                1.03111e-01,
                -1.04740e-03,
                4.83961e-06,
                -1.28132e-08,
                1.99484e-11,
                -1.85139e-14,
                1.00008e-17,
                -2.84944e-21,
                3.01008e-25,
                1.18747e-29
            },
            {
                3.19927e-01,
                1.06596e-01,
                -1.04054e-03,
                4.50290e-06,
                -1.10352e-08,
                1.56477e-11,
                -1.27592e-14,
                5.45513e-18,
                -7.26841e-22,
                -2.43893e-25,
                7.14608e-29
            }
        };

        @Override
        public double at(double programmed, double age, double normal) {
            double nanoamperes = programmed / UNIT;
            double days = age / DAY;
            int before = Math.min(LAST - 1, (int) days);
            double part = days - before;
            double fitted = Math.min(FITTED, nanoamperes);
            double mean = nanoamperes
                    + (1 - part) * Polynomial.at(CHANGE[before], fitted)
                    + part * Polynomial.at(CHANGE[before + 1], fitted);
            double a = (1 - part) * A[before] + part * A[before + 1];
            double b = (1 - part) * B[before] + part * B[before + 1];
            double now = saturating(a, b, mean);
            double then = saturating(A[0], B[0], nanoamperes);
            return UNIT * (mean + Math.sqrt(Math.max(0, now * now - then * then)) * normal);
        }

        @Override
        public double longest() {
            return LAST * DAY;
        }
    }
}
