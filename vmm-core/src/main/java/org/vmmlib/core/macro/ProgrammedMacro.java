package org.vmmlib.core.macro;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.cost.CostSheet;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.RowPort;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.mapping.MappingPlan;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.core.signal.Phase;
import org.vmmlib.core.signal.Signal;

/** A macro that holds a matrix, on one chip. Immutable; threads may share it. */
public final class ProgrammedMacro {

    private final Macro macro;
    private final MappingPlan plan;
    private final List<ArrayOnDie> arrays = new ArrayList<>();
    private final Converter.@org.jspecify.annotations.Nullable Channels converters;

    ProgrammedMacro(Macro macro, DMatrixRMaj weights, Die die) {
        this.macro = macro;
        plan = macro.mapping().plan(weights, macro.arrayRows(), macro.arrayColumns());
        for (int k = 0; k < plan.arrays().size(); k++) {
            arrays.add(new ArrayOnDie(macro, plan.arrays().get(k), die.part(k)));
        }
        converters = macro.converter()
                .map(c -> c.on(die.part(plan.arrays().size()), plan.converterInputs()))
                .orElse(null);
    }

    /** The layout. */
    public MappingPlan plan() {
        return plan;
    }

    /** The circuit. */
    public Macro macro() {
        return macro;
    }

    /**
     * Multiplies a batch.
     *
     * @param inputs B vectors × inputs: words of the encoder's length; or levels or edges, for an encoder that takes them
     * @param firstCall global index of the first vector: it keys all noise, so that a batch may be cut anywhere
     * @throws IllegalArgumentException if the inputs do not fit the circuit
     */
    public MacroResult multiply(Signal inputs, long firstCall) {
        return multiply(inputs, firstCall, new DMatrixRMaj(1, 1));
    }

