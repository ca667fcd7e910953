package org.vmmlib.peripherals.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.core.signal.Phase;
import org.vmmlib.core.signal.Signal;
import org.vmmlib.peripherals.dac.Dac;
import org.vmmlib.peripherals.dac.TransferTables;

/**
 * Instantaneous amplitude coding (INS): one phase in which a DAC on each row holds the level of the row's word. A current
 * DAC gives an input current, for a reference cell; a voltage DAC gives a row voltage. Takes unsigned words of the DAC's
 * length. The noise of the rows is that of the DAC. Immutable.
 */
public final class AmplitudeEncoder implements InputEncoder {

    private final Dac dac;
    private final double duration;

    /**
     * @param dac converter of each row, of currents or voltages
     * @param duration of the phase in seconds, above 0
     * @throws IllegalArgumentException if the DAC gives neither a current nor a voltage, or the duration is not positive
     */
    public AmplitudeEncoder(Dac dac, double duration) {
        if (dac.output() == Levels.Quantity.CHARGE) {
            throw new IllegalArgumentException("dac = " + dac.datasheet().title()
                    + ": gives a charge; an amplitude encoder needs a DAC of currents or voltages");
        }
        this.dac = dac;
        this.duration = Require.positive("duration", duration);
    }

    /** The converter of each row. */
    public Dac dac() {
        return dac;
    }

    /** Length of the phase, in seconds. */
    public double duration() {
        return duration;
    }

    @Override
    public DriveKind kind() {
        return dac.output() == Levels.Quantity.CURRENT ? DriveKind.INPUT_CURRENT : DriveKind.ROW_VOLTAGE;
    }

    @Override
    public Coding coding() {
        return new Coding.Amplitude();
    }

    @Override
    public int bits() {
        return dac.bits();
    }

    @Override
    public Rows on(Die die, int rows) {
        TransferTables tables = dac.on(die, rows, duration);
        DriveKind kind = kind();
        Connections connected = Connections.all(rows);
        NoisyRows.Schedule schedule = (inputs, firstCall) -> {
            Codes codes = refuseMisfits(inputs, rows);
            DMatrixRMaj drives = tables.convert(codes);
            double[] durations = new double[codes.vectors()];
            Arrays.fill(durations, duration);
            return new DriveSchedule(kind, List.of(new Phase(durations, drives, connected)));
        };
        return new NoisyRows(schedule, dac::noise);
    }

    private Codes refuseMisfits(Signal inputs, int rows) {
        if (!(inputs instanceof Codes codes)) {
            throw new IllegalArgumentException("inputs are " + inputs.getClass().getSimpleName() + ", but "
                    + datasheet().title() + " takes words: convert them, or use an encoder of such signals");
        }
        if (codes.signed() || codes.bits() != bits()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "codes are %s words of %d bits, but %s takes unsigned words of %d bits: use words of that kind "
                            + "(offset binary for signed values), or a DAC of their length",
                    codes.signed() ? "signed" : "unsigned",
                    codes.bits(),
                    datasheet().title(),
                    bits()));
        }
        if (codes.channels() != rows) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "codes has %d words a vector: must be %d, one for each row", codes.channels(), rows));
        }
        return codes;
    }

    @Override
    public List<Imperfection> imperfections() {
        return dac.imperfections();
    }

    @Override
    public AmplitudeEncoder without(String imperfection) {
        return new AmplitudeEncoder(dac.without(imperfection), duration);
    }

    @Override
    public Cost cost(Activity activity) {
        return dac.cost(activity);
    }

    @Override
    public Datasheet datasheet() {
        List<Datasheet.Entry> entries = new ArrayList<>();
        entries.add(new Datasheet.Entry("phase duration", duration, "s", "user"));
        entries.addAll(dac.datasheet().entries());
        return new Datasheet("amplitude encoder (INS) with a " + dac.datasheet().title(), entries);
    }
}
