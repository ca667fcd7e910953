package org.vmmlib.peripherals.neuron;

import java.util.ArrayList;
import java.util.List;
import org.vmmlib.core.check.Require;

/**
 * The slow reference: the neuron's differential equations in small steps by the classical Runge–Kutta method. Each step
 * looks at every comparator; one in which a comparator moves is cut there, by linear interpolation. It shares no formula
 * with the closed form of {@link NeuronBank}, which is tested and timed against it.
 */
public final class FineStepNeuron {

    private final MultiBitNeuron neuron;
    private final int index;
    private final NeuronNoise noise;
    private final double[] thresholds;
    private final double step;

    /**
     * The same neuron as one of a bank.
     *
     * @param bank neurons with their thresholds
     * @param index which of them
     * @param step seconds, above 0, and well below the amplifier's loop time, or it does not converge
     */
    public FineStepNeuron(NeuronBank bank, int index, double step) {
        neuron = bank.neuron();
        this.index = index;
        noise = bank.noise();
        thresholds = new double[neuron.ladder().levels()];
        for (int k = 0; k < thresholds.length; k++) {
            thresholds[k] = bank.threshold(index, k);
        }
        this.step = Require.positive("step", step);
    }

    /**
     * Gives a current to the neuron at rest, see {@link NeuronBank#respond(int, CurrentWaveform, double)}.
     *
     * @param input the current while the virtual ground has no error
     * @param conductance of the column, in siemens, 0 or above
     */
    public NeuronResponse respond(CurrentWaveform input, double conductance) {
        Require.nonNegative("conductance", conductance);
        Run run = new Run(conductance);
        for (int k = 0; k < input.pieces(); k++) {
            run.stretch(input.duration(k), input.current(k));
        }
        return run.response();
    }

    /** One comparator. */
    private static final class Comparator {
        private boolean armed;
        private int armings;
        private double threshold;
        private boolean crossed;
        private double answersAt;
        private double pulseEnd;
        private final List<Double> spikes = new ArrayList<>();

        /** What it does next by itself; infinite if nothing. */
        double next(Rearm rearm) {
            if (crossed) {
                return answersAt;
            }
            return !armed && rearm instanceof Rearm.AfterTime after
                    ? pulseEnd + after.delay()
                    : Double.POSITIVE_INFINITY;
        }
    }

    private final class Run {
        private final double conductance;
        private final double omega = 2 * Math.PI * neuron.gainBandwidth();
        private final double c = neuron.capacitance();
        private final double leak = c / neuron.membraneTime();
        private final List<Comparator> comparators = new ArrayList<>();
        private final List<double[]> resets = new ArrayList<>();
        private double time;
        private double v;
        private double x;
        private double heldUntil = Double.NEGATIVE_INFINITY;
        private double nextFrame = neuron.frameTime();
        private double received;
        private double removed;
        private double shunted;

        Run(double conductance) {
            this.conductance = conductance;
            v = rest();
            removed = -c * (v - neuron.restVoltage());
            for (int k = 0; k < thresholds.length; k++) {
                comparators.add(new Comparator());
                arm(k);
            }
        }

        private void arm(int level) {
            Comparator one = comparators.get(level);
            one.armed = true;
            one.threshold = thresholds[level] + noise.threshold(index * thresholds.length + level, one.armings++);
        }

        /** Where the last reset has left the membrane. */
        private double rest() {
            return Math.max(neuron.lowest(), neuron.restVoltage() + noise.rest(index, resets.size()));
        }

        void stretch(double duration, double current) {
            double end = time + duration;
            look();
            while (time < end) {
                double next = Math.min(end, time + step);
                next = Math.min(next, nextFrame);
                next = heldUntil > time ? Math.min(next, heldUntil) : next;
                for (Comparator one : comparators) {
                    next = Math.min(next, one.next(neuron.rearm()));
                }
                advance(next, current);
                look();
            }
        }

