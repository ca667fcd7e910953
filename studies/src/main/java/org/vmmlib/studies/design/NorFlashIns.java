package org.vmmlib.studies.design;

import java.util.List;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.devices.flash.NorFlash;
import org.vmmlib.devices.flash.ReferenceCells;
import org.vmmlib.noise.ReadNoise;
import org.vmmlib.noise.TuningTolerance;
import org.vmmlib.peripherals.converter.CyclicAdc;
import org.vmmlib.peripherals.dac.CurrentSteeringDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.sensing.MirrorSensing;

/**
 * Current-mode multiplier on 2-D NOR flash: current-steering DACs into peripheral reference cells, gate-coupled
 * subthreshold cells in differential pairs, blocks of 64 rows whose partial sums add in analog, ReLU in the thresholds of
 * a cyclic ADC.
 *
 * <p>Sources: Bavandpour et al., aCortex, IEEE JXCDC 6 (2020), doi:10.1109/JXCDC.2020.2999581 (16-nA cells, 64 rows, 4-bit
 * DACs, converter with embedded activation); Guo et al., CICC 2017, arXiv:1611.03379 (tuning to 1 %).
 *
 * @param name name by which the command knows it
 * @param description one line for a person
 * @param inputBits word length of the network's inputs
 * @param outputBits word length of the converters
 * @param flash the process
 * @param variants other word lengths to run beside it
 * @param published what was published of it
 */
record NorFlashIns(
        String name,
        String description,
        int inputBits,
        int outputBits,
        NorFlash flash,
        List<Design> variants,
        List<Published> published)
        implements Design {

    private static final int BLOCK_ROWS = 64;
    private static final int BLOCK_COLUMNS = 128;
    private static final double TUNING = 0.01;
    /** Relative error of the smallest input current that the gate lines settle to. */
    private static final double SETTLING_ERROR = 0.01;

    /** The sensing settles within this time, and passes the noise of the bandwidth that goes with it. */
    private static final double SENSING_TIME = 10 * Si.ns;
    /** Bias current times time for a vector of the published sensing: 0.67 µA over 50 ns. */
    private static final double SENSING_CHARGE = 0.67 * Si.uA * 50 * Si.ns;

    /** 55-nm blocks with 6-bit converters; its variants are 4-bit converters, and the binary-input 180-nm classifier. */
    static Design esf3() {
        NorFlash esf3 = NorFlash.esf3Nor55();
        Design fourBits =
                new NorFlashIns("nor-ins-4bit", "as nor-ins, 4-bit outputs", 4, 4, esf3, List.of(), List.of());
        Design binary = new NorFlashIns(
                "nor-ins-binary",
                "180-nm NOR flash with the periphery of nor-ins, binary inputs, 6-bit outputs",
                1,
                6,
                NorFlash.nor180(),
                List.of(),
                List.of(
                        new Published("MNIST, simulated", 0.962, "Guo et al., IEDM 2017, 180-nm chip"),
                        new Published("MNIST, measured", 0.9465, "Guo et al., IEDM 2017, 180-nm chip")));
        return new NorFlashIns(
                "nor-ins",
                "55-nm NOR flash, gate-coupled, 4-bit inputs, 6-bit outputs",
                4,
                6,
                esf3,
                List.of(fourBits, binary),
                List.of());
    }

    @Override
    public Macro macro(LayerSpec layer, boolean ideal) {
        NorFlash process = ideal ? flash.ideal() : flash;
        ReferenceCells references = process.references();
        double largest = process.inputCurrent();
        double smallest = largest / ((1 << layer.inputBits()) - 1);
        double time = references.settlingTime(smallest, SETTLING_ERROR, Conditions.ROOM) + SENSING_TIME;
        MirrorSensing sensing = MirrorSensing.acortex55nm(process.drainVoltage()).toBuilder()
                .source("bias charge of the fit to 64 fJ a line and vector at 50 ns a vector")
                .biasCurrent(SENSING_CHARGE / time)
                .build();
        CurrentSteeringDac dac = CurrentSteeringDac.acortex55nm(layer.inputBits(), largest).toBuilder()
                .source("chosen: its energy is that of the input current")
                .biasCurrent(0)
                .build();
        Macro.Builder builder = Macro.builder()
                .mapping(new DifferentialPairs(true))
                .arraySize(BLOCK_ROWS, BLOCK_COLUMNS)
                .encoder(new AmplitudeEncoder(ideal ? Block.ideal(dac) : dac, time))
                .rowPort(references)
                .law(process.cell())
                .readout(ideal ? Block.ideal(sensing) : sensing);
        if (!ideal) {
            builder.effects(List.of(new TuningTolerance(TUNING), new ReadNoise(0.5 / SENSING_TIME)));
        }
        double fullScale = layer.fullScaleSteps() * builder.build().gain();
        CyclicAdc adc = CyclicAdc.acortex55nm(layer.outputBits(), Activation.BOUNDED_RELU, fullScale).toBuilder()
                .source("chosen: round instead of floor")
                .inputBias(0.5 * fullScale / (1 << layer.outputBits()))
                .build();
        return builder.converter(ideal ? Block.ideal(adc) : adc).build();
    }
}
