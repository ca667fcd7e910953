package org.vmmlib.devices.memory;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.physics.Si;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.CubicNonlinearity;
import org.vmmlib.devices.reram.CubicReram;
import org.vmmlib.devices.reram.LinearReram;

/** Filamentary resistive memory with published write errors and relaxation. */
public final class FilamentaryReram {

    private static final double DAY = 86_400;

    private FilamentaryReram() {}

    /**
     * HfO2 cells of Milo et al., IEEE IRPS 2021, doi:10.1109/IRPS46558.2021.9405119, written by IGVVA-100 (fits:
     * CrossSim): 50 to 225 µS, cubic law of current and voltage, programming error.
     */
    public static MemoryCell milo() {
        String source = "Milo et al., IRPS 2021, as in CrossSim";
        CubicReram law = new CubicReram(ConductanceWindow.of(0, 450 * Si.uS), CubicNonlinearity.milo(), 0.2);
        return MemoryCell.builder("HfO2 resistive memory, IGVVA-100", law)
                .weights(new ConductanceWindow(50 * Si.uS, 225 * Si.uS, 0, source, "not given"))
                .technology(Technology.RESISTIVE)
                .spread(ProgrammingSpread.polynomial(Si.uS, Si.uS, 4.782321, -0.009107), source)
                .build();
    }

    /** Cells of Wan et al. from 1 to 40 µS. */
    public static MemoryCell wan() {
        return wan(40 * Si.uS);
    }

    /**
     * HfOx cells of the NeuRRAM chip (Wan et al., Nature 608, 504 (2022), doi:10.1038/s41586-022-04992-8; fits:
     * aihwkit): programming error 1 s after writing, and relaxation without a mean from then to 2 days, between the
     * three times measured as the logarithm of time. Read noise of 1 % of the highest conductance.
     *
     * @param highest conductance of a weight of 1, siemens, above 1 µS; the fit, of 40 µS, scales
     */
    public static MemoryCell wan(double highest) {
        Require.within("highest", highest, Math.nextUp(Si.uS), 1e-3);
        String source = "Wan et al., Nature 608, 504 (2022), as in aihwkit";
        double scale = Si.uS * highest / (40 * Si.uS);
        ProgrammingSpread second =
                ProgrammingSpread.polynomial(scale, highest, 0.348, 16.030, -43.853, 45.393, -16.815);
        ProgrammingSpread day = ProgrammingSpread.polynomial(scale, highest, 0.701, 22.086, -50.773, 47.095, -16.458);
        ProgrammingSpread twoDays =
                ProgrammingSpread.polynomial(scale, highest, 0.782, 20.274, -43.507, 37.062, -11.934);
        return MemoryCell.builder(
                        "HfOx resistive memory, NeuRRAM", new LinearReram(ConductanceWindow.of(0, 2 * highest)))
                .weights(new ConductanceWindow(Si.uS, highest, 0, "Wan et al., Nature 608, 504 (2022)", "not given"))
                .technology(Technology.RESISTIVE)
                .spread(second, source)
                .drift(new Relaxation(second, day, twoDays, highest), source)
                .fluctuation(
                        (programmed, present, age) -> 0.01 * highest,
                        "about 1 % of the highest conductance, recommended in aihwkit")
                .build();
    }

    /** The cubic fit of the same errors at 1 s, up to 39.26 µS (CrossSim). */
    public static ProgrammingSpread wanCubic() {
        return ProgrammingSpread.polynomial(Si.uS, Si.uS, 1.053, 0.2374, -1.167e-2, 1.536e-4);
    }

    /** How narrow write-verify accepts a CMO/HfOx cell. */
    public enum Acceptance {
        /** Within 0.2 % of the target. */
        FIFTH_OF_A_PERCENT(0.00081107, 0.00106879),
        /** Within 2 % of the target. */
        TWO_PERCENT(0.0112185391, 0.01129027418);

        private final double constant;
        private final double proportional;

        Acceptance(double constant, double proportional) {
            this.constant = constant;
            this.proportional = proportional;
        }

        ProgrammingSpread spread() {
            return ProgrammingSpread.polynomial(Si.uS, Si.uS, constant, proportional);
        }
    }

    /**
     * Conductive-metal-oxide/HfOx cells of Falcone et al., arXiv:2502.04524 (fits: aihwkit), 9 to 88.2 µS: programming
     * error by acceptance; a mean fall of conductance and a spread, both linear in ln t from 1 s on and independent of
     * the state; 1/f read noise from 1 µs on.
     */
    public static MemoryCell cmo(Acceptance acceptance) {
        String source = "Falcone et al., arXiv:2502.04524, as in aihwkit";
        return MemoryCell.builder("CMO/HfOx resistive memory", new LinearReram(ConductanceWindow.of(0, 180 * Si.uS)))
                .weights(new ConductanceWindow(9 * Si.uS, 88.19 * Si.uS, 0, source, "not given"))
                .technology(Technology.RESISTIVE)
                .spread(acceptance.spread(), source)
                .drift(new LogarithmicDrift(), source)
                .fluctuation(FilamentaryReram::cmoNoise, source)
                .build();
    }

    private static double cmoNoise(double programmed, double present, double age) {
        double read = 1e-6;
        double decades = Math.max(0, Math.log10(present / Si.uS));
        return Si.uS * 0.0277316483 * decades * Math.sqrt(Math.max(0, Math.log((age + read) / (2 * read))));
    }

    /** Mean and spread of the conductance that are linear in the logarithm of time. */
    private record LogarithmicDrift() implements ConductanceDrift {

        @Override
        public double at(double programmed, double age, double normal) {
            double logarithm = Math.log(Math.max(1, age));
            double mean = -0.08900206 * logarithm;
            double deviation = 0.04201137 * logarithm + 0.41183342;
            return programmed + Si.uS * (mean + deviation * normal);
        }

        /** Infinite: a logarithm has no end. */
        @Override
        public double longest() {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** What makes the spread at 1 s that of later times; independent of the error at 1 s. */
    private record Relaxation(
            ProgrammingSpread second, ProgrammingSpread day, ProgrammingSpread twoDays, double highest)
            implements ConductanceDrift {

        @Override
        public double at(double programmed, double age, double normal) {
            double g = Math.min(programmed, highest);
            double later = age <= DAY
                    ? between(second.sigma(g), day.sigma(g), Math.log(Math.max(1, age)) / Math.log(DAY))
                    : between(day.sigma(g), twoDays.sigma(g), Math.log(age / DAY) / Math.log(2));
            double earlier = second.sigma(g);
            return programmed + Math.sqrt(Math.max(0, later * later - earlier * earlier)) * normal;
        }

        private static double between(double from, double to, double part) {
            return from + part * (to - from);
        }

        @Override
        public double longest() {
            return 2 * DAY;
        }
    }
}
