package org.vmmlib.devices.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.AgingLaw;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.crossbar.SpiceLaw;
import org.vmmlib.core.crossbar.SpreadLaw;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.reram.ConductanceLaw;
import org.vmmlib.devices.reram.ConductanceWindow;

/**
 * A resistive cell of a technology: a law of current and voltage, the conductances that weights are stored as, and what
 * was measured of its errors. The state is {@code conductance}, in siemens; cells that drift also keep {@code
 * programmed}, what it was when it was programmed, of which drift and read noise are functions. Statistics do nothing of
 * their own accord: {@link #program} and {@link #age} are for effects to call.
 *
 * <p>Weights use a window; errors and drift may leave it, within the window of the law.
 */
public final class MemoryCell implements SpiceLaw, SpreadLaw, AgingLaw {

    private static final String CONDUCTANCE = "conductance";
    private static final String PROGRAMMED = "programmed";
    private static final String LEVELS = "cell.levels";
    private static final double DAY = 86_400;

    private final String name;
    private final ConductanceLaw law;
    private final ConductanceWindow weights;
    private final int levels;
    private final @Nullable Technology technology;
    private final @Nullable ProgrammingSpread spread;
    private final String spreadSource;
    private final @Nullable ConductanceDrift drift;
    private final String driftSource;
    private final @Nullable ReadFluctuation fluctuation;
    private final String fluctuationSource;

    private MemoryCell(Builder b) {
        name = b.name;
        law = b.law;
        weights = b.weights;
        levels = b.levels;
        technology = b.technology;
        spread = b.spread;
        spreadSource = b.spreadSource;
        drift = b.drift;
        driftSource = b.driftSource;
        fluctuation = b.fluctuation;
        fluctuationSource = b.fluctuationSource;
        Require.within(
                "weights.low", weights.low(), law.window().low(), law.window().high());
        Require.within(
                "weights.high", weights.high(), law.window().low(), law.window().high());
    }

    /**
     * Starts a cell without errors whose weights fill the window of its law.
     *
     * @param name for the datasheet
     * @param law current and voltage, with all conductances that a cell can come to hold
     */
    public static Builder builder(String name, ConductanceLaw law) {
        return new Builder(name, law);
    }

    /** A builder with all that this cell has. */
    public Builder toBuilder() {
        Builder b = new Builder(name, law);
        b.weights = weights;
        b.levels = levels;
        b.technology = technology;
        b.spread = spread;
        b.spreadSource = spreadSource;
        b.drift = drift;
        b.driftSource = driftSource;
        b.fluctuation = fluctuation;
        b.fluctuationSource = fluctuationSource;
        return b;
    }

    /** The conductances that weights are stored as. */
    public ConductanceWindow weights() {
        return weights;
    }

    /** Endurance, write time and energy; none if it is not known. */
    public Optional<Technology> technology() {
        return Optional.ofNullable(technology);
    }

    /** The programming error that the cell states; none if none is published. */
    public Optional<ProgrammingSpread> spread() {
        return Optional.ofNullable(spread);
    }

    /** The drift that the cell states; none if none is published. */
    public Optional<ConductanceDrift> drift() {
        return Optional.ofNullable(drift);
    }

    /** The noise from read to read that the cell states; none if none is published. */
    public Optional<ReadFluctuation> fluctuation() {
        return Optional.ofNullable(fluctuation);
    }

    /**
     * The state of an array given in siemens, just programmed.
     *
     * @param conductances N×M, within the window of the law. Not modified.
     */
    public CellState state(DMatrixRMaj conductances) {
        return drift == null
                ? new CellState(planes(), conductances)
                : new CellState(planes(), conductances, conductances);
    }

    @Override
    public Topology topology() {
        return law.topology();
    }

    /** True. */
    @Override
    public boolean twoTerminal() {
        return law.twoTerminal();
    }

    /** {@code conductance}, and {@code programmed} of cells that drift, in siemens. */
    @Override
    public List<StatePlane> planes() {
        ConductanceWindow held = law.window();
        StatePlane present = new StatePlane(CONDUCTANCE, "S", held.low(), held.high());
        return drift == null
                ? List.of(present)
                : List.of(present, new StatePlane(PROGRAMMED, "S", held.low(), held.high()));
    }

