package org.vmmlib.devices.reram;

import org.vmmlib.core.physics.Constants;

/**
 * The operating point of one JART cell. The unknown is the current i: it gives the voltage that is left for the Schottky
 * contact, {@code u = v − i R(i)}, and the temperature, {@code T = T0 + i (u + i R_disc+plug) R_th}; the contact must
 * then carry it, {@code i_contact(u, T) = i}. Newton's method within a bracket.
 */
final class JartCell {

    private static final double PLANCK = 6.62607015e-34;
    private static final double ELECTRON_MASS = 9.1093837015e-31;
    private static final double VACUUM = 8.8541878128e-12;

    private static final double Q = Constants.ELEMENTARY_CHARGE;
    private static final double KB = Constants.BOLTZMANN;

    static final double PERMITTIVITY = 17;
    static final double BARRIER_PERMITTIVITY = 5.5;
    static final double BARRIER = 0.18;
    static final double CONDUCTION_BAND = 0.1;
    static final double MOBILITY = 4e-6;
    static final double VALENCE = 2;
    static final double PLUG = 20e26;
    static final double THERMAL_RESISTANCE = 15.72e6;
    static final double RESET_THERMAL_FACTOR = 0.27;
    static final double RADIUS = 45e-9;
    static final double CELL_LENGTH = 3e-9;
    static final double DISC_LENGTH = 0.4e-9;
    static final double OXIDE_RESISTANCE = 650;
    static final double LINE_RESISTANCE = 719.24;
    static final double LINE_THERMAL_RESISTANCE = 90_471;
    static final double LINE_TEMPERATURE_COEFFICIENT = 3.92e-3;
    static final double RICHARDSON = 6.01e5;

    private static final double AREA = Math.PI * RADIUS * RADIUS;
    /** Barrier voltage without which there is no image force: a jump of the law. */
    private static final double JUMP = BARRIER - CONDUCTION_BAND;

    /** Added resistance of the heated line over i², ohms per square ampere. */
    private static final double HEATED_LINE =
            LINE_RESISTANCE * LINE_RESISTANCE * LINE_TEMPERATURE_COEFFICIENT * LINE_THERMAL_RESISTANCE;

    private static final int MOST_STEPS = 200;

    private JartCell() {}

    /** Current at a voltage, amperes. */
    static double current(double density, double voltage, double ambient) {
        double[] current = new double[1];
        solve(density, voltage, ambient, 0, current, new double[1], new double[1]);
        return current[0];
    }

    /**
     * Finds the operating point.
     *
     * @param density vacancies in the disc, 1/m³
     * @param voltage volts, not 0; far enough below 1 V in magnitude that the contact keeps less than 0.08 V of it
     * @param ambient kelvin
     * @param j where in the arrays the results go
     * @param current amperes. Modified.
     * @param slope ∂i/∂v, siemens. Modified.
     * @param scratch Modified.
     */
    static void solve(
            double density, double voltage, double ambient, int j, double[] current, double[] slope, double[] scratch) {
        double sign = Math.signum(voltage);
        double size = Math.abs(voltage);
        double heated = discAndPlug(density);
        double thermal = voltage > 0 ? THERMAL_RESISTANCE * RESET_THERMAL_FACTOR : THERMAL_RESISTANCE;
        double fixed = heated + OXIDE_RESISTANCE + LINE_RESISTANCE;
        // All of the voltage at the resistors is too much current; all that the contact may have is too little.
        double high = size / fixed;
        double low = 0;
        if (voltage > JUMP) {
            low = (voltage - JUMP) / fixed;
            for (int k = 0; k < 6; k++) {
                low -= (low * (fixed + HEATED_LINE * low * low) - (voltage - JUMP))
                        / (fixed + 3 * HEATED_LINE * low * low);
            }
            low *= 1 + 1e-14;
        }
        double i = 0.5 * (low + high);
        for (int step = 0; step < MOST_STEPS; step++) {
            double signed = sign * i;
            double resistance = fixed + HEATED_LINE * i * i;
            double differential = fixed + 3 * HEATED_LINE * i * i;
            double u = voltage - signed * resistance;
            double temperature = ambient + signed * (u + signed * heated) * thermal;
            contact(density, u, Math.max(temperature, ambient), j, current, slope, scratch);
            double byVoltage = slope[j];
            double byTemperature = scratch[j];
            double excess = sign * current[j] - i;
            double du = -differential;
            double dT = thermal * (u + 2 * signed * heated - signed * differential);
            double derivative = byVoltage * du + byTemperature * dT - 1;
            if (excess > 0) {
                low = i;
            } else {
                high = i;
            }
            double next = i - excess / derivative;
            if (!(next > low && next < high)) {
                next = 0.5 * (low + high);
            }
            double change = Math.abs(next - i);
            boolean done = excess == 0 || change <= 1e-16 * i;
            slope[j] = (byVoltage + byTemperature * thermal * signed) / -derivative;
            current[j] = signed;
            if (done) {
                return;
            }
            i = next;
        }
    }

