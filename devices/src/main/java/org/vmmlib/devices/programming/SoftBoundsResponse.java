package org.vmmlib.devices.programming;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.StatePlane;

/**
 * Asymmetric nonlinear pulse response with soft bounds, thresholds and overdrive.
 *
 * <p>With x the place of the state in its window, 0 to 1, nominal pulses that raise it (long-term potentiation) follow
 * {@code x_n = (1 − exp(−ν n/P))/(1 − exp(−ν))} from x = 0, that is, each closes the same part {@code 1 − exp(−ν/P)} of
 * what is left to the soft bound {@code 1/(1 − exp(−ν))}; from 0 to 1 it takes P of them. ν = 0 gives equal steps, and
 * pulses that lower the state (depression) have P and ν of their own, counted from the top. This is the weight update
 * of P.-Y. Chen, X. Peng, S. Yu, NeuroSim, IEEE Trans. CAD 37 (2018) 3067, doi:10.1109/TCAD.2018.2789723, with ν the
 * number of pulses over its parameter A, and the soft-bounds device of M. J. Rasch et al., AICAS 2021,
 * doi:10.1109/AICAS51828.2021.9458494.
 *
 * <p>A pulse moves a cell only if it exceeds the cell's own threshold V_t. It is worth
 * {@code n = (t/t₀) ((|V|/V_t − 1)/(V₀/V̄_t − 1))^α} nominal pulses, of width t₀ and amplitude V₀ on a typical cell of
 * threshold V̄_t: the threshold law VTEAM, S. Kvatinsky et al., IEEE TCAS-II 62 (2015) 786,
 * doi:10.1109/TCSII.2015.2433536. Thresholds differ from cell to cell, log-normally, so that none is below 0; one draw
 * serves both directions of a cell. Each step has a relative error that is drawn for each pulse and cell.
 */
public final class SoftBoundsResponse implements PulseResponse, Block {

    /** Key of the thresholds' draws. */
    static final String THRESHOLDS = "programming.threshold-spread";
    /** Key of the steps' draws. */
    static final String CYCLES = "programming.cycle-spread";

    private static final String NONLINEARITY = "programming.nonlinearity";

    final Builder parameters;

    private SoftBoundsResponse(Builder parameters) {
        this.parameters = parameters;
    }

    /**
     * Starts from a device without imperfections, with the same response in both directions: threshold 1 V, nominal
     * pulses of 1.5 V and 1 µs, of which 100 go through the window in equal steps.
     *
     * @param plane what is stored, and the finite window that pulses can move it in
     */
    public static Builder builder(StatePlane plane) {
        return new Builder(plane);
    }

    /**
     * The Pt/Al2O3/TiO2−x/Pt cells of passive crossbars, with the spread of switching voltages measured on 64×64 of
     * them: 26 %, H. Kim et al., "4K-memristor analog-grade passive crossbar circuit", Nature Comm. 12, 5198 (2021).
     * What the papers do not give is chosen, as the datasheet says.
     *
     * @param plane conductance, siemens, with the finite window that pulses can move it in
     */
    public static SoftBoundsResponse aluminaTitania(StatePlane plane) {
        return builder(plane)
                .up(new SwitchingBranch(0.8, 1.2, 100, 2))
                .from("chosen: switching around 1 V, as usual in titania; steps fall sevenfold over the window")
                .down(new SwitchingBranch(0.9, 1.35, 100, 3))
                .from("chosen: resetting takes a little more and is less even")
                .width(1e-6)
                .from("chosen")
                .exponent(3)
                .from("chosen: usual fits of VTEAM have 1 to 10")
                .thresholdSpread(0.26)
                .from("about 26 % variation of switching voltages, 64×64 passive crossbar, Kim et al., Nature Comm. 12,"
                        + " 5198 (2021)")
                .cycleSpread(0.3)
                .from("default of the pulsed devices of aihwkit, Rasch et al., AICAS 2021")
                .build();
    }

    /** This device, to change. */
    public Builder toBuilder() {
        return new Builder(parameters);
    }

    @Override
    public StatePlane plane() {
        return parameters.plane;
    }

    /** Pulses that raise the state. */
    public SwitchingBranch up() {
        return parameters.up;
    }

    /** Pulses that lower the state. */
    public SwitchingBranch down() {
        return parameters.down;
    }

    /**
     * The state of a typical cell after equal pulses, without the error of each step.
     *
     * @param state within the window
     * @param voltage of each pulse, volts; positive raises the state
     * @param width of each pulse, seconds, above 0
     * @param count pulses, 0 or above
     * @throws IllegalArgumentException if the state is outside the window
     */
    public double after(double state, double voltage, double width, int count) {
        StatePlane plane = parameters.plane;
        Require.within(plane.name(), state, plane.low(), plane.high());
        Require.finite("voltage", voltage);
        Require.positive("width", width);
        Require.within("count", count, 0, Integer.MAX_VALUE);
        SwitchingBranch branch = voltage > 0 ? parameters.up : parameters.down;
        double n = count
                * (width / parameters.width)
                * branch.strength(Math.abs(voltage), branch.threshold(), parameters.exponent);
        double span = plane.high() - plane.low();
        double x = (state - plane.low()) / span;
        double next = voltage > 0 ? x + branch.step(x, n) : x - branch.step(1 - x, n);
        return plane.low() + span * Math.max(0, Math.min(1, next));
    }

