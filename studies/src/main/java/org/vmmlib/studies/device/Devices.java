package org.vmmlib.studies.device;

import java.util.ArrayList;
import java.util.List;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.access.DegeneratedSource;
import org.vmmlib.devices.access.SelectedResistor;
import org.vmmlib.devices.access.SignedPair;
import org.vmmlib.devices.access.SwitchedResistor;
import org.vmmlib.devices.flash.FloatingGateResistor;
import org.vmmlib.devices.flash.GatedCurrentSource;
import org.vmmlib.devices.flash.NorFlash;
import org.vmmlib.devices.memory.FilamentaryReram;
import org.vmmlib.devices.memory.FilamentaryReram.Acceptance;
import org.vmmlib.devices.memory.PhaseChangeMemory;
import org.vmmlib.devices.memory.SonosMemory;
import org.vmmlib.devices.memory.SwitchedCapacitor;
import org.vmmlib.devices.memory.TransistorMemory;
import org.vmmlib.devices.nand.NandBlock;
import org.vmmlib.devices.nand.NandString;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.JartVcm;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.MagneticJunction;
import org.vmmlib.devices.reram.PkuReram;
import org.vmmlib.devices.reram.SinhReram;
import org.vmmlib.devices.reram.StanfordReram;

/** The named devices. */
public final class Devices {

    private static final List<Double> QUARTERS = List.of(0.0, 0.25, 0.5, 0.75, 1.0);
    private static final List<Double> DECADES = List.of(0.01, 0.1, 0.5, 1.0);
    private static final List<Double> SIGNED = List.of(0.0, 0.25, 0.75, 1.0);
    private static final List<Double> BINARY = List.of(0.0, 1.0);

    /** Swing of the drains of time-domain multipliers, volts: arXiv:1711.10673. */
    private static final double SWING = 0.2;

    private Devices() {}

    /** All of them, in the order to show. A device is one line here. */
    public static List<NamedDevice> all() {
        List<NamedDevice> all = new ArrayList<>();
        all.add(flash("esf3", "55-nm split-gate NOR flash, gate-coupled", NorFlash.esf3Nor55()));
        GatedCurrentSource source = GatedCurrentSource.esf3Nor55();
        all.add(switched(
                "esf3-source",
                "55-nm split-gate NOR flash, current source that pulses switch",
                source,
                source.onGate(),
                source.resetVoltage(),
                SWING));
        all.add(passive(
                "esf3-resistor",
                "55-nm split-gate NOR flash, resistor between drain and source",
                FloatingGateResistor.esf3Nor55(),
                0.05,
                0.2));
        all.add(flash("nor-180", "180-nm NOR flash, gate-coupled", NorFlash.nor180()));
        all.add(nand("nand-3d", "3D-NAND string of 64 layers", NandBlock.acortex3d()));

        ConductanceWindow titania = ConductanceWindow.aluminaTitania();
        all.add(passive("titania", "Al2O3/TiO2 ReRAM without transistor, linear", new LinearReram(titania), 0.2, 0.5));
        all.add(passive(
                "titania-sinh",
                "Al2O3/TiO2 ReRAM without transistor, sinh law with a chosen alpha of 3/V",
                new SinhReram(titania, 3),
                0.2,
                0.5));
        all.add(passive("hfo2", "HfO2 ReRAM with measured bend and spread", FilamentaryReram.milo(), 0.2, 0.5));
        all.add(passive("neurram", "HfOx ReRAM of the NeuRRAM chip", FilamentaryReram.wan(), 0.2, 0.5));
        all.add(passive(
                "cmo-hfox", "CMO/HfOx ReRAM, accepted at 2 %", FilamentaryReram.cmo(Acceptance.TWO_PERCENT), 0.2, 0.5));
        all.add(passive("stanford", "Stanford ReRAM model, version 1.0", StanfordReram.published(), 0.1, 0.5));
        all.add(passive("pku", "PKU-Stanford ReRAM model, version 2.0", PkuReram.published(), 0.1, 0.5));
        all.add(passive("jart", "JART VCM v1b ReRAM model", JartVcm.published(), 0.2, 0.5));

        SwitchedResistor passive = SwitchedResistor.hafnia();
        all.add(passive("1t1r", "HfO2 ReRAM in series with a select transistor", passive, passive.readVoltage(), 0.5));
        DegeneratedSource active = DegeneratedSource.timeDomain();
        all.add(switched(
                "1t1r-source",
                "current source of a transistor that a ReRAM degenerates",
                active,
                active.gate(),
                active.drainVoltage(),
                SWING));
        SelectedResistor selected = SelectedResistor.punchThrough();
        all.add(passive("1s1r", "ReRAM with an exponential selector", selected, selected.readVoltage(), 1.4));
        SignedPair pair = SignedPair.spiking65();
        all.add(new NamedDevice(
                "2t2r",
                "signed pair of 1T1R cells",
                pair,
                pair.datasheet(),
                new Bias.Gates(0, pair.gate(), pair.gate(), pair.restVoltage(), 0),
                SIGNED));

        all.add(passive("pcm", "phase-change memory, 25 µS", PhaseChangeMemory.mushroom(), 0.2, 0.5));
        all.add(passive(
                "pcm-hermes", "two phase-change cells of the HERMES chip", PhaseChangeMemory.hermes(2), 0.2, 0.5));
        all.add(passive("ecram", "redox transistor (ECRAM)", TransistorMemory.redox(), 0.2, 0.5));
        all.add(passive("fefet", "ferroelectric transistor", TransistorMemory.ferroelectric(), 0.2, 0.5));
        all.add(passive("sonos", "40-nm SONOS charge trap", SonosMemory.sonos40(), 0.1, 0.2));
        MagneticJunction junction = MagneticJunction.perpendicular40();
        all.add(new NamedDevice(
                "mtj",
                "magnetic tunnel junction of two states",
                junction,
                junction.datasheet(),
                Bias.Lines.symmetric(0.1, 0.5),
                BINARY));
        all.add(passive("capacitor", "binary-weighted switched capacitors, 4 bits", SwitchedCapacitor.of(4), 0.2, 0.5));
        return List.copyOf(all);
    }

