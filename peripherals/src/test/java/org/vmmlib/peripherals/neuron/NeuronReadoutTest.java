package org.vmmlib.peripherals.neuron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.peripherals.sensing.Polarity;

class NeuronReadoutTest {

    private static final Die DIE = Die.of(RandomStreams.of(9));

    /** Columns that give currents behind a conductance each. */
    private record Sources(double conductance, double[]... currents) implements ColumnPort {

        @Override
        public int vectors() {
            return currents.length;
        }

        @Override
        public int columns() {
            return currents[0].length;
        }

        @Override
        public void currents(DMatrixRMaj vSense, DMatrixRMaj out, @Nullable DMatrixRMaj slopes) {
            out.reshape(vectors(), columns());
            for (int k = 0; k < vectors() * columns(); k++) {
                out.data[k] = currents[k / columns()][k % columns()] - conductance * vSense.data[k];
            }
            if (slopes != null) {
                slopes.reshape(vectors(), columns());
                slopes.fill(-conductance);
            }
        }
    }

    private static MultiBitNeuron ideal() {
        return Block.ideal(MultiBitNeuron.opamp65());
    }

    private static NeuronReadout spikes(MultiBitNeuron neuron) {
        return NeuronReadout.spikes(neuron, Polarity.SINK, 0);
    }

    /** Each vector has the noise of its call, however the batch is cut. */
    @Test
    void noiseBelongsToTheCallAndTheColumn() {
        MultiBitNeuron neuron = ideal().toBuilder().noise(5e-3).resetNoise(300).build();
        double[][] currents = {{1e-6, 1e-6}, {1e-6, 1e-6}};
        Edges together = spikesOf(neuron, 5, currents);
        for (int b = 0; b < 2; b++) {
            Edges alone = spikesOf(neuron, 5 + b, currents[b]);
            for (int channel = 0; channel < together.channels(); channel++) {
                assertArrayEquals(alone.times(0, channel), together.times(b, channel));
                assertTrue(alone.times(0, channel).length > 2);
            }
        }
        assertFalse(Arrays.equals(together.times(0, 2), together.times(1, 2)), "two calls");
        assertFalse(Arrays.equals(together.times(0, 2), together.times(0, 5)), "two columns");
    }

    private static Edges spikesOf(MultiBitNeuron neuron, long firstCall, double[]... currents) {
        Readout.Session session = spikes(neuron).on(DIE, 2, Conditions.ROOM).begin(currents.length, firstCall);
        double[] durations = new double[currents.length];
        Arrays.fill(durations, 5e-6);
        session.phase(durations, new Sources(0, currents));
        return assertInstanceOf(Edges.class, session.finish(new Saturation()));
    }

    @Test
    void aColumnsSpikesAreThoseOfANeuronWithItsCurrents() {
        MultiBitNeuron neuron =
                MultiBitNeuron.opamp65().toBuilder().offset(0.01).build();
        double[][] first = {{1e-6, 2e-6, 0}, {0.3e-6, 0, -1e-6}};
        double[][] second = {{0.2e-6, 0.1e-6, 0.4e-6}, {0.5e-6, 0.2e-6, 1e-6}};
        double conductance = 4e-6;
        Readout.Session session = spikes(neuron).on(DIE, 3, Conditions.ROOM).begin(2, 0);
        session.phase(new double[] {2e-6, 1e-6}, new Sources(conductance, first));
        session.phase(new double[] {0, 3e-6}, new Sources(conductance, first));
        session.phase(new double[] {5e-6, 5e-6}, new Sources(conductance, second));
        Edges edges = assertInstanceOf(Edges.class, session.finish(new Saturation()));
        assertEquals(9, edges.channels());
        NeuronBank bank = neuron.on(DIE, 3);
        int compared = 0;
        for (int b = 0; b < 2; b++) {
            for (int j = 0; j < 3; j++) {
                CurrentWaveform input = CurrentWaveform.of(
                        b == 0 ? new double[] {2e-6, 5e-6} : new double[] {4e-6, 5e-6},
                        new double[] {first[b][j], second[b][j]});
                NeuronResponse alone = bank.respond(j, input, conductance);
                for (int k = 0; k < 3; k++) {
                    double[] times = edges.times(b, 3 * j + k);
                    assertEquals(2 * alone.count(k), times.length);
                    for (int s = 0; s < alone.count(k); s++) {
                        assertEquals(alone.spikes(k)[s], times[2 * s], 1e-16);
                        assertEquals(alone.spikes(k)[s] + neuron.pulseWidth(), times[2 * s + 1], 1e-16);
                        compared++;
                    }
                }
            }
        }
        assertTrue(compared > 30);
    }