        private void advance(double next, double current) {
            double h = next - time;
            if (heldUntil > time) {
                received += h * current;
                shunted += h * current;
                time = next;
                return;
            }
            double[] to = rungeKutta(h, current);
            double cut = 1;
            for (int k = 0; k < thresholds.length; k++) {
                Comparator one = comparators.get(k);
                double bound = one.armed ? one.threshold : one.threshold - neuron.hysteresis();
                boolean waits = !one.armed && neuron.rearm() instanceof Rearm.OnFall;
                if ((one.armed && v <= bound && to[0] > bound) || (waits && v >= bound && to[0] < bound)) {
                    cut = Math.min(cut, (bound - v) / (to[0] - v));
                }
            }
            if (cut < 1) {
                next = time + cut * h;
                to = rungeKutta(cut * h, current);
                // Over the bound, however little, so that the comparators see it.
                to[0] += Math.copySign(1e-13, to[0] - v);
            }
            if (to[0] < neuron.lowest()) {
                received += (next - time) * current;
                shunted += (next - time) * (current - leak * (neuron.lowest() - neuron.restVoltage()));
                shunted -= c * (neuron.lowest() - v) - (c + neuron.inputCapacitance()) * x;
                v = neuron.lowest();
                x = 0;
            } else {
                received += (next - time) * current - conductance * (to[0] - v) / omega;
                v = to[0];
                x = to[1];
            }
            time = next;
        }

        /** Comparators, frame: whatever is due now. */
        private void look() {
            if (nextFrame <= time) {
                nextFrame += neuron.frameTime();
                reset();
            }
            boolean moved = true;
            while (moved) {
                moved = false;
                for (int k = 0; k < thresholds.length; k++) {
                    moved |= look(k);
                }
            }
        }

        private boolean look(int level) {
            Comparator one = comparators.get(level);
            if (one.crossed && one.answersAt <= time) {
                one.crossed = false;
                one.spikes.add(time);
                one.pulseEnd = time + neuron.pulseWidth();
                if (level == thresholds.length - 1) {
                    reset();
                    heldUntil = time + neuron.refractory();
                }
                return true;
            }
            if (!one.armed && rearms(one)) {
                arm(level);
                return true;
            }
            if (one.armed && v > one.threshold) {
                one.armed = false;
                if (!one.crossed) {
                    one.crossed = true;
                    one.answersAt = Math.max(time + neuron.delay(), one.pulseEnd);
                }
                return true;
            }
            return false;
        }

        private boolean rearms(Comparator one) {
            if (neuron.rearm() instanceof Rearm.OnFall) {
                return v < one.threshold - neuron.hysteresis();
            }
            return neuron.rearm() instanceof Rearm.AfterTime after
                    && !one.crossed
                    && one.pulseEnd + after.delay() <= time;
        }

        private void reset() {
            resets.add(new double[] {time, v});
            removed += c * (v - rest()) + (c + neuron.inputCapacitance()) * x;
            v = rest();
            x = 0;
            for (int k = 0; k < thresholds.length; k++) {
                if (!comparators.get(k).armed && neuron.rearm() instanceof Rearm.OnReset) {
                    arm(k);
                }
            }
        }

        private double[] rungeKutta(double h, double current) {
            double[] k1 = slope(v, x, current);
            double[] k2 = slope(v + h / 2 * k1[0], x + h / 2 * k1[1], current);
            double[] k3 = slope(v + h / 2 * k2[0], x + h / 2 * k2[1], current);
            double[] k4 = slope(v + h * k3[0], x + h * k3[1], current);
            return new double[] {
                v + h / 6 * (k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0]), x + h / 6 * (k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1])
            };
        }

        private double[] slope(double output, double error, double current) {
            double above = output - neuron.restVoltage();
            if (Double.isInfinite(omega)) {
                return new double[] {(current - leak * above) / c, 0};
            }
            double net = current - conductance * error - c * omega * error - leak * (above + error);
            return new double[] {omega * error, net / (c + neuron.inputCapacitance())};
        }

        NeuronResponse response() {
            double[][] spikes = new double[thresholds.length][];
            for (int k = 0; k < spikes.length; k++) {
                spikes[k] = comparators.get(k).spikes.stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray();
            }
            double held = c * (v - neuron.restVoltage()) + (c + neuron.inputCapacitance()) * x;
            return new NeuronResponse(
                    time,
                    neuron.pulseWidth(),
                    spikes,
                    resets.stream().mapToDouble(r -> r[0]).toArray(),
                    resets.stream().mapToDouble(r -> r[1]).toArray(),
                    new ChargeBalance(received, removed, shunted, held));
        }
    }
}