    private static double discAndPlug(double density) {
        double unit = VALENCE * Q * MOBILITY * AREA;
        return DISC_LENGTH / (density * unit) + (CELL_LENGTH - DISC_LENGTH) / (PLUG * unit);
    }

    /** Current of the Schottky contact and its derivatives by voltage and temperature. */
    private static void contact(
            double density,
            double u,
            double kelvin,
            int j,
            double[] current,
            double[] byVoltage,
            double[] byTemperature) {
        double ions = VALENCE * density;
        double barrier = BARRIER;
        double barrierSlope = 0;
        double band = JUMP - u;
        if (band > 0) {
            double permittivity = BARRIER_PERMITTIVITY * VACUUM;
            double lowering = Math.sqrt(Math.sqrt(
                    Q * Q * Q * ions * band / (8 * Math.PI * Math.PI * permittivity * permittivity * permittivity)));
            barrier = BARRIER - lowering;
            barrierSlope = lowering / (4 * band);
            if (barrier < 0) {
                barrier = 0;
                barrierSlope = 0;
            }
        }
        double thermal = KB * kelvin / Q;
        if (u >= 0) {
            // Thermionic emission
            double scale = AREA * RICHARDSON * kelvin * kelvin * Math.exp(-barrier / thermal);
            double x = u / thermal;
            double grown = Math.expm1(x);
            current[j] = scale * grown;
            byVoltage[j] = (scale * (grown + 1) - scale * grown * barrierSlope) / thermal;
            byTemperature[j] = scale * (grown * (2 + barrier / thermal) - (grown + 1) * x) / kelvin;
        } else {
            double quantum = PLANCK / (4 * Math.PI) * Math.sqrt(ions / (ELECTRON_MASS * PERMITTIVITY * VACUUM));
            fieldEmission(-u, kelvin, barrier, -barrierSlope, quantum, j, current, byVoltage, byTemperature);
        }
    }

    /**
     * Thermionic field emission.
     *
     * @param size magnitude of the voltage
     * @param barrierSlope of the barrier by the magnitude
     * @param quantum tunnelling energy W_00 over the charge, volts
     */
    private static void fieldEmission(
            double size,
            double kelvin,
            double barrier,
            double barrierSlope,
            double quantum,
            int j,
            double[] current,
            double[] byVoltage,
            double[] byTemperature) {
        double a = quantum * Q / (KB * kelvin);
        double tanh = Math.tanh(a);
        double cosh = Math.cosh(a);
        double sech2 = 1 / (cosh * cosh);
        double inverseW = tanh / quantum;
        double inverseE = (a - tanh) / quantum;
        double room = size + barrier * sech2;
        double root = Math.sqrt(Math.PI * quantum * room);
        // q/k T A A_R sqrt(…) in volts: the square root of the model has q², which comes out as q.
        double scale = AREA * RICHARDSON * kelvin * (Q / KB) * Math.exp(-barrier * inverseW);
        double x = size * inverseE;
        double grown = Math.expm1(x);
        double magnitude = scale * root * grown;
        double full = scale * root * (grown + 1);
        double dRoom = 1 + barrierSlope * sech2;
        byVoltage[j] = magnitude * (0.5 * dRoom / room - barrierSlope * inverseW) + full * inverseE;
        // da/dT = −a/T
        double perKelvin = 1 + barrier * sech2 * tanh * a / room + barrier * sech2 * a / quantum;
        byTemperature[j] = -(magnitude * perKelvin - full * size * tanh * tanh * a / quantum) / kelvin;
        current[j] = -magnitude;
    }
}