    @Test
    void aPairIntegratesTheDifferenceOfItsColumns() {
        double[][] currents = {{0.9e-6, 0.5e-6, 0.2e-6, 0.7e-6, 0.4e-6}};
        NeuronReadout readout = spikes(ideal()).pairs();
        assertEquals(3, readout.neurons(5));
        Readout.Session session = readout.on(DIE, 5, Conditions.ROOM).begin(1, 0);
        session.phase(new double[] {10e-6}, new Sources(0, currents));
        Edges edges = (Edges) session.finish(new Saturation());
        NeuronBank bank = ideal().on(DIE, 3);
        double[] differences = {0.4e-6, -0.5e-6, 0.4e-6};
        for (int j = 0; j < 3; j++) {
            NeuronResponse alone = bank.respond(j, CurrentWaveform.constant(differences[j], 10e-6));
            assertEquals(2 * alone.count(0), edges.times(0, 3 * j).length);
            assertEquals(differences[j] > 0, alone.count(0) > 0, "a rectified linear unit");
        }
        Readout.Session counting =
                readout.counted(8).on(DIE, 5, Conditions.ROOM).begin(1, 0);
        counting.phase(new double[] {10e-6}, new Sources(0, currents));
        Codes codes = (Codes) counting.finish(new Saturation());
        int count = bank.respond(0, CurrentWaveform.constant(0.4e-6, 10e-6)).count();
        assertArrayEquals(new int[] {count, 0, 0, 0, count}, codes.data());
    }

    /** A spike for each 0.25 pC: the words are the charge in steps, cut. */
    @Test
    void countsAreTheChargeInSteps() {
        MultiBitNeuron even = MultiBitNeuron.builder(ThresholdLadder.of(0.25, 0.5, 0.75), 1e-12, 0)
                .pulseWidth(1e-9)
                .build();
        double[][] currents = {{0.1e-6, 0.33e-6, 0.777e-6, 0, -1e-6}};
        Readout.Session session =
                spikes(even).counted(5).on(DIE, 5, Conditions.ROOM).begin(1, 0);
        session.phase(new double[] {6.1e-6}, new Sources(0, currents));
        session.phase(new double[] {4.2e-6}, new Sources(0, currents));
        Saturation saturation = new Saturation();
        Codes codes = (Codes) session.finish(saturation);
        for (int j = 0; j < 5; j++) {
            int steps = (int) Math.max(0, Math.floor(10.3e-6 * currents[0][j] / 0.25e-12));
            assertEquals(Math.min(31, steps), codes.get(0, j));
        }
        assertEquals(1, saturation.counts().get("neuron.counter"), "32 steps do not fit 5 bits");
    }

    @Test
    void aBatchIsItsVectorsOneByOne() {
        double[][] currents = {{1e-6, 0.4e-6}, {0.2e-6, 0.9e-6}, {0.5e-6, 0}};
        Readout.Columns columns = spikes(MultiBitNeuron.opamp65()).counted(10).on(DIE, 2, Conditions.ROOM);
        Readout.Session whole = columns.begin(3, 7);
        whole.phase(new double[] {9e-6, 7e-6, 8e-6}, new Sources(1e-6, currents));
        int[] together = ((Codes) whole.finish(new Saturation())).data();
        for (int b = 0; b < 3; b++) {
            Readout.Session one = columns.begin(1, 7 + b);
            one.phase(new double[] {9e-6 - new double[] {0, 2e-6, 1e-6}[b]}, new Sources(1e-6, currents[b]));
            assertArrayEquals(
                    new int[] {together[2 * b], together[2 * b + 1]}, ((Codes) one.finish(new Saturation())).data());
        }
    }

    @Test
    void describesItself() {
        NeuronReadout readout = spikes(MultiBitNeuron.opamp65()).counted(6);
        assertEquals(4, readout.imperfections().size());
        for (Imperfection one : readout.imperfections()) {
            assertEquals(3, readout.without(one.id()).imperfections().size());
        }
        assertThrows(IllegalArgumentException.class, () -> readout.without("none.such"));
        for (Datasheet.Entry entry : readout.datasheet().entries()) {
            assertFalse(entry.source().isBlank(), entry.parameter());
        }
        assertTrue(readout.fits(Topology.SOURCE_DRIVEN));
        assertFalse(readout.fits(Topology.GATE_DRIVEN));
        // 10 µA at 1.2 V for 1 µs, twice
        assertEquals(24e-12, readout.cost(new Activity(1, 2, 1e-6, 0)).energy(), 1e-22);
        assertEquals(12e-12, readout.pairs().cost(new Activity(1, 2, 1e-6, 0)).energy(), 1e-22);
        assertEquals(1.2e-12, readout.cost(new Activity(1, 2, 0, 1e-12)).energy(), 1e-22);
    }

    @Test
    void refusesAnotherArrayThanItWasBegunWith() {
        Readout.Session session = spikes(ideal()).on(DIE, 2, Conditions.ROOM).begin(1, 0);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> session.phase(new double[1], new Sources(0, new double[][] {{1, 2, 3}})))
                .getMessage();
        assertTrue(message.contains("1 vectors of 3 columns") && message.contains("1 of 2"), message);
        assertThrows(IllegalArgumentException.class, () -> spikes(ideal()).counted(0));
        assertThrows(IllegalArgumentException.class, () -> spikes(ideal()).counted(25));
        assertThrows(IllegalArgumentException.class, () -> NeuronReadout.spikes(ideal(), Polarity.SINK, Double.NaN));
    }
}
