package org.vmmlib.devices.reram;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Topology;

/** What physical models of two-terminal cells have in common. */
interface PassiveLaw extends CellLaw {

    String NONLINEARITY = "reram.nonlinearity";

    @Override
    default Topology topology() {
        return Topology.SOURCE_DRIVEN;
    }

    /** True. */
    @Override
    default boolean twoTerminal() {
        return true;
    }

    /** A plane of a state that is of this law. */
    default DMatrixRMaj planeOf(CellState state, String name) {
        if (!state.planes().equals(planes())) {
            throw new IllegalArgumentException("state has planes " + state.planes() + ": must have " + planes()
                    + "; make it with store(weights, conditions) of this cell");
        }
        return state.plane(name);
    }

    /** The one imperfection of a law that is not linear. */
    static List<Imperfection> bend(boolean linear) {
        return linear
                ? List.of()
                : List.of(new Imperfection(NONLINEARITY, "current is not proportional to the voltage"));
    }
}
