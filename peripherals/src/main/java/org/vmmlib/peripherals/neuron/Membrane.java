package org.vmmlib.peripherals.neuron;

import java.util.Arrays;

/**
 * One neuron in time. Between events the circuit is linear, and is advanced in closed form: in a stretch of constant
 * current {@code u(t) = u_0 + a (exp(λ_1 t) − 1)/λ_1 + B (exp(λ_2 t) − 1)}. That has at most one extremum, so that each
 * crossing of a threshold lies in a monotonic piece, where it is found by a logarithm (ideal amplifier) or by Halley's
 * iteration within a bracket to the last bits. Events: crossings, comparators that answer or end their pulse, the end of
 * the refractory time, the end of a frame. For one thread.
 */
final class Membrane {

    private static final double NEVER = Double.POSITIVE_INFINITY;

    // The neuron, voltages above rest
    private final MultiBitNeuron neuron;
    private final int index;
    private final NeuronNoise noise;
    private final double[] nominal;
    private final double hysteresis;
    private final double delay;
    private final double pulseWidth;
    private final double refractory;
    private final double lowest;
    private final double frame;
    private final boolean rearmOnFall;
    private final boolean rearmOnReset;
    private final double rearmTime;

    // The circuit now
    private Loop loop;
    private double conductance;
    private double time;
    private double u;
    private double x;
    private boolean clamped;
    private double heldUntil;
    private boolean held;
    private int frames = 1;

    // The comparators: their thresholds as last armed, how often that was, whether they look out for a crossing, when
    // they answer the last one, until when their pulse lasts, and when they re-arm by themselves
    private final double[] thresholds;
    private final int[] armings;
    private final boolean[] armed;
    private final double[] answers;
    private final double[] pulseEnds;
    private final double[] rearms;

    // When to look: the next timer, and the voltages between which no comparator moves
    private double nextTimer;
    private double up;
    private double down;

    // What two stretches of the last durations multiply by: pulses and pauses often come back
    private final double[] durations = {-1, -1};
    private final double[] ramps = new double[2];
    private final double[] decays = new double[2];
    private int oldest;

    // The stretch in hand
    private double a;
    private double b;

    // What came of it
    private final double[][] spikes;
    private final int[] counts;
    private double[] resetTimes = new double[4];
    private double[] resetVoltages = new double[4];
    private int resets;
    private double received;
    private double removed;
    private double shunted;

    /**
     * @param thresholds of the bank in volts. Not modified.
     * @param index which neuron of it
     */
    Membrane(MultiBitNeuron neuron, double[] thresholds, int index, NeuronNoise noise) {
        this.neuron = neuron;
        this.index = index;
        this.noise = noise;
        int levels = neuron.ladder().levels();
        nominal = Arrays.copyOfRange(thresholds, index * levels, (index + 1) * levels);
        for (int k = 0; k < levels; k++) {
            nominal[k] -= neuron.restVoltage();
        }
        this.thresholds = nominal.clone();
        hysteresis = neuron.hysteresis();
        delay = neuron.delay();
        pulseWidth = neuron.pulseWidth();
        refractory = neuron.refractory();
        lowest = neuron.lowest() - neuron.restVoltage();
        frame = neuron.frameTime();
        rearmOnFall = neuron.rearm() instanceof Rearm.OnFall;
        rearmOnReset = neuron.rearm() instanceof Rearm.OnReset;
        rearmTime = neuron.rearm() instanceof Rearm.AfterTime after ? after.delay() : NEVER;
        armings = new int[levels];
        armed = new boolean[levels];
        for (int k = 0; k < levels; k++) {
            arm(k);
        }
        answers = new double[levels];
        Arrays.fill(answers, NEVER);
        pulseEnds = new double[levels];
        rearms = new double[levels];
        Arrays.fill(rearms, NEVER);
        spikes = new double[levels][8];
        counts = new int[levels];
        loop = new Loop(neuron, 0);
        u = rest(0);
        removed = -loop.capacitance * u;
        settle();
    }

    /** Time since the start, in seconds. */
    double time() {
        return time;
    }

    /** Output of the amplifier, which the comparators see, in volts. */
    double voltage() {
        return neuron.restVoltage() + u;
    }

    /** Error of the virtual ground, in volts. */
    double glitch() {
        return x;
    }

    /** Where the membrane is after a reset, in volts above rest; 0 is the reset before the start. */
    double rest(int reset) {
        return Math.max(lowest, noise.rest(index, reset));
    }

    NeuronResponse response() {
        double[][] times = new double[counts.length][];
        for (int k = 0; k < times.length; k++) {
            times[k] = Arrays.copyOf(spikes[k], counts[k]);
        }
        double onMembrane = loop.capacitance * u + loop.total * x;
        return new NeuronResponse(
                time,
                neuron.pulseWidth(),
                times,
                Arrays.copyOf(resetTimes, resets),
                Arrays.copyOf(resetVoltages, resets),
                new ChargeBalance(received, removed, shunted, onMembrane));
    }

