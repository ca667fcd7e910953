package org.vmmlib.devices.transistor;

import java.util.Map;
import java.util.TreeMap;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.physics.Conditions;

/**
 * Parameters of an NMOS transistor with its bulk at 0 V, as the charge-based EKV law knows them (Enz, Krummenacher,
 * Vittoz, Analog Integr. Circuits Signal Process. 8, 83–114 (1995), doi:10.1007/BF01239381). What it does at a
 * temperature is a {@link MosChannel}.
 */
public final class MosTransistor {

    private final Builder parameters;

    private MosTransistor(Builder parameters) {
        this.parameters = parameters;
    }

    /** Starts from κ = 0.7, 1 µA, a threshold of 0.4 V and no DIBL. */
    public static Builder builder() {
        return new Builder();
    }

    /** This transistor, to change. */
    public Builder toBuilder() {
        return new Builder(parameters);
    }

    /** Gate efficiency κ = 1/n. */
    public double kappa() {
        return parameters.kappa;
    }

    /** Specific current at the nominal temperature, amperes. */
    public double specificCurrent() {
        return parameters.specificCurrent;
    }

    /** Threshold at the nominal temperature, volts. */
    public double threshold() {
        return parameters.threshold;
    }

    /** DIBL σ, volts per volt. */
    public double dibl() {
        return parameters.dibl;
    }

    /**
     * The channel under conditions: {@code I_spec ∝ T^(2 + BEX)} and a linear threshold shift, as in the EKV model 2.6
     * (Bucher et al., EPFL 1997).
     */
    public MosChannel at(Conditions conditions) {
        double ratio = conditions.temperature() / parameters.nominalTemperature;
        return new MosChannel(
                parameters.kappa,
                parameters.specificCurrent * Math.pow(ratio, 2 + parameters.mobilityExponent),
                parameters.threshold
                        + parameters.thresholdDrift * (conditions.temperature() - parameters.nominalTemperature),
                parameters.dibl,
                true,
                true,
                conditions.thermalVoltage());
    }

    /**
     * Adds every parameter to a datasheet.
     *
     * @param name what the transistor is in the circuit, such as {@code select gate}
     */
    public void describe(Datasheet.Builder sheet, String name) {
        Builder p = parameters;
        sheet.add(name + " gate efficiency kappa", p.kappa, "", p.source("kappa"))
                .add(name + " specific current", p.specificCurrent, "A", p.source("specificCurrent"))
                .add(name + " threshold", p.threshold, "V", p.source("threshold"))
                .add(name + " DIBL", p.dibl, "V/V", p.source("dibl"))
                .add(name + " nominal temperature", p.nominalTemperature, "K", p.source("nominalTemperature"))
                .add(name + " mobility temperature exponent", p.mobilityExponent, "", p.source("mobilityExponent"))
                .add(name + " threshold temperature coefficient", p.thresholdDrift, "V/K", p.source("thresholdDrift"));
    }

    /** Collects the parameters. Each value may be followed by {@link #from}, which tells its source. */
    public static final class Builder {
        private final Map<String, String> sources;
        private String last = "";
        private double kappa = 0.7;
        private double specificCurrent = 1e-6;
        private double threshold = 0.4;
        private double dibl;
        private double nominalTemperature = Conditions.ROOM.temperature();
        private double mobilityExponent = -1.5;
        private double thresholdDrift;

        private Builder() {
            sources = new TreeMap<>();
            sources.put("kappa", "chosen: usual in bulk CMOS, 85 mV per decade at 300 K");
            sources.put("specificCurrent", "chosen: a square transistor has about 0.5 to 1 µA");
            sources.put("threshold", "chosen");
            sources.put("nominalTemperature", "chosen: 25 °C");
            sources.put("mobilityExponent", "default of BEX, EKV model 2.6, Bucher et al., EPFL (1997)");
        }

        private Builder(Builder other) {
            sources = new TreeMap<>(other.sources);
            kappa = other.kappa;
            specificCurrent = other.specificCurrent;
            threshold = other.threshold;
            dibl = other.dibl;
            nominalTemperature = other.nominalTemperature;
            mobilityExponent = other.mobilityExponent;
            thresholdDrift = other.thresholdDrift;
        }

        private String source(String parameter) {
            return sources.getOrDefault(parameter, "default: none");
        }

        private Builder set(String parameter) {
            sources.put(parameter, "user");
            last = parameter;
            return this;
        }

        /**
         * Tells the source of the value given just before, for the datasheet; "user" unless told.
         *
         * @throws IllegalArgumentException if no value was given before
         */
        public Builder from(String source) {
            if (last.isEmpty()) {
                throw new IllegalArgumentException("source = " + source + ": give a value first, then its source");
            }
            sources.put(last, source);
            return this;
        }

        /** Gate efficiency κ = 1/n, above 0, to 1. */
        public Builder kappa(double value) {
            kappa = Require.within("kappa", Require.positive("kappa", value), 0, 1);
            return set("kappa");
        }

        /** Specific current {@code 2 n μ C_ox (W/L) U_t²} at the nominal temperature, amperes, above 0. */
        public Builder specificCurrent(double amperes) {
            specificCurrent = Require.positive("specificCurrent", amperes);
            return set("specificCurrent");
        }

        /** Threshold at the nominal temperature, volts. */
        public Builder threshold(double volts) {
            threshold = Require.finite("threshold", volts);
            return set("threshold");
        }

        /** DIBL σ, volts of threshold per volt of drain-source voltage, 0 to 0.9. */
        public Builder dibl(double voltPerVolt) {
            dibl = Require.within("dibl", voltPerVolt, 0, 0.9);
            return set("dibl");
        }

        /** Temperature of the values given here, kelvin, above 0. */
        public Builder nominalTemperature(double kelvin) {
            nominalTemperature = Require.positive("nominalTemperature", kelvin);
            return set("nominalTemperature");
        }

        /** Exponent BEX of the mobility, μ ∝ T^BEX, −5 to 5. */
        public Builder mobilityExponent(double value) {
            mobilityExponent = Require.within("mobilityExponent", value, -5, 5);
            return set("mobilityExponent");
        }

        /** Threshold shift per kelvin above the nominal temperature, V/K; usually negative. */
        public Builder thresholdDrift(double voltPerKelvin) {
            thresholdDrift = Require.finite("thresholdDrift", voltPerKelvin);
            return set("thresholdDrift");
        }

        /** The finished transistor. */
        public MosTransistor build() {
            return new MosTransistor(new Builder(this));
        }
    }
}