    private DMatrixRMaj present(CellState state) {
        if (!state.planes().equals(planes())) {
            throw new IllegalArgumentException("state has planes " + state.planes() + ": must have " + planes()
                    + "; make it with store(weights, conditions) of this cell");
        }
        return state.plane(CONDUCTANCE);
    }

    private DMatrixRMaj programmed(CellState state) {
        return drift == null ? present(state) : state.plane(PROGRAMMED);
    }

    /** Cells that state their fluctuation, where this cell has one. */
    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj g = present(state);
        ArrayCells cells = law.bind(law.state(g), conditions);
        if (fluctuation == null) {
            return cells;
        }
        DMatrixRMaj from = programmed(state);
        double[] relative = new double[g.getNumElements()];
        for (int k = 0; k < relative.length; k++) {
            double now = g.data[k];
            relative[k] = now == 0 ? 0 : fluctuation.sigma(from.data[k], now, conditions.age()) / now;
        }
        return cells instanceof LinearCells linear
                ? new FluctuatingResistors(linear, relative)
                : new FluctuatingMemory(cells, relative);
    }

    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        return law.spice(law.state(present(state)), conditions);
    }

    /** {@code g = low + w (high − low)}, rounded to a level where there are levels. */
    @Override
    public CellState store(DMatrixRMaj stored, Conditions conditions) {
        Require.within("weights", stored, 0, 1);
        DMatrixRMaj g = stored.copy();
        for (int k = 0; k < g.data.length; k++) {
            double w = g.data[k];
            double level = levels == 0 ? w : Math.rint(w * (levels - 1)) / (levels - 1);
            g.data[k] = Math.min(weights.high(), weights.low() + level * (weights.high() - weights.low()));
        }
        return state(g);
    }

    /** The conductance whose read current is (1 + error) times that of the target. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        CellState off = law.deviate(law.state(present(target)), relativeError, conditions);
        return state(off.plane(CONDUCTANCE));
    }

    /** Adds normal errors with the spread of each target, within the window of the law. */
    @Override
    public CellState program(CellState target, Conditions conditions, RandomStream draws) {
        ProgrammingSpread of = spread;
        if (of == null) {
            throw new IllegalArgumentException("law = " + name
                    + ": has no published programming error; give the cell a spread, or use a tuning tolerance");
        }
        DMatrixRMaj g = present(target).copy();
        double[] normal = new double[g.getNumElements()];
        draws.gaussians(0, normal, 0, normal.length);
        for (int k = 0; k < normal.length; k++) {
            g.data[k] = held(g.data[k] + of.sigma(g.data[k]) * normal[k]);
        }
        return state(g);
    }

    /** Whether the cell states a drift. */
    @Override
    public boolean ages() {
        return drift != null;
    }

    /** Conductances at the age, from what was programmed, however often the state has been aged before. */
    @Override
    public CellState age(CellState programmed, Conditions conditions, RandomStream draws) {
        ConductanceDrift of = drift;
        if (of == null) {
            throw new IllegalArgumentException(
                    "law = " + name + ": has no published drift; give the cell one, or leave drift out");
        }
        if (conditions.age() > of.longest()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "age = %s s: %s was measured up to %s s; read it earlier, or give the cell a drift of your own",
                    conditions.age(),
                    name,
                    of.longest()));
        }
        present(programmed);
        DMatrixRMaj from = programmed(programmed);
        DMatrixRMaj g = from.copy();
        if (conditions.age() > 0) {
            double[] normal = new double[g.getNumElements()];
            draws.gaussians(0, normal, 0, normal.length);
            for (int k = 0; k < normal.length; k++) {
                g.data[k] = held(Math.max(0, of.at(from.data[k], conditions.age(), normal[k])));
            }
        }
        return new CellState(planes(), g, from);
    }

    private double held(double conductance) {
        return Math.max(law.window().low(), Math.min(law.window().high(), conductance));
    }

    /** The span of the weights, siemens, times the drive. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        return weights.unitSignal(kind, drive);
    }

    @Override
    public double cellArea() {
        return weights.cellArea();
    }

    /** Those of the law, and finite levels. Statistics are none: they act only where an effect draws them. */
    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> all = new ArrayList<>();
        if (levels > 0) {
            all.add(new Imperfection(LEVELS, "weights are stored as one of " + levels + " levels"));
        }
        all.addAll(law.imperfections());
        return List.copyOf(all);
    }

    @Override
    public MemoryCell without(String imperfection) {
        if (levels > 0 && imperfection.equals(LEVELS)) {
            return toBuilder().levels(0).build();
        }
        for (Imperfection of : law.imperfections()) {
            if (of.id().equals(imperfection)) {
                Builder b = toBuilder();
                b.law = law.without(imperfection);
                return b.build();
            }
        }
        throw Block.unknown(this, imperfection);
    }

    @Override
    public Datasheet datasheet() {
        Datasheet.Builder sheet = Datasheet.of(name)
                .add("lowest conductance", weights.low(), "S", weights.source())
                .add("highest conductance", weights.high(), "S", weights.source())
                .add("cell area", weights.cellArea(), "m²", weights.areaSource());
        if (levels > 0) {
            sheet.add("levels", levels, "", technology == null ? "user" : "2^resolution, or user");
        }
        double high = weights.high();
        double middle = 0.5 * (weights.low() + high);
        if (spread != null) {
            sheet.add("programming error at half conductance", spread.sigma(middle), "S", spreadSource)
                    .add("programming error at highest conductance", spread.sigma(high), "S", spreadSource);
        }
        if (drift != null) {
            sheet.add("mean change in a day at half conductance", drift.at(middle, DAY, 0) - middle, "S", driftSource)
                    .add("mean change in a day at highest conductance", drift.at(high, DAY, 0) - high, "S", driftSource)
                    .add("longest age measured", drift.longest(), "s", driftSource);
        }
        if (fluctuation != null) {
            sheet.add(
                            "read noise after a day at half conductance",
                            fluctuation.sigma(middle, middle, DAY),
                            "S",
                            fluctuationSource)
                    .add(
                            "read noise after a day at highest conductance",
                            fluctuation.sigma(high, high, DAY),
                            "S",
                            fluctuationSource);
        }
        if (technology != null) {
            technology.describe(sheet);
        }
        for (Datasheet.Entry entry : law.datasheet().entries()) {
            if (!entry.parameter().equals("cell area") && !entry.parameter().endsWith("est conductance")) {
                sheet.add(entry.parameter(), entry.value(), entry.unit(), entry.source());
            }
        }
        return sheet.build();
    }

    /** Collects what a cell has. */
    public static final class Builder {

        private final String name;
        private ConductanceLaw law;
        private ConductanceWindow weights;
        private int levels;
        private @Nullable Technology technology;
        private @Nullable ProgrammingSpread spread;
        private String spreadSource = "";
        private @Nullable ConductanceDrift drift;
        private String driftSource = "";
        private @Nullable ReadFluctuation fluctuation;
        private String fluctuationSource = "";

        private Builder(String name, ConductanceLaw law) {
            this.name = name;
            this.law = law;
            weights = law.window();
        }

        /** The conductances that weights are stored as, within the window of the law. Default: that window. */
        public Builder weights(ConductanceWindow window) {
            weights = window;
            return this;
        }

        /** How many levels weights are rounded to, evenly spaced; 0 (the default): any. */
        public Builder levels(int count) {
            if (count == 1) {
                throw new IllegalArgumentException("count = 1: must be 2 or above, or 0 for any level");
            }
            levels = Require.within("count", count, 0, 1 << 24);
            return this;
        }

        /** Endurance, resolution, write time and current. */
        public Builder technology(Technology of) {
            technology = of;
            return this;
        }

        /** What programming leaves, and where that is from. */
        public Builder spread(ProgrammingSpread of, String source) {
            spread = of;
            spreadSource = source;
            return this;
        }

        /** What happens afterwards, and where that is from. */
        public Builder drift(ConductanceDrift of, String source) {
            drift = of;
            driftSource = source;
            return this;
        }

        /** What changes from read to read, and where that is from. */
        public Builder fluctuation(ReadFluctuation of, String source) {
            fluctuation = of;
            fluctuationSource = source;
            return this;
        }

        /**
         * The cell.
         *
         * @throws IllegalArgumentException if weights are outside the window of the law
         */
        public MemoryCell build() {
            return new MemoryCell(this);
        }
    }
}