    int count(int level) {
        return counts[level];
    }

    /** Start times of a level's pulses; valid up to its count, not to be modified. */
    double[] spikes(int level) {
        return spikes[level];
    }

    /**
     * A stretch of time.
     *
     * @param duration seconds, 0 or above
     * @param current into the neuron while its virtual ground has no error, amperes
     * @param load conductance by which that current falls with the error, siemens, 0 or above
     */
    void advance(double duration, double current, double load) {
        if (duration == 0) {
            return;
        }
        double end = time + duration;
        if (load != conductance) {
            conductance = load;
            loop = new Loop(neuron, load);
            durations[0] = -1;
            durations[1] = -1;
        }
        if (end < nextTimer && !held && !clamped) {
            int slot = slot(duration);
            begin(current);
            advanceFreely(end, duration, ramps[slot], decays[slot], current);
            if (time == end && nextTimer > end) {
                return;
            }
        }
        advanceByEvents(end, current);
    }

    private int slot(double duration) {
        if (duration == durations[0]) {
            oldest = 1;
            return 0;
        }
        if (duration == durations[1]) {
            oldest = 0;
            return 1;
        }
        int slot = oldest;
        oldest = 1 - oldest;
        durations[slot] = duration;
        ramps[slot] = loop.ramp(duration);
        decays[slot] = loop.ideal() ? 0 : loop.decay(duration);
        return slot;
    }

    /** The coefficients of the solution from here on. */
    private void begin(double current) {
        if (loop.ideal()) {
            a = (current - loop.leak * u) / loop.capacitance;
            b = 0;
        } else {
            double r = loop.drive * current - loop.slow * u;
            b = (loop.unityGain * x + r) * loop.perSplit;
            a = -r - loop.slow * b;
        }
    }

    /** The virtual ground's error where the exponentials have come so far: u'/ω_u. */
    private double glitch(double ramp, double decay) {
        return loop.ideal() ? 0 : (a * (1 + loop.slow * ramp) + loop.fast * b * (1 + decay)) * loop.perUnityGain;
    }

    private void move(double duration, double current, double next, double glitch) {
        received += current * duration;
        if (conductance != 0 && !loop.ideal()) {
            received -= conductance * (next - u) * loop.perUnityGain;
        }
        u = next;
        x = glitch;
    }

    private void advanceByEvents(double end, double current) {
        while (true) {
            while (nextTimer <= time) {
                answerTimers();
            }
            if (time >= end) {
                return;
            }
            double target = Math.min(end, nextTimer);
            if (held) {
                received += current * (target - time);
                shunted += current * (target - time);
                time = target;
            } else if (clamped && current - loop.leak * u <= 0) {
                received += current * (target - time);
                shunted += (current - loop.leak * u) * (target - time);
                time = target;
            } else {
                clamped = false;
                begin(current);
                double duration = target - time;
                double decay = loop.ideal() ? 0 : loop.decay(duration);
                advanceFreely(target, duration, loop.ramp(duration), decay, current);
            }
        }
    }

    /**
     * To the target, or to the first crossing before it.
     *
     * @param duration until the target
     * @param ramp of the slow mode after that duration
     * @param decay of the fast mode after that duration
     */
    private void advanceFreely(double target, double duration, double ramp, double decay, double current) {
        double end = u + a * ramp + b * decay;
        double endGlitch = glitch(ramp, decay);
        boolean turns = x * endGlitch < 0;
        // Where u' changes its sign, |u'| <= |u'(0)| exp(fast t) before that
        double reach = turns ? u - x * loop.reach : end;
        if (end <= up && end >= down && reach <= up && reach >= down) {
            move(duration, current, end, endGlitch);
            time = target;
            return;
        }
        double bound = Double.NaN;
        double crossing = Double.NaN;
        double from = 0;
        double start = u;
        if (turns) {
            double turn = Math.min(duration, Math.log(-loop.fast * b / a) * -loop.perSplit);
            double extremum = u + a * loop.ramp(turn) + b * loop.decay(turn);
            bound = outOfRange(extremum);
            if (!Double.isNaN(bound)) {
                crossing = root(bound, 0, turn, start, extremum);
            } else {
                from = turn;
                start = extremum;
            }
        }
        if (Double.isNaN(crossing)) {
            bound = outOfRange(end);
            if (Double.isNaN(bound)) {
                move(duration, current, end, endGlitch);
                time = target;
                return;
            }
            crossing = root(bound, from, duration, start, end);
        }
        double glitch = glitch(loop.ramp(crossing), loop.ideal() ? 0 : loop.decay(crossing));
        move(crossing, current, bound, glitch);
        time = Math.min(target, time + crossing);
        cross(bound);
    }

    /** The bound that a voltage is beyond; NaN if it is in the range where no comparator moves. */
    private double outOfRange(double voltage) {
        return voltage > up ? up : voltage < down ? down : Double.NaN;
    }

