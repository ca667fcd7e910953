package org.vmmlib.peripherals.integrator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.WhiteNoise;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Signal;
import org.vmmlib.peripherals.parameter.Parameters;

/**
 * Successive integration and rescaling (SIR): integrates the lowest digit on C_I, shares the charge with an empty C_D, drops
 * C_D's part, integrates the next digit on top, and so on (Xiao et al., Appl. Phys. Rev. 7, 031301 (2020), Fig. 11). After p
 * bits, {@code V = (1/C_I) Σ_b Q_b r^(p−b)} with {@code r = C_I/(C_I + C_D)} = 1/2, with a share after each bit; or
 * {@code r^(p−1−b)} when converted before the last share. Digits of w bits take r = 2^−w. A digit of negative significance is
 * integrated with the capacitor turned round; between digits of equal significance there is no share.
 *
 * <p>Imperfections: those of the {@link Integrator}, of which leakage acts in each phase on all that was integrated before;
 * an error of r, common and drawn for each column; charge injection of the sharing switch, after each share; and kT/C noise:
 * that of C_D's reset, of which 1 − r is left, and that of the sharing switch, {@code kT C_I C_D/(C_I + C_D)} of charge.
 *
 * <p>Energy: that of the integrator; on a line, what its shares and resets dissipate is the energy that the digits bring to
 * C_I, {@code Σ C ((v + q)² − v²)/2}, taken at the mean charge of a digit; and the switches of each share. Immutable.
 */
public final class SuccessiveRescaling implements Readout {

    /** Id of the common error of the ratio. */
    public static final String RATIO = "sir.ratio";

    /** Id of the mismatch of the ratios of the columns. */
    public static final String RATIO_MISMATCH = "sir.ratio-mismatch";

    /** Id of the charge injection of the sharing switches. */
    public static final String INJECTION = "sir.charge-injection";

    /** Id of the kT/C noise of the shares. */
    public static final String NOISE = "sir.share-noise";

    private static final String P_RADIX = "radix";
    private static final String P_ERROR = "error of the ratio (relative)";
    private static final String P_SPREAD = "mismatch of the ratio (relative sigma)";
    private static final String P_STEP = "voltage injected by a share";
    private static final String P_NOISE = "temperature of the share noise";
    private static final String P_SWITCH = "energy of the switches of a share";

    private final Integrator integrator;
    private final Coding.Digits digits;
    private final boolean shareAfterLast;
    private final Parameters p;
    private final int[] sharesAfter;

    private SuccessiveRescaling(
            Integrator integrator, Coding.Digits digits, boolean shareAfterLast, Parameters parameters) {
        this.integrator = integrator;
        this.digits = digits;
        this.shareAfterLast = shareAfterLast;
        p = parameters;
        if (integrator.onLine() && digits.significance().stream().anyMatch(s -> s < 0)) {
            throw new IllegalArgumentException(
                    "integrator = " + integrator.datasheet().title()
                            + ": cannot subtract " + digits.title()
                            + "; use a virtual-ground integrator, whose capacitor can be turned round, or unsigned words");
        }
        sharesAfter = shares(digits.significance(), p.count(P_RADIX), shareAfterLast);
    }

    /**
     * Starts an ideal one for digits of one bit, with a share after each.
     *
     * @param integrator the integrator with C_I
     * @param digits the encoder's coding: the magnitude of the significance never falls, and rises by powers of the radix
     */
    public static Builder builder(Integrator integrator, Coding.Digits digits) {
        return new Builder(integrator, digits);
    }

    /** A builder that starts with these parameters. */
    public Builder toBuilder() {
        return new Builder(integrator, digits, shareAfterLast, p);
    }

