package org.vmmlib.devices.reram;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.SpiceLaw;

/** A resistive cell whose only state is {@code conductance}, that of small voltages, in siemens. */
public sealed interface ConductanceLaw extends SpiceLaw permits LinearReram, SinhReram, CubicReram {

    /** The conductances that a cell can hold. */
    ConductanceWindow window();

    /**
     * The state of an array given in siemens.
     *
     * @param conductances N×M, at small voltages, within the window. Not modified.
     */
    CellState state(DMatrixRMaj conductances);

    @Override
    ConductanceLaw without(String imperfection);
}
