package org.vmmlib.tests.spice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.spice.Ngspice;
import org.vmmlib.devices.flash.GatedCurrentSource;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.TwoPhaseEncoder;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.ThresholdReadout;
import org.vmmlib.peripherals.integrator.TwoPhase;
import org.vmmlib.peripherals.integrator.TwoPhaseMapping;
import org.vmmlib.peripherals.sensing.Polarity;

/** A 4×4 two-phase time-domain multiplier of the published split-gate cells, against a transient of ngspice. */
final class TimeDomainIT {

    private static final double TIME = 15 * Si.ns;
    private static final double SWING = 0.2;
    private static final double EDGE = 1e-12;
    private static final int BITS = 4;
    private static final int[] WORDS = {11, 3, 15, 6};
    private static final double[][] WEIGHTS = {
        {0.9, 0.2, 0.5, 1}, {0.1, 1, 0.7, 0.3}, {0.6, 0.4, 0.05, 0.8}, {0.35, 0.75, 0.95, 0.15}
    };

    private static final GatedCurrentSource CELL = GatedCurrentSource.esf3Nor55();
    private static final double RESET = CELL.resetVoltage();
    private static final double OFF = CELL.offGate();
    private static final double ON = CELL.onGate();

    @Test
    void edgesAreThoseOfATransient(@TempDir Path folder) throws IOException, InterruptedException {
        Ngspice ngspice = Spice.installed();
        for (TwoPhase.Bias bias : TwoPhase.Bias.values()) {
            TwoPhase scheme = new TwoPhase(TIME, bias, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
            double c = scheme.capacitance(4, CELL.largestCurrent(), SWING);
            ProgrammedMacro macro = Macro.builder()
                    .mapping(new TwoPhaseMapping(scheme))
                    .encoder(TwoPhaseEncoder.words(PulseDriver.gates(OFF, ON).build(), BITS, TIME))
                    .law(CELL)
                    .readout(ThresholdReadout.builder(
                                    scheme,
                                    Integrator.onLine(RESET, Polarity.SOURCE, c).build(),
                                    SWING)
                            .build())
                    .build()
                    .program(new DMatrixRMaj(WEIGHTS), Die.of(RandomStreams.of(1)));
            Codes codes = Codes.unsigned(BITS, 1, 4, WORDS);
            DMatrixRMaj high = macro.multiply(codes, 0).outputs();
            DMatrixRMaj cells = macro.plan().arrays().get(0);
            double[] crossings =
                    transientOf(ngspice, folder, cells, (Codes) macro.plan().expand(codes, 0), c);
            for (int j = 0; j < 4; j++) {
                assertEquals(2 * TIME - crossings[j], high.get(0, j), 0.005 * high.get(0, j), bias + " " + j);
            }
        }
    }

    /** Times at which the columns fall to the threshold. */
    private static double[] transientOf(Ngspice ngspice, Path folder, DMatrixRMaj cells, Codes words, double c)
            throws IOException, InterruptedException {
        CellState state = CELL.store(cells, Conditions.ROOM);
        SpiceCells elements = CELL.spice(state, Conditions.ROOM);
        StringBuilder deck = new StringBuilder("two-phase multiplier\n");
        for (int i = 0; i < cells.numRows; i++) {
            double rise = TIME - TIME * words.get(0, i) / words.highest();
            deck.append(
                    rise == 0
                            ? String.format(Locale.ROOT, "Vg%d g%d 0 DC %.17g%n", i, i, ON)
                            : String.format(
                                    Locale.ROOT,
                                    "Vg%d g%d 0 PWL(0 %.17g %.17g %.17g %.17g %.17g)%n",
                                    i,
                                    i,
                                    OFF,
                                    rise - 0.5 * EDGE,
                                    OFF,
                                    rise + 0.5 * EDGE,
                                    ON));
            for (int j = 0; j < cells.numCols; j++) {
                deck.append(elements.elements(i, j, new SpiceCells.Pins(i + "_" + j, "0", "b" + j, "g" + i)));
            }
        }
        for (int j = 0; j < cells.numCols; j++) {
            deck.append(String.format(Locale.ROOT, "Cl%d b%d 0 %.17g IC=%.17g%n", j, j, c, RESET));
        }
        deck.append(String.format(
                Locale.ROOT,
                ".options reltol=1e-6 abstol=1e-15 vntol=1e-9%n.tran %.6g %.6g 0 %.6g UIC%n",
                TIME / 1000,
                2.2 * TIME,
                TIME / 1000));
        for (int j = 0; j < cells.numCols; j++) {
            deck.append(
                    String.format(Locale.ROOT, ".measure tran t%d WHEN v(b%d)=%.17g FALL=1%n", j, j, RESET - SWING));
        }
        Path file = folder.resolve("array.cir");
        Path log = folder.resolve("array.log");
        Files.writeString(file, deck.append(".end\n"), StandardCharsets.UTF_8);
        Process process = new ProcessBuilder(ngspice.program().toString(), "-b", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "ngspice takes longer than two minutes");
        List<String> said = Files.readAllLines(log, StandardCharsets.UTF_8);
        double[] times = new double[cells.numCols];
        for (int j = 0; j < times.length; j++) {
            String name = "t" + j;
            String line = said.stream()
                    .filter(s -> s.startsWith(name + " ") && s.contains("="))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(String.join("\n", said)));
            times[j] = Double.parseDouble(
                    line.substring(line.indexOf('=') + 1).strip().replaceAll("\\s.*", ""));
        }
        return times;
    }
}