    private static int[] shares(List<Double> significance, int radix, boolean shareAfterLast) {
        int[] shares = new int[significance.size()];
        for (int k = 0; k + 1 < shares.length; k++) {
            double ratio = Math.abs(significance.get(k + 1) / significance.get(k));
            int powers = 0;
            for (double left = ratio; left > 1 + 1e-9; left /= radix) {
                powers++;
            }
            if (Math.abs(Math.pow(radix, powers) / ratio - 1) > 1e-9) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "significance rises from %s to %s, but successive rescaling of radix %d needs powers of it: use "
                                + "digits in rising order, of as many bits as the radix has",
                        significance.get(k),
                        significance.get(k + 1),
                        radix));
            }
            shares[k] = powers;
        }
        shares[shares.length - 1] = shareAfterLast ? 1 : 0;
        return shares;
    }

    @Override
    public double columnVoltage() {
        return integrator.columnVoltage();
    }

    @Override
    public double inputResistance() {
        return integrator.inputResistance();
    }

    @Override
    public boolean fits(Topology topology) {
        return integrator.fits(topology);
    }

    /** Digits of exactly the significance that it rescales by. */
    @Override
    public boolean fits(Coding coding) {
        return coding.equals(digits);
    }

    /** The integrator. */
    public Integrator integrator() {
        return integrator;
    }

    /** Ideal ratio r of a share. */
    public double ratio() {
        return 1 / p.value(P_RADIX);
    }

    /** Output over the first digit's charge, siemens seconds per coulomb: r to the number of shares, over C_I. */
    public double gain() {
        return Math.pow(ratio(), Arrays.stream(sharesAfter).sum()) / integrator.capacitance();
    }

    @Override
    public Columns on(Die die, int columns, Conditions conditions) {
        Require.within("columns", columns, 1, Integer.MAX_VALUE);
        double[] ratios = die.mismatch(RATIO_MISMATCH, p.value(P_SPREAD), columns);
        for (int j = 0; j < columns; j++) {
            ratios[j] = ratio() * (1 + p.value(P_ERROR)) * (1 + ratios[j]);
            if (!(ratios[j] > 0 && ratios[j] < 1)) {
                throw new IllegalArgumentException("ratio = " + ratios[j] + " of column " + j
                        + ": must be between 0 and 1; lower its error or mismatch");
            }
        }
        Capacitors capacitors = Capacitors.of(integrator, "successive rescaling", die, columns);
        double[] noise = shareNoise(ratios, capacitors.capacitance());
        RandomStream draws = die.stream(NOISE);
        return (vectors, firstCall) -> new Rescaling(capacitors, ratios, noise, draws, vectors, firstCall);
    }

    /** Standard deviation of the voltage that a share adds in each column. */
    private double[] shareNoise(double[] ratios, double[] capacitance) {
        double temperature = p.value(P_NOISE);
        double[] sigmas = new double[ratios.length];
        for (int j = 0; temperature > 0 && j < sigmas.length; j++) {
            double dropped = 1 - ratios[j];
            double dumping = capacitance[j] * dropped / ratios[j];
            double series = capacitance[j] * dropped;
            sigmas[j] = dropped
                    * Math.hypot(WhiteNoise.sampled(dumping, temperature), WhiteNoise.sampled(series, temperature));
        }
        return sigmas;
    }

    /** A batch through it. */
    private final class Rescaling implements Session {
        private final Capacitors capacitors;
        private final double[] ratios;
        private final double[] noise;
        private final RandomStream draws;
        private final int vectors;
        private final long firstCall;
        private final ChargeNode node;
        private final boolean[] clipped;
        private int phase;
        private int share;

        Rescaling(
                Capacitors capacitors,
                double[] ratios,
                double[] noise,
                RandomStream draws,
                int vectors,
                long firstCall) {
            this.capacitors = capacitors;
            this.ratios = ratios;
            this.noise = noise;
            this.draws = draws;
            this.vectors = vectors;
            this.firstCall = firstCall;
            node = capacitors.reset(vectors, firstCall);
            clipped = capacitors.marks(vectors);
        }

        @Override
        public void phase(double[] durations, ColumnPort array) {
            capacitors.require(array, durations, vectors);
            if (phase == sharesAfter.length) {
                throw new IllegalArgumentException(
                        "schedule has more than " + phase + " phases, which successive rescaling has " + digits.title()
                                + " for: use the encoder's coding");
            }
            double sign = Math.signum(digits.significance().get(phase));
            capacitors.disturb(node, firstCall, phase, durations);
            if (sharesAfter[phase] == 1 && node.adds() && Double.isInfinite(capacitors.highest())) {
                node.advanceAndShare(durations, array, sign, ratios, p.value(P_STEP));
                disturb(node.charge());
            } else {
                node.advance(durations, array, sign, null);
                capacitors.clip(node.charge(), clipped);
                for (int k = 0; k < sharesAfter[phase]; k++) {
                    share(node.charge());
                }
            }
            phase++;
        }

        private void share(double[] v) {
            int columns = ratios.length;
            double step = p.value(P_STEP);
            for (int b = 0; b < vectors; b++) {
                rescale(v, b * columns, ratios, step);
            }
            disturb(v);
        }

        private void disturb(double[] v) {
            if (p.value(P_NOISE) > 0) {
                addNoise(v, noise);
            }
            share++;
        }

        private static void rescale(double[] v, int from, double[] ratios, double step) {
            for (int j = 0; j < ratios.length; j++) {
                v[from + j] = v[from + j] * ratios[j] + step;
            }
        }

        private void addNoise(double[] v, double[] sigmas) {
            int columns = sigmas.length;
            double[] normal = new double[columns];
            for (int b = 0; b < vectors; b++) {
                draws.call(firstCall + b).normals().fill((long) share * columns, normal, 0, columns);
                for (int j = 0; j < columns; j++) {
                    v[b * columns + j] += sigmas[j] * normal[j];
                }
            }
        }

        @Override
        public Signal finish(Saturation saturation) {
            if (phase < sharesAfter.length) {
                throw new IllegalStateException(
                        "successive rescaling has had " + phase + " of " + sharesAfter.length + " phases");
            }
            Capacitors.count(clipped, saturation);
            return capacitors.levels(node, integrator.outputShare());
        }
    }

    /** The integrators', the switches', and C_D in addition. */
    @Override
    public Cost cost(Activity activity) {
        Cost of = integrator.cost(activity);
        double shares = (double) activity.vectors()
                * activity.channels()
                * Arrays.stream(sharesAfter).sum();
        double dumping = (p.value(P_RADIX) - 1) * integrator.capacitorArea() * activity.channels();
        double energy =
                of.energy() - integrator.resetEnergy(activity, 1) + integrator.resetEnergy(activity, storedPart());
        return new Cost("successive rescaling", energy + shares * p.value(P_SWITCH), of.time(), of.area() + dumping);
    }

    /** Energy that the digits bring to C_I over what all their charge at once would, every digit's charge alike. */
    private double storedPart() {
        double q = 1.0 / sharesAfter.length;
        double v = 0;
        double stored = 0;
        for (int shares : sharesAfter) {
            stored += q * (2 * v + q);
            v = (v + q) * Math.pow(ratio(), shares);
        }
        return stored;
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> has = new ArrayList<>(integrator.imperfections());
        has.addAll(p.imperfections());
        return has;
    }

    @Override
    public SuccessiveRescaling without(String imperfection) {
        if (integrator.imperfections().stream().anyMatch(has -> has.id().equals(imperfection))) {
            return new SuccessiveRescaling(integrator.without(imperfection), digits, shareAfterLast, p);
        }
        return new SuccessiveRescaling(integrator, digits, shareAfterLast, p.without(this, imperfection));
    }

    @Override
    public Datasheet datasheet() {
        List<Datasheet.Entry> entries = new ArrayList<>();
        entries.add(new Datasheet.Entry("phases", digits.significance().size(), "", "user"));
        entries.add(new Datasheet.Entry(
                "shares",
                Arrays.stream(sharesAfter).sum(),
                "",
                shareAfterLast ? "after each digit" : "none after the last"));
        entries.addAll(p.entries());
        entries.addAll(integrator.datasheet().entries());
        return new Datasheet(
                "successive integration and rescaling, with a "
                        + integrator.datasheet().title(),
                entries);
    }

    /** Collects the parameters. Each is recorded with the source that {@link #source} named last. */
    public static final class Builder {
        private final Integrator integrator;
        private final Coding.Digits digits;
        private boolean shareAfterLast = true;
        private Parameters p;

        private Builder(Integrator integrator, Coding.Digits digits) {
            this.integrator = integrator;
            this.digits = digits;
            p = Parameters.none()
                    .add(P_RADIX, 2, "", "digits of one bit by default")
                    .flaw(RATIO, "common error of the ratio of C_I and C_D", P_ERROR, "")
                    .flaw(RATIO_MISMATCH, "mismatch of the ratios of the columns", P_SPREAD, "")
                    .flaw(INJECTION, "charge injection of the sharing switches", P_STEP, "V")
                    .flaw(NOISE, "kT/C noise of the shares", P_NOISE, "K")
                    .chosen(P_SWITCH, 2e-15, "J");
        }

        private Builder(Integrator integrator, Coding.Digits digits, boolean shareAfterLast, Parameters other) {
            this.integrator = integrator;
            this.digits = digits;
            this.shareAfterLast = shareAfterLast;
            p = other.fromUser();
        }

        /** Names the source of the values set from here on: a paper, "chosen". Starts as "user". */
        public Builder source(String text) {
            p = p.from(text);
            return this;
        }

        /** Bits of a digit, 1 to 8: r is 2^−bits. */
        public Builder digitBits(int bits) {
            p = p.with(P_RADIX, 1 << Require.within("bits", bits, 1, 8));
            return this;
        }

        /** Whether the charge is shared after the last digit too, before it is converted; true unless given. */
        public Builder shareAfterLast(boolean share) {
            shareAfterLast = share;
            return this;
        }

        /** Relative error e of the ratio, common to all columns, {@code r = (1 + e)/radix}, −0.5 to 0.5. */
        public Builder ratioError(double relative) {
            p = p.with(P_ERROR, Require.within("relative", relative, -0.5, 0.5));
            return this;
        }

        /** Relative standard deviation of the ratio, one draw a column, 0 to 0.05. */
        public Builder ratioMismatch(double sigma) {
            p = p.with(P_SPREAD, Require.within("sigma", sigma, 0, 0.05));
            return this;
        }

        /** Voltage that each share adds, volts, of either sign. */
        public Builder chargeInjection(double volts) {
            p = p.with(P_STEP, Require.finite("volts", volts));
            return this;
        }

        /** Temperature of the kT/C noise of each share, kelvin; 0 for none. */
        public Builder shareNoise(double kelvin) {
            p = p.with(P_NOISE, Require.nonNegative("kelvin", kelvin));
            return this;
        }

        /** Energy that switching costs in a share, joules, 0 or above. */
        public Builder switchEnergy(double joules) {
            p = p.with(P_SWITCH, Require.nonNegative("joules", joules));
            return this;
        }

        /**
         * The finished readout.
         *
         * @throws IllegalArgumentException if the digits do not rise by powers of the radix
         */
        public SuccessiveRescaling build() {
            return new SuccessiveRescaling(integrator, digits, shareAfterLast, p);
        }
    }
}