    /**
     * Multiplies a batch, and shows what went into the converters.
     *
     * @param inputs B vectors × inputs: words of the encoder's length; or levels or edges, for an encoder that takes them
     * @param firstCall global index of the first vector: it keys all noise, so that a batch may be cut anywhere
     * @param levels Modified: becomes the B × {@link MappingPlan#converterInputs()} levels in front of the converters,
     *     summed over the arrays; zeros where the readout gives edges that nothing converts
     * @throws IllegalArgumentException if the inputs do not fit the circuit
     */
    public MacroResult multiply(Signal inputs, long firstCall, DMatrixRMaj levels) {
        if (inputs.channels() != plan.inputs()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "inputs has %d values a vector: must be %d", inputs.channels(), plan.inputs()));
        }
        int vectors = inputs.vectors();
        Saturation saturation = new Saturation();
        Tally tally = new Tally();
        DMatrixRMaj sums = levels;
        sums.reshape(vectors, plan.converterInputs());
        sums.zero();
        Signal given = new Levels(sums, Levels.Quantity.CURRENT);
        for (int k = 0; k < arrays.size(); k++) {
            Signal signal = arrays.get(k).multiply(plan.expand(inputs, k), firstCall, saturation, tally);
            if (converters != null && arrays.size() == 1 && signal instanceof Edges edges) {
                signal = edges.durations();
            }
            if (signal instanceof Levels columns) {
                plan.sum(k, columns.values(), sums);
                given = new Levels(sums, columns.quantity());
            } else if (signal instanceof Codes words) {
                plan.sum(k, toMatrix(words), sums);
                given = words;
            } else if (arrays.size() == 1) {
                return new MacroResult(
                        signal, high((Edges) signal), tally.evidence(), saturation, cost(vectors, sums, tally));
            } else {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s gives edges, and the matrix lies on %d arrays: edges cannot be summed; use one array",
                        macro.readout().datasheet().title(),
                        arrays.size()));
            }
        }
        if (converters == null) {
            DMatrixRMaj outputs = new DMatrixRMaj(vectors, plan.outputs());
            plan.combine(inputs, sums, outputs);
            Signal result = given instanceof Codes words
                    ? together(words, sums)
                    : new Levels(outputs, ((Levels) given).quantity());
            return new MacroResult(result, outputs, tally.evidence(), saturation, cost(vectors, sums, tally));
        }
        Converter converter = macro.converter().orElseThrow();
        Codes words = converters.convert(sums, firstCall, saturation);
        DMatrixRMaj converted = new DMatrixRMaj(vectors, plan.converterInputs());
        for (int k = 0; k < converted.data.length; k++) {
            converted.data[k] = converter.reconstruct(words.data()[k]);
        }
        DMatrixRMaj outputs = new DMatrixRMaj(vectors, plan.outputs());
        plan.combine(inputs, converted, outputs);
        return new MacroResult(words, outputs, tally.evidence(), saturation, cost(vectors, sums, tally));
    }

    private static DMatrixRMaj high(Edges edges) {
        DMatrixRMaj out = new DMatrixRMaj(edges.vectors(), edges.channels());
        for (int k = 0; k < out.data.length; k++) {
            out.data[k] = edges.high(k / edges.channels(), k % edges.channels());
        }
        return out;
    }

    /**
     * What an ideal circuit without quantisation would give for a batch: the activation of the exact product, in units of
     * the activation's output; or the exact level where there is no converter. A bounded activation is bounded where the
     * words end.
     */
    public DMatrixRMaj ideal(Signal inputs) {
        DMatrixRMaj y = plan.product(inputs);
        CommonOps_DDRM.scale(macro.gain() / plan.weightScale(), y);
        macro.converter().ifPresent(c -> {
            for (int k = 0; k < y.data.length; k++) {
                y.data[k] = c.activation().apply(y.data[k] / c.fullScale());
                if (c.activation() == Activation.BOUNDED_RELU) {
                    y.data[k] = Math.min(y.data[k], c.reconstruct((1 << c.bits()) - 1));
                }
            }
        });
        return y;
    }

    /** The words of all arrays, added and subtracted digitally; those of one array that counts, as they are. */
    private Codes together(Codes last, DMatrixRMaj sums) {
        if (arrays.size() == 1 && macro.readout().words().isEmpty()) {
            return last;
        }
        int bits = last.bits() + 1 + Integer.SIZE - Integer.numberOfLeadingZeros(arrays.size());
        int[] words = new int[sums.getNumElements()];
        for (int k = 0; k < words.length; k++) {
            words[k] = Math.toIntExact(Math.round(sums.data[k]));
        }
        return Codes.signed(Math.min(31, bits), sums.numRows, sums.numCols, words);
    }

    private static DMatrixRMaj toMatrix(Codes words) {
        DMatrixRMaj out = new DMatrixRMaj(words.vectors(), words.channels());
        for (int k = 0; k < out.data.length; k++) {
            out.data[k] = words.data()[k];
        }
        return out;
    }

    private CostSheet cost(int vectors, DMatrixRMaj levels, Tally tally) {
        int rows = arrays.stream().mapToInt(ArrayOnDie::rows).sum();
        int columns = arrays.stream().mapToInt(ArrayOnDie::columns).sum();
        List<Cost> items = new ArrayList<>();
        boolean drivesLines = macro.encoder().kind() == DriveKind.ROW_VOLTAGE;
        double rowCharge = drivesLines ? tally.rowCharge : tally.inputCharge;
        double delivered = drivesLines ? tally.delivered : 0;
        items.add(withinPhases(macro.encoder().cost(new Activity(vectors, rows, tally.time, rowCharge, delivered))));
        macro.rowPort()
                .ifPresent(p ->
                        items.add(withinPhases(p.cost(new Activity(vectors, rows, tally.time, tally.inputCharge)))));
        int allocated = arrays.stream().mapToInt(a -> a.rows() * a.columns()).sum();
        items.add(new Cost(
                "array",
                tally.arrayEnergy,
                vectors == 0 ? 0 : tally.time / vectors,
                allocated * macro.law().cellArea()));
        Cost sensed = macro.readout().cost(new Activity(vectors, columns, tally.time, tally.columnCharge));
        items.add(new Cost(sensed.block(), sensed.energy(), macro.readout().latency(columns), sensed.area()));
        macro.converter().ifPresent(c -> {
            double conversion = c.cost(new Activity(0, 1, 0, 0)).time();
            double sum = 0;
            if (c.input() == Levels.Quantity.CURRENT) {
                for (double level : levels.data) {
                    sum += Math.abs(level);
                }
            }
            items.add(c.cost(new Activity(vectors, plan.converterInputs(), vectors * conversion, sum * conversion)));
        });
        return new CostSheet(items, vectors);
    }

    /** A block that settles while the drives stand still adds nothing to the latency beyond the phases. */
    private static Cost withinPhases(Cost cost) {
        return new Cost(cost.block(), cost.energy(), 0, cost.area());
    }

    /** What the arrays of one multiplication add up to. */
    static final class Tally {
        private Evidence evidence = new Evidence("", 0, 0, 0);
        private double arrayEnergy;
        private double inputCharge;
        private double columnCharge;
        private double rowCharge;
        private double delivered;
        private double time;

        Evidence evidence() {
            return evidence;
        }

        void add(DriveSchedule schedule) {
            double longest = 0;
            for (int b = 0; b < schedule.vectors(); b++) {
                longest += schedule.time(b);
            }
            time = Math.max(time, longest);
            if (schedule.kind() == DriveKind.INPUT_CURRENT) {
                for (Phase phase : schedule.phases()) {
                    for (int b = 0; b < schedule.vectors(); b++) {
                        for (int i = 0; i < schedule.rows(); i++) {
                            inputCharge += Math.abs(phase.drives().get(b, i)) * phase.durations()[b];
                        }
                    }
                }
            }
        }

        void add(ArrayPort port) {
            arrayEnergy += port.energy();
            columnCharge += port.charge();
            rowCharge += port.rowCharge();
            delivered += port.delivered();
            Evidence of = port.evidence();
            evidence = evidence.method().isEmpty() ? of : evidence.worst(of);
        }
    }

    /** One array with the blocks around it. */
    private static final class ArrayOnDie {
        private final Macro macro;
        private final Die die;
        private final InputEncoder.Rows encoder;
        private final RowPort.@org.jspecify.annotations.Nullable Rows rowPort;
        private final Readout.Columns readout;
        private final ArraySolve solve;

        /** What effects keep, of each way of solving apart, so that it does not depend on which was taken first. */
        private final Map<PreparedCrossbar, ArrayMemory> memories = new ConcurrentHashMap<>();

        ArrayOnDie(Macro macro, DMatrixRMaj weights, Die die) {
            this.macro = macro;
            this.die = die;
            CellLaw law = macro.law();
            CellState state = law.store(weights, macro.tuning());
            CellFaults faults = CellFaults.none(weights.numRows, weights.numCols);
            for (Effect effect : macro.effects()) {
                if (effect instanceof Effect.OnProgramming programming) {
                    state = programming.program(law, state, macro.tuning(), die.stream(effect.id()));
                    faults = programming.faults(faults, die.stream(effect.id()));
                }
            }
            for (Effect effect : macro.effects()) {
                if (effect instanceof Effect.OnAge ageing) {
                    state = ageing.age(law, state, macro.conditions(), die.stream(effect.id()));
                }
            }
            Lines lines = macro.wires().of(weights.numRows, weights.numCols);
            for (Effect effect : macro.effects()) {
                if (effect instanceof Effect.OnWires making) {
                    lines = making.wires(lines, die.stream(effect.id()));
                }
            }
            lines = withInputResistance(lines, macro.readout());
            solve = macro.solve(new Crossbar(law, state, lines, faults));
            encoder = macro.encoder().on(die, weights.numRows);
            rowPort = macro.rowPort().map(p -> p.on(die, weights.numRows)).orElse(null);
            readout = macro.readout().on(die, weights.numCols, macro.conditions());
        }

        private static Lines withInputResistance(Lines lines, Readout readout) {
            double input = readout.inputResistance();
            if (input == 0) {
                return lines;
            }
            if (lines.columnEnds() == Ends.BOTH) {
                throw new IllegalArgumentException(
                        "inputResistance = " + input
                                + ": a sense amplifier's resistance goes with columns sensed at one end; set columnEnds to one");
            }
            double[] sense = new double[lines.columns()];
            for (int j = 0; j < sense.length; j++) {
                sense[j] = lines.senseResistance(j) + input;
            }
            return lines.toBuilder().senseResistance(sense).build();
        }

        int rows() {
            return solve.crossbar().rows();
        }

        int columns() {
            return solve.crossbar().columns();
        }

        Signal multiply(Signal inputs, long firstCall, Saturation saturation, Tally tally) {
            DriveSchedule schedule = encoder.encode(inputs, firstCall);
            tally.add(schedule);
            Readout.Session session = readout.begin(inputs.vectors(), firstCall);
            PreparedCrossbar prepared = solve.prepared(firstCall, inputs.vectors());
            ArrayMemory memory = memories.computeIfAbsent(prepared, solved -> new ArrayMemory());
            ArrayPort port = new ArrayPort(prepared, macro, memory, die, inputs.vectors());
            CollapsedSchedule whole = macro.collapses(solve) ? CollapsedSchedule.of(schedule) : null;
            if (whole != null) {
                port.begin(
                        new Effect.Moment(0, new double[inputs.vectors()], firstCall),
                        whole.phase(),
                        whole.phase().drives());
                session.phase(whole.phase().durations(), port);
                port.end(whole.phase().durations());
                port.deviate(whole.spread());
                tally.add(port);
                return session.finish(saturation);
            }
            double[] starts = new double[inputs.vectors()];
            for (int k = 0; k < schedule.phases().size(); k++) {
                Effect.Moment moment = new Effect.Moment(k, starts.clone(), firstCall);
                Phase phase = disturbed(schedule.phases().get(k), moment);
                DMatrixRMaj drives = phase.drives();
                if (rowPort != null) {
                    DMatrixRMaj gates = new DMatrixRMaj(drives.numRows, drives.numCols);
                    rowPort.gates(drives, macro.conditions(), gates);
                    drives = gates;
                }
                port.begin(moment, phase, drives);
                session.phase(phase.durations(), port);
                port.end(phase.durations());
                for (int b = 0; b < starts.length; b++) {
                    starts[b] += phase.durations()[b];
                }
            }
            tally.add(port);
            return session.finish(saturation);
        }

        /** The phase with what the effects on the drives add to it. */
        private Phase disturbed(Phase phase, Effect.Moment moment) {
            Phase out = phase;
            for (Effect effect : macro.effects()) {
                if (effect instanceof Effect.OnDrive disturbance) {
                    DMatrixRMaj drives = out.drives().copy();
                    disturbance.disturb(
                            new Effect.Drive(
                                    encoder, rowPort, phase, macro.conditions(), moment, die.stream(effect.id())),
                            drives);
                    out = new Phase(phase.durations(), drives, phase.rows());
                }
            }
            return out;
        }
    }
}
