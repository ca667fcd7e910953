package org.vmmlib.jmh;

import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.flash.ReferenceCells;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.peripherals.converter.SarAdc;
import org.vmmlib.peripherals.dac.CurrentSteeringDac;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/** Cells by the noise that they have. */
public enum NoiseKind {
    /** Resistors: thermal noise, the same for all inputs. */
    THERMAL(0),
    /** Subthreshold cells on the exponential law: shot noise of the columns' currents. */
    SHOT(0.5),
    /** Charge-based cells: noise of each channel's charge. */
    CHARGE(0.5);

    private static final int BITS = 8;

    private final double columnVoltage;

    NoiseKind(double columnVoltage) {
        this.columnVoltage = columnVoltage;
    }

    /** The law. */
    CellLaw law() {
        return this == THERMAL ? new LinearReram(ConductanceWindow.aluminaTitania()) : channel();
    }

    private FloatingGateCell channel() {
        return (this == SHOT ? FloatingGateCell.exponential() : FloatingGateCell.chargeBased())
                .saturation(true)
                .build();
    }

    /** What the columns are held at, volts. */
    double columnVoltage() {
        return columnVoltage;
    }

    /** Drive i of 0 … 255: row voltages, or gate voltages. */
    double drive(int i) {
        return this == THERMAL ? 0.2 * i / 255 : 0.3 + 0.1 * i / 255;
    }

    /**
     * A macro with ideal 8-bit converters on both sides, of one array, without effects.
     *
     * @param largestOutput full scale, in units of a product of weight 1 and the highest input
     */
    Macro.Builder macro(int size, double largestOutput) {
        Macro.Builder builder = Macro.builder()
                .mapping(new DifferentialPairs(false))
                .arraySize(size, size)
                .law(law())
                .readout(TransimpedanceSensing.builder(
                                columnVoltage, this == THERMAL ? Polarity.SINK : Polarity.SOURCE, 1000)
                        .build());
        if (this == THERMAL) {
            builder.encoder(new AmplitudeEncoder(VoltageDac.builder(BITS, 0.2).build(), 1e-6));
        } else {
            builder.encoder(new AmplitudeEncoder(
                            CurrentSteeringDac.builder(BITS, 10 * Si.nA).build(), 1e-6))
                    .rowPort(ReferenceCells.builder(channel()).build());
        }
        double fullScale = builder.build().gain() * 255 * largestOutput;
        Converter converter = SarAdc.builder(BITS, Activation.RELU, Levels.Quantity.VOLTAGE, fullScale)
                .build();
        return builder.converter(converter);
    }
}
