package org.vmmlib.devices.programming;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.StatePlane;

/**
 * Tunnelling onto and off a floating gate or a charge trap: the threshold moves at a rate that is exponential in what
 * is left of the gate voltage, {@code ds/dt = (U/τ) exp((V − V₁ − s)/U)} for pulses that raise it, with s
 * counted from the middle of the window. A pulse of width t takes it to {@code s + U ln(1 + (t/τ) exp((V − V₁ −
 * s)/U))}; those that lower it mirror that about the middle. Two pulses are worth one of their total width, and a staircase of pulses whose amplitude grows by ΔV
 * moves the threshold by ΔV with each (incremental step pulse programming, K.-D. Suh et al., IEEE J. Solid-State
 * Circuits 30 (1995) 1149, doi:10.1109/4.475701). The exponential stands for the Fowler–Nordheim current over the few
 * volts that matter.
 *
 * @param plane threshold, volts, with the finite window that pulses can move it in
 * @param onset V₁: gate voltage, less the place of the threshold above the middle of the window, at which the
 *     threshold moves by {@code U ln 2} within τ; volts, above 0
 * @param steepness U, volts, above 0
 * @param time τ, seconds, above 0
 */
public record TunnelResponse(StatePlane plane, double onset, double steepness, double time) implements PulseResponse {

    /** Checks the ranges. */
    public TunnelResponse {
        Require.finite(plane.name() + " low", plane.low());
        Require.within(plane.name() + " high", plane.high(), Math.nextUp(plane.low()), 1e6);
        Require.positive("onset", onset);
        Require.positive("steepness", steepness);
        Require.positive("time", time);
    }

    /**
     * The threshold after a pulse.
     *
     * @param state volts, within the window
     * @param voltage of the gate, volts; positive raises the threshold
     * @param width seconds, above 0
     * @return volts, within the window
     */
    public double after(double state, double voltage, double width) {
        Require.within(plane.name(), state, plane.low(), plane.high());
        Require.finite("voltage", voltage);
        Require.positive("width", width);
        return moved(state, voltage, width);
    }

    private double moved(double state, double voltage, double width) {
        double middle = 0.5 * (plane.low() + plane.high());
        double sign = voltage < 0 ? -1 : 1;
        double exponent = (sign * voltage - onset - sign * (state - middle)) / steepness + Math.log(width / time);
        // ln(1 + e^x), which is x where e^x would overflow
        double shift = steepness * (exponent > 40 ? exponent : Math.log1p(Math.exp(exponent)));
        return Math.max(plane.low(), Math.min(plane.high(), state + sign * shift));
    }

    /** Cells that are all alike; every voltage but 0 moves them, if ever so little. */
    @Override
    public SwitchingCells on(Die die, int rows, int columns) {
        return new Cells(
                this, Require.within("rows", rows, 1, 1 << 20), Require.within("columns", columns, 1, 1 << 20));
    }

    private record Cells(TunnelResponse device, int rows, int columns) implements SwitchingCells {

        @Override
        public double threshold(int row, int column, boolean up) {
            return 0;
        }

        @Override
        public void pulse(DMatrixRMaj voltages, double width, long pulse, DMatrixRMaj states) {
            Require.shape("voltages", voltages, rows, columns);
            Require.shape("states", states, rows, columns);
            Require.positive("width", width);
            for (int k = 0; k < rows * columns; k++) {
                if (voltages.data[k] != 0) {
                    states.data[k] = device.moved(states.data[k], voltages.data[k], width);
                }
            }
        }
    }
}