    @Override
    public SwitchingCells on(Die die, int rows, int columns) {
        return new SoftBoundsCells(parameters, die, rows, columns);
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> list = new ArrayList<>();
        if (parameters.up.nonlinearity() > 0 || parameters.down.nonlinearity() > 0) {
            list.add(new Imperfection(NONLINEARITY, "steps shrink towards the end of the window"));
        }
        if (parameters.thresholdSpread > 0) {
            list.add(new Imperfection(THRESHOLDS, "switching thresholds differ from cell to cell"));
        }
        if (parameters.cycleSpread > 0) {
            list.add(new Imperfection(CYCLES, "steps differ from pulse to pulse"));
        }
        return list;
    }

    @Override
    public SoftBoundsResponse without(String imperfection) {
        if (imperfections().stream().noneMatch(i -> i.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        String source = "without " + imperfection;
        return switch (imperfection) {
            case NONLINEARITY ->
                toBuilder()
                        .up(even(up()))
                        .from(source)
                        .down(even(down()))
                        .from(source)
                        .build();
            case THRESHOLDS -> toBuilder().thresholdSpread(0).from(source).build();
            default -> toBuilder().cycleSpread(0).from(source).build();
        };
    }

    private static SwitchingBranch even(SwitchingBranch b) {
        return new SwitchingBranch(b.threshold(), b.amplitude(), b.pulses(), 0);
    }

    @Override
    public Datasheet datasheet() {
        Builder p = parameters;
        Datasheet.Builder sheet = Datasheet.of("pulse response with soft bounds")
                .add("lowest " + p.plane.name(), p.plane.low(), p.plane.unit(), p.source("plane"))
                .add("highest " + p.plane.name(), p.plane.high(), p.plane.unit(), p.source("plane"));
        add(sheet, "raising: ", p.up, p.source("up"));
        add(sheet, "lowering: ", p.down, p.source("down"));
        return sheet.add("nominal pulse width", p.width, "s", p.source("width"))
                .add("overdrive exponent", p.exponent, "", p.source("exponent"))
                .add("spread of thresholds", p.thresholdSpread, "", p.source("thresholdSpread"))
                .add("spread of steps", p.cycleSpread, "", p.source("cycleSpread"))
                .build();
    }

    private static void add(Datasheet.Builder sheet, String prefix, SwitchingBranch branch, String source) {
        sheet.add(prefix + "threshold", branch.threshold(), "V", source)
                .add(prefix + "nominal amplitude", branch.amplitude(), "V", source)
                .add(prefix + "pulses through the window", branch.pulses(), "", source)
                .add(prefix + "nonlinearity", branch.nonlinearity(), "", source);
    }

    /** Collects the parameters. Each value may be followed by {@link #from}, which tells its source. */
    public static final class Builder {
        private final Map<String, String> sources;
        private String last = "plane";
        final StatePlane plane;
        SwitchingBranch up = new SwitchingBranch(1, 1.5, 100, 0);
        SwitchingBranch down = up;
        double width = 1e-6;
        double exponent = 1;
        double thresholdSpread;
        double cycleSpread;

        private Builder(StatePlane plane) {
            Require.finite(plane.name() + " low", plane.low());
            if (!(plane.high() > plane.low()) || plane.high() == Double.MAX_VALUE) {
                throw new IllegalArgumentException(plane.name() + " window = " + plane.low() + " to " + plane.high()
                        + ": must be finite and not empty; give the cell a bounded window");
            }
            this.plane = plane;
            sources = new TreeMap<>(Map.of("plane", "user"));
        }

        private Builder(Builder other) {
            plane = other.plane;
            sources = new TreeMap<>(other.sources);
            up = other.up;
            down = other.down;
            width = other.width;
            exponent = other.exponent;
            thresholdSpread = other.thresholdSpread;
            cycleSpread = other.cycleSpread;
        }

        private String source(String parameter) {
            return sources.getOrDefault(parameter, "default");
        }

        private Builder set(String parameter) {
            sources.put(parameter, "user");
            last = parameter;
            return this;
        }

        /** Tells the source of the value given just before (of the window, if none was), for the datasheet. */
        public Builder from(String source) {
            sources.put(last, source);
            return this;
        }

        /** Pulses that raise the state. */
        public Builder up(SwitchingBranch branch) {
            up = branch;
            return set("up");
        }

        /** Pulses that lower the state. */
        public Builder down(SwitchingBranch branch) {
            down = branch;
            return set("down");
        }

        /** Width t₀ of the nominal pulses, seconds, above 0. */
        public Builder width(double seconds) {
            width = Require.positive("width", seconds);
            return set("width");
        }

        /** Exponent α of the overdrive, above 0, to 20. */
        public Builder exponent(double alpha) {
            exponent = Require.within("exponent", Require.positive("exponent", alpha), 0, 20);
            return set("exponent");
        }

        /** Standard deviation of a cell's thresholds over their mean, 0 to 2; log-normal. */
        public Builder thresholdSpread(double relative) {
            thresholdSpread = Require.within("thresholdSpread", relative, 0, 2);
            return set("thresholdSpread");
        }

        /** Standard deviation of a step over its mean, from pulse to pulse, 0 to 10; normal. */
        public Builder cycleSpread(double relative) {
            cycleSpread = Require.within("cycleSpread", relative, 0, 10);
            return set("cycleSpread");
        }

        /** The finished device. */
        public SoftBoundsResponse build() {
            return new SoftBoundsResponse(new Builder(this));
        }
    }
}