    /** When a voltage is reached in a monotonic piece at whose ends it is on different sides. */
    private double root(double level, double from, double to, double start, double end) {
        if (loop.ideal()) {
            double way = (level - u) / a;
            double t = loop.slow == 0 ? way : Math.log1p(way * loop.slow) / loop.slow;
            return Math.max(from, Math.min(to, t));
        }
        boolean rising = end > start;
        double low = from;
        double high = to;
        double t = from + (to - from) * (level - start) / (end - start);
        for (int k = 0; k < 100 && high - low > 1e-15 * high; k++) {
            double ramp = loop.ramp(t);
            double decay = loop.decay(t);
            double miss = u + a * ramp + b * decay - level;
            if (miss == 0) {
                return t;
            }
            if ((miss > 0) == rising) {
                high = t;
            } else {
                low = t;
            }
            double slowSlope = a * (1 + loop.slow * ramp);
            double fastSlope = loop.fast * b * (1 + decay);
            double slope = slowSlope + fastSlope;
            double bend = loop.slow * slowSlope + loop.fast * fastSlope;
            double halley = t - 2 * miss * slope / (2 * slope * slope - miss * bend);
            boolean inside = halley > low && halley < high;
            // Each step triples the digits: this one's error is at rounding.
            if (inside && Math.abs(halley - t) <= 1e-6 * to) {
                return halley;
            }
            t = inside ? halley : 0.5 * (low + high);
        }
        return t;
    }

    /** The voltage stands at a bound: the comparators that have it move, or the clamp takes over. */
    private void cross(double bound) {
        for (int k = 0; k < armed.length; k++) {
            if (armed[k] && bound == up && thresholds[k] <= up) {
                fire(k);
            } else if (!armed[k] && rearmOnFall && bound == down && thresholds[k] - hysteresis >= down) {
                arm(k);
            }
        }
        if (bound == lowest) {
            shunted += loop.total * x;
            x = 0;
            clamped = true;
        }
        settle();
    }

    /** A comparator looks out for a crossing, of a threshold with its own noise. */
    private void arm(int level) {
        armed[level] = true;
        thresholds[level] = nominal[level] + noise.threshold(index * armed.length + level, armings[level]++);
    }

    /** A crossing, which is answered after the delay, and after the pulse that lasts; one at a time. */
    private void fire(int level) {
        armed[level] = false;
        if (answers[level] == NEVER) {
            answers[level] = Math.max(time + delay, pulseEnds[level]);
        }
    }

    private void answerTimers() {
        double now = time;
        if (held && heldUntil <= now) {
            held = false;
        }
        for (int k = 0; k < armed.length; k++) {
            if (answers[k] <= now) {
                answers[k] = NEVER;
                pulseEnds[k] = now + pulseWidth;
                rearms[k] = pulseEnds[k] + rearmTime;
                spike(k, now);
                if (k == armed.length - 1) {
                    reset(now);
                    held = refractory > 0;
                    heldUntil = now + refractory;
                }
            }
            if (rearms[k] <= now) {
                rearms[k] = NEVER;
                arm(k);
            }
        }
        if (frames * frame <= now) {
            frames++;
            reset(now);
        }
        settle();
    }

    private void spike(int level, double now) {
        if (counts[level] == spikes[level].length) {
            spikes[level] = Arrays.copyOf(spikes[level], 2 * counts[level]);
        }
        spikes[level][counts[level]++] = now;
    }

    /** The switch takes what is on the membrane. */
    private void reset(double now) {
        if (resets == resetTimes.length) {
            resetTimes = Arrays.copyOf(resetTimes, 2 * resets);
            resetVoltages = Arrays.copyOf(resetVoltages, 2 * resets);
        }
        resetTimes[resets] = now;
        resetVoltages[resets++] = neuron.restVoltage() + u;
        double rest = rest(resets);
        removed += loop.capacitance * (u - rest) + loop.total * x;
        u = rest;
        x = 0;
        clamped = false;
        for (int k = 0; rearmOnReset && k < armed.length; k++) {
            if (!armed[k]) {
                arm(k);
            }
        }
    }

    /** Comparators move that need not wait for time to pass; then, what to look out for. */
    private void settle() {
        nextTimer = Math.min(held ? heldUntil : NEVER, frames * frame);
        up = Double.POSITIVE_INFINITY;
        down = lowest;
        for (int k = 0; k < armed.length; k++) {
            if (!armed[k] && rearmOnFall && u < thresholds[k] - hysteresis) {
                arm(k);
            }
            if (armed[k] && u > thresholds[k]) {
                fire(k);
            }
            if (armed[k]) {
                up = Math.min(up, thresholds[k]);
            } else if (rearmOnFall) {
                down = Math.max(down, thresholds[k] - hysteresis);
            }
            nextTimer = Math.min(nextTimer, Math.min(answers[k], rearms[k]));
        }
    }
}
