package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.devices.flash.NorFlash;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.SpikeEncoder;
import org.vmmlib.peripherals.neuron.MultiBitNeuron;
import org.vmmlib.peripherals.neuron.NeuronReadout;
import org.vmmlib.peripherals.neuron.ThresholdLadder;
import org.vmmlib.peripherals.sensing.Polarity;

/** Layers of resistors between spikes and spikes, without any converter. */
class NeuronMacroTest {

    private static final double ROW = 0.2;
    private static final double LARGEST = 1e-5;
    private static final double WINDOW = 20e-6;
    private static final double WIDTH = 20e-9;
    private static final double STEP = 0.1e-12;
    private static final Die DIE = Die.of(RandomStreams.of(1));

    /** A spike for each 0.1 pC. */
    private static final MultiBitNeuron EVEN = MultiBitNeuron.builder(ThresholdLadder.of(0.25, 0.5, 0.75), 0.4e-12, 0)
            .pulseWidth(WIDTH)
            .build();

    private static Macro.Builder layer(SpikeEncoder encoder, NeuronReadout readout) {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(encoder)
                .law(new LinearReram(ConductanceWindow.of(0, LARGEST)))
                .readout(readout);
    }

    private static NeuronReadout neurons() {
        return NeuronReadout.spikes(EVEN, Polarity.SINK, 0).pairs();
    }

    @Test
    void twoLayersOfSpikesAddUpTheirChargesWithoutAConverter() {
        PulseDriver rows = PulseDriver.rows(ROW).build();
        Macro first =
                layer(SpikeEncoder.rates(rows, 3, 8, WIDTH, WINDOW), neurons()).build();
        double[][] weights = {{1, 0.3}, {0.5, 0.8}, {0.2, 1}};
        int[] words = {7, 3, 1, 2, 6, 5};

        MacroResult hidden = first.program(new DMatrixRMaj(weights), DIE).multiply(Codes.unsigned(3, 2, 3, words), 0);

        Edges spikes = assertInstanceOf(Edges.class, hidden.signal());
        assertEquals(6, spikes.channels(), "3 outputs each of 2 neurons");
        int[][] counts = new int[2][2];
        for (int b = 0; b < 2; b++) {
            for (int j = 0; j < 2; j++) {
                double charge = 0;
                for (int i = 0; i < 3; i++) {
                    charge += words[3 * b + i] * 8 * WIDTH * ROW * LARGEST * weights[i][j];
                }
                for (int k = 0; k < 3; k++) {
                    counts[b][j] += spikes.times(b, 3 * j + k).length / 2;
                }
                assertEquals((int) (charge / STEP), counts[b][j], "vector " + b + ", neuron " + j);
                assertTrue(counts[b][j] > 5);
            }
        }

        // The outputs of a neuron drive three rows of one weight: its thermometer code adds up in the array.
        DMatrixRMaj second = new DMatrixRMaj(6, 2);
        double[][] next = {{1, -0.5}, {0.4, 0.9}};
        for (int row = 0; row < 6; row++) {
            second.set(row, 0, next[row / 3][0]);
            second.set(row, 1, next[row / 3][1]);
        }
        Macro last = layer(SpikeEncoder.trains(rows, 1.1 * WINDOW), neurons().counted(8))
                .build();
        MacroResult result = last.program(second, DIE).multiply(spikes, 0);
        for (int b = 0; b < 2; b++) {
            double charge = 0;
            for (int j = 0; j < 2; j++) {
                charge += counts[b][j] * WIDTH * ROW * LARGEST * next[j][0];
            }
            assertEquals((int) (charge / STEP), result.outputs().get(b, 0));
            assertTrue(result.outputs().get(b, 0) > 2);
        }
        assertEquals(0, result.saturation().total());
    }

    @Test
    void neuronsThatTakeCurrentAreRefusedOnGateDrivenCells() {
        NorFlash flash = NorFlash.esf3Nor55();
        Macro.Builder builder = layer(
                        SpikeEncoder.trains(PulseDriver.gates(0, 1).build(), WINDOW), neurons())
                .law(flash.cell());
        String message =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(message.contains("neurons (sink") && message.contains("polarity"), message);
    }
}
