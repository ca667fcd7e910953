package org.vmmlib.core.macro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.RowPort;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.mapping.Mapping;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.core.signal.Phase;
import org.vmmlib.core.signal.Signal;

/**
 * A circuit that multiplies vectors by a matrix: the choice of a mapping, an encoder, cells and wires, a readout and a
 * converter. Immutable; {@link #program} puts a matrix on one fabricated chip.
 */
public final class Macro {

    /** Id of the imperfection that resistive wires are. */
    private static final String WIRE_RESISTANCE = "wires.resistance";

    private final Mapping mapping;
    private final int arrayRows;
    private final int arrayColumns;
    private final InputEncoder encoder;
    private final @Nullable RowPort rowPort;
    private final CellLaw law;
    private final Wires wires;
    private final @Nullable CrossbarSolver solver;
    private final Readout readout;
    private final @Nullable Converter converter;
    private final List<Effect> effects;
    private final Superposition superposition;
    private final Conditions conditions;
    private final Conditions tuning;
    private final double gain;

    private Macro(Builder b) {
        mapping = given("mapping", b.mapping);
        arrayRows = b.arrayRows;
        arrayColumns = b.arrayColumns;
        encoder = given("encoder", b.encoder);
        rowPort = b.rowPort;
        law = given("law", b.law);
        wires = b.wires;
        solver = b.solver;
        readout = given("readout", b.readout);
        converter = b.converter;
        effects = List.copyOf(b.effects);
        for (int k = 0; k < effects.size(); k++) {
            String id = effects.get(k).id();
            if (effects.subList(0, k).stream().anyMatch(other -> other.id().equals(id))) {
                throw new IllegalArgumentException(
                        "effects has " + id + " twice: both would draw the same numbers; give"
                                + " one effect, or effects with ids of their own");
            }
        }
        superposition = b.superposition;
        conditions = b.conditions;
        tuning = b.tuning;
        refuseMisfits();
        gain = measureGain(b.timed);
    }

