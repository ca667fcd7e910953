package org.vmmlib.core.macro;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.cost.CostSheet;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;

/**
 * What a macro gave for a batch.
 *
 * @param levels B × outputs analog values in front of the converters
 * @param codes B × outputs words, if the macro converts
 * @param outputs B × outputs values in the domain of {@link ProgrammedMacro#ideal}: what the words stand for in units of
 *     the activation's output, or the levels where there is no converter
 * @param evidence of the solves
 * @param saturation values that were clipped
 * @param cost energy, time and area by block
 */
public record MacroResult(
        Levels levels,
        Optional<Codes> codes,
        DMatrixRMaj outputs,
        Evidence evidence,
        Saturation saturation,
        CostSheet cost) {}