    /**
     * The device of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names there are
     */
    public static NamedDevice named(String name) {
        List<NamedDevice> all = all();
        return all.stream()
                .filter(device -> device.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = all.stream().map(NamedDevice::name).toList();
                    return new IllegalArgumentException(
                            "device = " + name + ": must be list, or one of " + String.join(", ", names));
                });
    }

    /** A cell that is read and driven by the voltage of its row. */
    private static NamedDevice passive(String name, String description, CellLaw law, double read, double highest) {
        return new NamedDevice(name, description, law, law.datasheet(), Bias.Lines.symmetric(read, highest), QUARTERS);
    }

    /** A transistor that pulses on its gate switch, while its drain falls by the swing. */
    private static NamedDevice switched(
            String name, String description, CellLaw law, double gate, double drain, double swing) {
        return new NamedDevice(
                name, description, law, law.datasheet(), new Bias.Gates(0, gate, gate, drain, swing), DECADES);
    }

    /** A string whose bit-select gate pulses switch. */
    private static NamedDevice nand(String name, String description, NandBlock block) {
        NandString string = block.string();
        return new NamedDevice(
                name,
                description,
                string,
                block.datasheet(),
                new Bias.Gates(0, string.onVoltage(), string.onVoltage(), string.drainVoltage(), SWING),
                DECADES);
    }

    /** A gate-coupled cell, read where weight 1 carries its largest current. */
    private static NamedDevice flash(String name, String description, NorFlash process) {
        Cells cells = new Cells(process.cell(), 1);
        double drain = process.drainVoltage();
        double gate = Cells.gateOf(
                v -> Math.abs(cells.currents(Conditions.ROOM, v, 0, drain)[0]), process.cellCurrent(), -5, 5);
        return new NamedDevice(
                name,
                description,
                process.cell(),
                process.datasheet(),
                new Bias.Gates(gate - 0.5, gate + 0.1, gate, drain, 0),
                DECADES);
    }
}
