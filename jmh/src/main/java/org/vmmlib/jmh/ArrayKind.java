package org.vmmlib.jmh;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.SinhReram;

/** Square arrays of devices and wires, from easy to hard for an iterative solver. */
public enum ArrayKind {
    /** 10 kΩ to 1 MΩ, log-uniform, and 1 Ω a segment. */
    EASY(1),
    /** 1 kΩ to 100 kΩ, log-uniform, and 1 Ω a segment. */
    MID(1),
    /** The same with 10 Ω a segment, 1 % of the cells open and 1 % shorted by 100 Ω. */
    HARSH(10),
    /** Half of the cells, at random, at 1 kΩ, the others at 100 kΩ. */
    RANDOM_HALF(10),
    /** Every other row at 1 kΩ, the others at 100 kΩ. */
    ROW_STRIPES(10),
    /** Every other column at 1 kΩ. */
    COLUMN_STRIPES(10),
    /** Every other cell at 1 kΩ. */
    CHECKERBOARD(10),
    /** One cell in twenty at 1 kΩ, all others open. */
    SPARSE(10),
    /** Every fourth row open. */
    DEAD_ROWS(10),
    /** Every third column at 1 nS. */
    DEAD_COLUMNS(10);

    private static final double HIGHEST_VOLTAGE = 0.5;

    private final double ohms;

    ArrayKind(double ohms) {
        this.ohms = ohms;
    }

    private DMatrixRMaj siemens(int lines) {
        RandomStream random = RandomStreams.of(1).stream("devices", lines);
        double low = this == EASY ? 1e-6 : 1e-5;
        double high = 100 * low;
        DMatrixRMaj g = new DMatrixRMaj(lines, lines);
        for (int i = 0; i < lines; i++) {
            for (int j = 0; j < lines; j++) {
                long cell = (long) i * lines + j;
                double any = low * Math.pow(high / low, random.uniform(2 * cell));
                double u = random.uniform(2 * cell + 1);
                double siemens = switch (this) {
                    case EASY, MID -> any;
                    case HARSH -> u < 0.01 ? 0 : u < 0.02 ? 10 * high : any;
                    case RANDOM_HALF -> u < 0.5 ? high : low;
                    case ROW_STRIPES -> i % 2 == 0 ? high : low;
                    case COLUMN_STRIPES -> j % 2 == 0 ? high : low;
                    case CHECKERBOARD -> (i + j) % 2 == 0 ? high : low;
                    case SPARSE -> u < 0.05 ? high : 0;
                    case DEAD_ROWS -> i % 4 == 0 ? 0 : any;
                    case DEAD_COLUMNS -> j % 3 == 0 ? 1e-9 : any;
                };
                g.set(i, j, siemens);
            }
        }
        return g;
    }

    private Lines wires(int lines) {
        return Lines.builder(lines, lines)
                .rowResistance(ohms)
                .columnResistance(ohms)
                .build();
    }

    /** An array of resistors. */
    Crossbar resistors(int lines) {
        LinearReram law = new LinearReram(ConductanceWindow.any());
        return new Crossbar(law, law.state(siemens(lines)), wires(lines));
    }

    /** The same with {@code i = (g/α) sinh(αv)}, α = 3/V. */
    Crossbar sinh(int lines) {
        SinhReram law = new SinhReram(ConductanceWindow.any(), 3);
        return new Crossbar(law, law.state(siemens(lines)), wires(lines));
    }

    /** One vector of row voltages, uniform from 0 to 0.5 V. */
    static Excitation oneVector(int lines) {
        RandomStream random = RandomStreams.of(1).stream("voltages", lines);
        DMatrixRMaj volts = new DMatrixRMaj(1, lines);
        for (int i = 0; i < lines; i++) {
            volts.data[i] = HIGHEST_VOLTAGE * random.uniform(i);
        }
        return Excitation.rows(volts, new DMatrixRMaj(1, lines));
    }
}
