package org.vmmlib.noise.ageing;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.random.RandomStream;

/**
 * Retention of floating gates and charge traps: the stored charge, and with it the distance of a threshold from that of a
 * neutral cell, decays as {@code exp(−(t/τ)^β)}, with {@code τ = τ0 exp(E_a/k (1/T − 1/T0)) e^(σ z)} of each device, z
 * normal. The stretched exponential with an Arrhenius time is the usual description of retention bakes; there are no
 * published numbers for the cells of this library, so all of it is for the user to choose. Thresholds count from where the
 * law counts them; where that is a reference cell, it is taken to keep its own. The chip is taken to lie at the temperature
 * that it is read at.
 */
public final class ChargeLoss implements Effect.OnAge {

    private final Builder of;

    private ChargeLoss(Builder of) {
        this.of = of;
    }

    /**
     * Starts from {@code β = 1}, no dependence on temperature, and devices that are all alike.
     *
     * @param neutral threshold of a cell without charge, volts, counted as the law counts its thresholds
     * @param time τ0, seconds, above 0
     */
    public static Builder builder(double neutral, double time) {
        return new Builder(neutral, time);
    }

    @Override
    public String id() {
        return "array.charge-loss";
    }

    @Override
    public String description() {
        return "loss of stored charge in " + of.time + " s at " + of.nominal + " K, activation energy " + of.activation
                + " J";
    }

    /** {@inheritDoc} Refuses laws that store no threshold in volts. */
    @Override
    public CellState age(CellLaw law, CellState programmed, Conditions conditions, RandomStream draws) {
        List<StatePlane> planes = programmed.planes();
        if (planes.stream().noneMatch(plane -> plane.unit().equals("V"))) {
            throw new IllegalArgumentException(
                    "law = " + law.datasheet().title() + ": stores no charge; use Drift, PowerLawDrift or Relaxation");
        }
        double mean = of.time
                * Math.exp(of.activation / Constants.BOLTZMANN * (1 / conditions.temperature() - 1 / of.nominal));
        DMatrixRMaj[] values = new DMatrixRMaj[planes.size()];
        double[] normal = new double[programmed.rows() * programmed.columns()];
        long first = 0;
        for (int p = 0; p < values.length; p++) {
            StatePlane plane = planes.get(p);
            values[p] = programmed.plane(plane.name()).copy();
            if (plane.unit().equals("V")) {
                draws.gaussians(first, normal, 0, normal.length);
                first += normal.length;
                for (int k = 0; k < normal.length; k++) {
                    double elapsed = conditions.age() / (mean * Math.exp(of.spread * normal[k]));
                    double lost = -Math.expm1(-Math.pow(elapsed, of.stretching));
                    double threshold = values[p].data[k] + lost * (of.neutral - values[p].data[k]);
                    values[p].data[k] = Math.max(plane.low(), Math.min(plane.high(), threshold));
                }
            }
        }
        return new CellState(planes, values);
    }

    /** Collects the parameters. */
    public static final class Builder {
        private final double neutral;
        private final double time;
        private double stretching = 1;
        private double activation;
        private double nominal = Conditions.ROOM.temperature();
        private double spread;

        private Builder(double neutral, double time) {
            this.neutral = Require.finite("neutral", neutral);
            this.time = Require.positive("time", time);
        }

        private Builder(Builder other) {
            this(other.neutral, other.time);
            stretching = other.stretching;
            activation = other.activation;
            nominal = other.nominal;
            spread = other.spread;
        }

        /** Exponent β of time, above 0, to 1. */
        public Builder stretching(double exponent) {
            stretching = Require.within("stretching", Require.positive("stretching", exponent), 0, 1);
            return this;
        }

        /**
         * Activation energy of the loss and the temperature that the time is for.
         *
         * @param joules 0 or above; 1 eV is {@code Constants.ELEMENTARY_CHARGE}
         * @param kelvin T0, above 0
         */
        public Builder activation(double joules, double kelvin) {
            activation = Require.nonNegative("activation", joules);
            nominal = Require.positive("nominal", kelvin);
            return this;
        }

        /** Standard deviation σ of ln τ between devices, 0 or above. */
        public Builder spread(double sigma) {
            spread = Require.nonNegative("spread", sigma);
            return this;
        }

        /** The finished effect. */
        public ChargeLoss build() {
            return new ChargeLoss(new Builder(this));
        }
    }
}
