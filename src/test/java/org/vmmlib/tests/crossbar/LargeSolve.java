package org.vmmlib.tests.crossbar;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.SinhReram;

/** A program that solves one harsh array of N×N cells; arguments: N, and linear or sinh. */
final class LargeSolve {

    private LargeSolve() {}

    private static Crossbar array(int n, boolean sinh) {
        DMatrixRMaj siemens = new DMatrixRMaj(n, n);
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < siemens.data.length; k++) {
            double u = random.nextDouble();
            double any = 1e-5 * Math.pow(100, random.nextDouble());
            siemens.data[k] = u < 0.01 ? 0 : u < 0.02 ? 1e-2 : any;
        }
        Lines lines = Lines.builder(n, n).rowResistance(10).columnResistance(10).build();
        ConductanceWindow window = ConductanceWindow.any();
        SinhReram nonlinear = new SinhReram(window, 3);
        LinearReram linear = new LinearReram(window);
        return sinh
                ? new Crossbar(nonlinear, nonlinear.state(siemens), lines)
                : new Crossbar(linear, linear.state(siemens), lines);
    }

    /** Prints the residual. */
    public static void main(String[] arguments) {
        int n = Integer.parseInt(arguments[0]);
        DMatrixRMaj volts = new DMatrixRMaj(1, n);
        Arrays.fill(volts.data, 0.3);
        PreparedCrossbar prepared =
                new SchurSolver(1e-10, 2).prepare(array(n, arguments[1].equals("sinh")), Conditions.ROOM);
        Solution solution = new Solution();
        prepared.solve(Excitation.rows(volts, new DMatrixRMaj(1, n)), solution, prepared.workspace());
        System.out.println(solution.residual);
    }
}
