package org.vmmlib.studies.design;

import java.util.List;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.Wires;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.noise.ReadNoise;
import org.vmmlib.noise.TuningTolerance;
import org.vmmlib.peripherals.converter.CyclicAdc;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/**
 * Passive 0T1R crossbars, solved with their line resistance: voltage DACs on the word lines, transimpedance amplifiers on
 * the bit lines, differential pairs, 64 × 64 arrays.
 *
 * <p>Source of the device: Merrikh Bayat et al., Nature Comm. 9, 2331 (2018), doi:10.1038/s41467-018-04482-4 (7.0 to 96.6
 * kΩ at 0.2 V, tuned to 5 %). The rest is chosen.
 */
record PassiveIns() implements Design {

    private static final int ROWS = 64;
    private static final int COLUMNS = 64;
    private static final double READ_VOLTAGE = 0.2;
    private static final double SEGMENT_RESISTANCE = 1;
    private static final double VECTOR_TIME = 50 * Si.ns;
    /** The amplifiers settle within this time, and pass the noise of the bandwidth that goes with it. */
    private static final double SENSING_TIME = 20 * Si.ns;

    private static final double TUNING = 0.05;
    /** Level of the full scale, and how far the amplifiers swing. */
    private static final double FULL_SCALE = 0.25;

    private static final double SWING = 1;
    private static final double LOOP_GAIN = 1000;

    @Override
    public String name() {
        return "passive-ins";
    }

    @Override
    public String description() {
        return "passive 0T1R crossbar with line resistance, 4-bit inputs and outputs";
    }

    @Override
    public int inputBits() {
        return 4;
    }

    @Override
    public int outputBits() {
        return 4;
    }

    @Override
    public List<Design> variants() {
        return List.of();
    }

    @Override
    public Macro macro(LayerSpec layer, boolean ideal) {
        LinearReram cell = new LinearReram(ConductanceWindow.aluminaTitania());
        double step = READ_VOLTAGE / ((1 << layer.inputBits()) - 1);
        double unit = cell.unitSignal(DriveKind.ROW_VOLTAGE, step, 0, Conditions.ROOM);
        double transimpedance = FULL_SCALE / (layer.fullScaleSteps() * unit);
        TransimpedanceSensing sensing = TransimpedanceSensing.builder(0, Polarity.SINK, transimpedance)
                .source("chosen")
                .inputResistance(transimpedance / (1 + LOOP_GAIN))
                .swing(-SWING, SWING)
                .settlingTime(SENSING_TIME)
                .build();
        VoltageDac dac = VoltageDac.builder(layer.inputBits(), READ_VOLTAGE).build();
        Macro.Builder builder = Macro.builder()
                .mapping(new DifferentialPairs(true))
                .arraySize(ROWS, COLUMNS)
                .encoder(new AmplitudeEncoder(ideal ? Block.ideal(dac) : dac, VECTOR_TIME))
                .law(cell)
                .wires(ideal ? Wires.ideal() : Wires.resistive(SEGMENT_RESISTANCE, SEGMENT_RESISTANCE, 0))
                .readout(ideal ? Block.ideal(sensing) : sensing);
        if (!ideal) {
            builder.effects(List.of(new TuningTolerance(TUNING), new ReadNoise(0.5 / SENSING_TIME)));
        }
        CyclicAdc adc = CyclicAdc.builder(
                        layer.outputBits(), Activation.BOUNDED_RELU, Levels.Quantity.VOLTAGE, FULL_SCALE)
                .source("chosen: round instead of floor")
                .inputBias(0.5 * FULL_SCALE / (1 << layer.outputBits()))
                .build();
        return builder.converter(ideal ? Block.ideal(adc) : adc).build();
    }
}