    private static <T> T given(String part, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(part + " is missing: give the macro builder one");
        }
        return value;
    }

    private void refuseMisfits() {
        DriveKind kind = encoder.kind();
        Topology topology = law.topology();
        String encoderName = encoder.datasheet().title();
        String cellName = law.datasheet().title();
        if (kind == DriveKind.ROW_VOLTAGE && topology != Topology.SOURCE_DRIVEN) {
            throw new IllegalArgumentException(encoderName + " drives row lines, but " + cellName
                    + " is driven by its gate: use a current encoder with reference cells, or a gate pulse encoder");
        }
        if (kind != DriveKind.ROW_VOLTAGE && topology != Topology.GATE_DRIVEN) {
            throw new IllegalArgumentException(encoderName + " drives gates, but " + cellName
                    + " is driven through its row line: use a voltage encoder");
        }
        if ((kind == DriveKind.INPUT_CURRENT) != (rowPort != null)) {
            throw new IllegalArgumentException(
                    kind == DriveKind.INPUT_CURRENT
                            ? encoderName + " gives a current: give the macro a row port that makes it a gate voltage"
                            : encoderName + " gives no current: leave out the row port " + rowPort);
        }
        if (!readout.fits(topology)) {
            throw new IllegalArgumentException(readout.datasheet().title() + " has its input current the wrong way for "
                    + cellName + ": use one of the other polarity");
        }
        if (!readout.fits(encoder.coding())) {
            throw new IllegalArgumentException(readout.datasheet().title() + " cannot read what " + encoderName
                    + " gives, " + encoder.coding().title()
                    + ": use an encoder that it fits, or a readout for that coding");
        }
        // One cell shows whether the solver takes such cells and wires.
        ArraySolve one = solve(new Crossbar(law, law.store(new DMatrixRMaj(1, 1), tuning), wires.of(1, 1)));
        if (superposition == Superposition.REQUIRED && !collapses(one)) {
            throw new IllegalArgumentException("superposition = REQUIRED, but the phases of " + encoderName + " on "
                    + cellName + ", read by " + readout.datasheet().title()
                    + ", do not superpose: it takes linear resistors, driven by their rows, columns at fixed voltages and "
                    + "no noise; integrate phase by phase");
        }
    }

    /** Whether the phases of an array of this circuit may be collapsed into one. */
    boolean collapses(ArraySolve array) {
        return superposition != Superposition.NEVER
                && (superposition == Superposition.REQUIRED
                        || array.crossbar().lines().ideal())
                && encoder.coding() instanceof Coding.Time
                && law.topology() == Topology.SOURCE_DRIVEN
                && array.linear()
                && readout.superposes()
                && effects.stream().noneMatch(e -> e instanceof Effect.OnRead || e instanceof Effect.OnDrive);
    }

    /** The level that one step of code times one unit of normalised weight adds, found with every block ideal. */
    private double measureGain(boolean timed) {
        Die die = Die.of(RandomStreams.of(0));
        Signal fullScale = encoder.fullScaleInput();
        double steps = fullScale instanceof Edges edges ? edges.high(0, 0) : encoder.steps();
        List<Phase> phases =
                Block.ideal(encoder).on(die, 1).encode(fullScale, 0).phases();
        if (!timed) {
            refuseShortPhase(phases);
        }
        double ratio = rowPort == null ? 1 : rowPort.ratio();
        Optional<Readout.Words> words = readout.words();
        Readout senses = words.map(Readout.Words::unrounded).orElse(readout);
        Readout.Session session = Block.ideal(senses).on(die, 1, conditions).begin(1, 0);
        for (Phase phase : phases) {
            double signal =
                    law.unitSignal(encoder.kind(), ratio * phase.drives().data[0], readout.columnVoltage(), conditions);
            session.phase(phase.durations(), new ColumnPort() {
                @Override
                public int vectors() {
                    return 1;
                }

                @Override
                public int columns() {
                    return 1;
                }

                @Override
                public boolean affine() {
                    return true;
                }

                @Override
                public void currents(DMatrixRMaj vSense, DMatrixRMaj currents, @Nullable DMatrixRMaj slopes) {
                    currents.reshape(1, 1);
                    currents.data[0] = signal;
                    if (slopes != null) {
                        slopes.reshape(1, 1);
                        slopes.data[0] = 0;
                    }
                }
            });
        }
        Signal given = session.finish(new Saturation());
        if (converter != null && given instanceof Edges edges) {
            given = edges.durations();
        }
        if (given instanceof Levels levels && words.isPresent() && converter == null) {
            return levels.values().data[0] / (steps * words.get().step());
        }
        if (given instanceof Levels levels && words.isEmpty()) {
            if (converter != null && converter.input() != levels.quantity()) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s gives a %s, but %s takes a %s: use a converter for what the readout gives",
                        readout.datasheet().title(),
                        levels.quantity().name().toLowerCase(Locale.ROOT),
                        converter.datasheet().title(),
                        converter.input().name().toLowerCase(Locale.ROOT)));
            }
            return encoder.coding() instanceof Coding.TwoPhase ? 1 : levels.values().data[0] / steps;
        }
        if (converter != null) {
            throw new IllegalArgumentException(readout.datasheet().title() + " gives no level to convert: leave out "
                    + converter.datasheet().title());
        }
        return 1;
    }

    /** In a circuit of one phase, and in one that converts each, all must settle while the drives stand still. */
    private void refuseShortPhase(List<Phase> phases) {
        if (phases.size() > 1 && readout.words().isEmpty()) {
            return;
        }
        Activity none = new Activity(0, 1, 0, 0);
        double settling = encoder.cost(none).time() + readout.cost(none).time();
        if (rowPort != null) {
            settling += rowPort.cost(none).time();
        }
        double duration = phases.get(0).durations()[0];
        if (duration < settling * (1 - 1e-9)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "phase duration = %s s: %s, row port and %s need %s s to settle; make the phase as long",
                    duration,
                    encoder.datasheet().title(),
                    readout.datasheet().title(),
                    settling));
        }
    }

    /** Starts a macro: ideal wires, no effects, room temperature. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The level in front of a converter that one step of code times one unit of normalised weight adds, ideally; the steps
     * of its words that it adds, for a readout that converts in every phase; 1 for counts and for the two phases of a time-domain multiplier, whose mapping knows the number of rows that the level
     * depends on.
     */
    public double gain() {
        return gain;
    }

    /**
     * Puts a matrix on a chip: draws the mismatch of its blocks, tunes its cells, and prepares its arrays.
     *
     * @param weights as the mapping takes them. Not modified.
     * @param die which chip, or which part of one
     */
    public ProgrammedMacro program(DMatrixRMaj weights, Die die) {
        return new ProgrammedMacro(this, weights.copy(), die);
    }

    Mapping mapping() {
        return mapping;
    }

    int arrayRows() {
        return arrayRows;
    }

    int arrayColumns() {
        return arrayColumns;
    }

    InputEncoder encoder() {
        return encoder;
    }

    Optional<RowPort> rowPort() {
        return Optional.ofNullable(rowPort);
    }

    CellLaw law() {
        return law;
    }

    Wires wires() {
        return wires;
    }

    ArraySolve solve(Crossbar crossbar) {
        return new ArraySolve(solver, crossbar, conditions);
    }

    Readout readout() {
        return readout;
    }

    /** What converts the levels, if anything does. */
    public Optional<Converter> converter() {
        return Optional.ofNullable(converter);
    }

    List<Effect> effects() {
        return effects;
    }

    /** Temperature and age at which its arrays are read. */
    public Conditions conditions() {
        return conditions;
    }

    Conditions tuning() {
        return tuning;
    }

    /** The blocks of the circuit, in signal order. */
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(encoder);
        if (rowPort != null) {
            blocks.add(rowPort);
        }
        blocks.add(law);
        blocks.add(readout);
        if (converter != null) {
            blocks.add(converter);
        }
        return blocks;
    }

    /**
     * What is not ideal in this circuit: the imperfections of its blocks in signal order, resistance of its wires, its
     * effects. Quantisation is none of them. An imperfection that blocks share, as the cells of the array and their
     * references do, is one.
     */
    public List<Imperfection> imperfections() {
        Map<String, Imperfection> all = new LinkedHashMap<>();
        blocks().stream().flatMap(block -> block.imperfections().stream()).forEach(i -> all.putIfAbsent(i.id(), i));
        if (!wires.of(2, 2).ideal()) {
            all.put(WIRE_RESISTANCE, new Imperfection(WIRE_RESISTANCE, "resistance of the wires"));
        }
        effects.forEach(effect -> all.put(effect.id(), new Imperfection(effect.id(), effect.description())));
        return List.copyOf(all.values());
    }

    /**
     * This circuit with one imperfection made ideal; all others keep their draws, and the phases their durations.
     *
     * @param imperfection id of one of {@link #imperfections()}
     * @throws IllegalArgumentException if the circuit does not have it; the message lists what it has
     */
    public Macro without(String imperfection) {
        if (imperfections().stream().noneMatch(i -> i.id().equals(imperfection))) {
            throw new IllegalArgumentException("imperfection = " + imperfection + ": this circuit has only "
                    + imperfections().stream().map(Imperfection::id).toList());
        }
        Builder b = toBuilder();
        b.encoder = has(encoder, imperfection) ? encoder.without(imperfection) : encoder;
        b.rowPort = rowPort != null && has(rowPort, imperfection) ? rowPort.without(imperfection) : rowPort;
        b.law = has(law, imperfection) ? law.without(imperfection) : law;
        b.readout = has(readout, imperfection) ? readout.without(imperfection) : readout;
        b.converter = converter != null && has(converter, imperfection) ? converter.without(imperfection) : converter;
        b.wires = imperfection.equals(WIRE_RESISTANCE) ? Wires.ideal() : wires;
        b.effects = effects.stream()
                .filter(effect -> !effect.id().equals(imperfection))
                .toList();
        b.timed = true;
        return b.build();
    }

    private static boolean has(Block block, String imperfection) {
        return block.imperfections().stream().anyMatch(i -> i.id().equals(imperfection));
    }

    /** The parts of this circuit, to change. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.mapping = mapping;
        b.arrayRows = arrayRows;
        b.arrayColumns = arrayColumns;
        b.encoder = encoder;
        b.rowPort = rowPort;
        b.law = law;
        b.wires = wires;
        b.solver = solver;
        b.readout = readout;
        b.converter = converter;
        b.effects = effects;
        b.superposition = superposition;
        b.conditions = conditions;
        b.tuning = tuning;
        return b;
    }

    /** Collects the parts of a macro. */
    public static final class Builder {
        private @Nullable Mapping mapping;
        private int arrayRows = 1 << 20;
        private int arrayColumns = 1 << 20;
        private @Nullable InputEncoder encoder;
        private @Nullable RowPort rowPort;
        private @Nullable CellLaw law;
        private Wires wires = Wires.ideal();
        private @Nullable CrossbarSolver solver;
        private @Nullable Readout readout;
        private @Nullable Converter converter;
        private List<Effect> effects = List.of();
        private Superposition superposition = Superposition.WHERE_EXACT;
        private Conditions conditions = Conditions.ROOM;
        private Conditions tuning = Conditions.ROOM;
        private boolean timed;

        private Builder() {}

        /** How weights become cells. */
        public Builder mapping(Mapping value) {
            mapping = value;
            return this;
        }

        /** Size of one array; larger matrices are tiled. */
        public Builder arraySize(int rows, int columns) {
            arrayRows = Require.within("rows", rows, 1, 1 << 20);
            arrayColumns = Require.within("columns", columns, 1, 1 << 20);
            return this;
        }

        /** What drives the rows. */
        public Builder encoder(InputEncoder value) {
            encoder = value;
            return this;
        }

        /** What turns an input current into a gate voltage. */
        public Builder rowPort(RowPort value) {
            rowPort = value;
            return this;
        }

        /** The memory cell. */
        public Builder law(CellLaw value) {
            law = value;
            return this;
        }

        /** The wires; ideal unless given. */
        public Builder wires(Wires value) {
            wires = value;
            return this;
        }

        /**
         * How the arrays are solved. Unless one is given, by what takes least time: the ideal product where the wires have no
         * resistance; the transfer matrix for linear cells and 25 inputs or more; else the Schur-complement solver.
         * {@link MacroResult#evidence} says which.
         */
        public Builder solver(CrossbarSolver value) {
            solver = value;
            return this;
        }

        /** What senses the columns. */
        public Builder readout(Readout value) {
            readout = value;
            return this;
        }

        /** What converts the levels; without one the macro gives levels. */
        public Builder converter(@Nullable Converter value) {
            converter = value;
            return this;
        }

        /** What happens to the arrays; nothing unless given. */
        public Builder effects(List<? extends Effect> value) {
            effects = List.copyOf(value);
            return this;
        }

        /** Whether the phases of a schedule may become one solve; where nothing changes by it unless given. */
        public Builder superposition(Superposition value) {
            superposition = value;
            return this;
        }

        /** Temperature and age at which the arrays are read. */
        public Builder conditions(Conditions value) {
            conditions = value;
            return this;
        }

        /** Temperature at which the cells are tuned. */
        public Builder tuning(Conditions value) {
            tuning = value;
            return this;
        }

        /**
         * The finished macro.
         *
         * @throws IllegalArgumentException if a part is missing, or two parts do not fit; the message names both
         */
        public Macro build() {
            return new Macro(this);
        }
    }
}
