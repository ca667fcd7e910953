package org.vmmlib.devices.memory;

import java.util.function.DoubleUnaryOperator;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.physics.Si;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;

/** Phase-change memory: conductance drift by structural relaxation of the amorphous phase. */
public final class PhaseChangeMemory {

    private static final double LEAST_PART = 1e-7;

    private PhaseChangeMemory() {}

    /**
     * Mushroom cells as fitted by Nandakumar et al., ICECS 2019, doi:10.1109/ICECS46596.2019.8964852 (coefficients:
     * aihwkit, PCMLikeNoiseModel): 0 to 25 µS, programming error, drift {@code ((t + t0)/t0)^−ν} with ν of each device,
     * 1/f read noise.
     */
    public static MemoryCell mushroom() {
        return mushroom(25 * Si.uS);
    }

    /**
     * The same cells in another unit of conductance; the fit scales.
     *
     * @param highest conductance of a weight of 1, siemens, above 0
     */
    public static MemoryCell mushroom(double highest) {
        double scale = 1e-6 * highest / 25e-6;
        String source = "Nandakumar et al., ICECS 2019, as in aihwkit";
        return cell("phase-change memory, mushroom cell", highest, source)
                .spread(ProgrammingSpread.polynomial(scale, highest, 0.26348, 1.9650, -1.1731), source)
                .drift(
                        new PowerLawDrift(
                                highest,
                                20,
                                g -> clip(-0.0155 * Math.log(g) + 0.0244, 0.049, 0.1),
                                g -> clip(-0.0125 * Math.log(g) - 0.0059, 0.008, 0.045)),
                        source)
                .fluctuation(
                        flicker(highest, 20, 250e-9, g -> Math.min(0.2, 0.0088 / Math.max(1e-3, Math.pow(g, 0.65)))),
                        source)
                .build();
    }

    /**
     * Unit cells of the HERMES chip (Le Gallo et al., Nature Electronics 6, 680 (2023), doi:10.1038/s41928-023-01010-1;
     * coefficients: aihwkit, HermesNoiseModel).
     *
     * @param devices in parallel, 1 (10.35 µS) or 2 (20.7 µS)
     */
    public static MemoryCell hermes(int devices) {
        Require.within("devices", devices, 1, 2);
        boolean two = devices == 2;
        double highest = two ? 20.7e-6 : 10.35e-6;
        double first = two ? 300 : 200;
        String source = "Le Gallo et al., Nature Electronics 6, 680 (2023), as in aihwkit";
        ProgrammingSpread spread = two
                ? ProgrammingSpread.polynomial(1e-6, highest, 0.16603222, 4.71806468, -8.48101252, 4.68961419)
                : ProgrammingSpread.polynomial(1e-6, highest, 0.15781817, 2.32443916, -2.16310839, 0.68841818);
        return cell("phase-change memory, HERMES cell of " + devices, highest, source)
                .spread(spread, source)
                .drift(
                        new PowerLawDrift(
                                highest,
                                first,
                                PhaseChangeMemory::hermesMean,
                                two ? PhaseChangeMemory::hermesDeviation2 : PhaseChangeMemory::hermesDeviation1),
                        source)
                .fluctuation(
                        flicker(
                                highest,
                                first,
                                512e-9,
                                two ? PhaseChangeMemory::hermesNoise2 : PhaseChangeMemory::hermesNoise1),
                        source)
                .build();
    }

    private static double hermesMean(double g) {
        return g < 0.0945 ? clip(-0.0387 * Math.log(g) - 0.0182, 0.072, 0.13) : -0.0436 * g * g - 0.0126 * g + 0.0736;
    }

    private static double hermesDeviation1(double g) {
        return g < 0.3039 ? clip(-0.0120 * Math.log(g) - 0.0023, 0.0124, 0.04) : -0.0165 * g * g + 0.0116 * g + 0.0104;
    }

    private static double hermesDeviation2(double g) {
        return g < 0.3055 ? clip(-0.0117 * Math.log(g) - 0.0057, 0.0091, 0.04) : -0.0118 * g * g + 0.0093 * g + 0.0073;
    }

    private static double hermesNoise1(double g) {
        return g < 0.1591
                ? clip(-0.0078 * Math.log(g) + 0.0038, 0.0179, 0.04)
                : ((0.0664 * g - 0.1352) * g + 0.0768) * g + 0.0088;
    }

    private static double hermesNoise2(double g) {
        return g < 0.16
                ? clip(-0.0117 * Math.log(g) - 0.0069, 0.015, 0.04)
                : ((0.0069 * g - 0.0280) * g + 0.0211) * g + 0.0123;
    }

    /**
     * Cells of Joshi et al., Nature Comm. 11, 2473 (2020), doi:10.1038/s41467-020-16108-9, 27 s after programming
     * (quadratic fit: CrossSim): 0 to 25 µS, programming error only.
     */
    public static MemoryCell joshi() {
        String source = "Joshi et al., Nature Comm. 11, 2473 (2020), as in CrossSim";
        return cell("phase-change memory, Joshi et al.", 25e-6, source)
                .spread(ProgrammingSpread.polynomial(1e-6, 1e-6, 0.28638599, 0.07585724, -0.00178767), source)
                .build();
    }

    /** A textbook cell of 0 to 25 µS: error 0.2 µS, ν = 0.1 ± 0.05 from 20 s on, whatever the state; no read noise. */
    public static MemoryCell stateIndependent() {
        String source = "chosen: usual in simulations, as in aihwkit's state-independent model";
        return cell("phase-change memory, state-independent", 25e-6, source)
                .spread(ProgrammingSpread.independent(0.2e-6), source)
                .drift(new PowerLawDrift(25e-6, 20, g -> 0.1, g -> 0.05), source)
                .build();
    }

    private static MemoryCell.Builder cell(String name, double highest, String source) {
        String area = "chosen: 4F² at 90 nm";
        return MemoryCell.builder(
                        name, new LinearReram(ConductanceWindow.of(0, 2 * Require.positive("highest", highest))))
                .weights(new ConductanceWindow(0, highest, 4 * 90e-9 * 90e-9, source, area))
                .technology(Technology.PHASE_CHANGE);
    }

    /** 1/f noise between the read time and the time since the start: {@code G Q sqrt(ln((t + t_r)/(2 t_r)))}. */
    private static ReadFluctuation flicker(double highest, double first, double read, DoubleUnaryOperator q) {
        return (programmed, present, age) -> present
                * q.applyAsDouble(part(programmed, highest))
                * Math.sqrt(Math.log((age + first + read) / (2 * read)));
    }

    /** The conductance over the highest, from 1e-7, where fits of its logarithm end, to 1, where cells saturate. */
    static double part(double conductance, double highest) {
        return clip(conductance / highest, LEAST_PART, 1);
    }

    private static double clip(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }
}
