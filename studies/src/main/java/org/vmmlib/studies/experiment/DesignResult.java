package org.vmmlib.studies.experiment;

import java.util.List;
import org.vmmlib.studies.design.Design;

/**
 * What a design did with the test images.
 *
 * @param design the circuit
 * @param images test images
 * @param softwareAccuracy share of them that the network in software classifies right
 * @param circuitAccuracy share of them that the circuit classifies right
 * @param agreement share of them where both give the same class
 * @param vmms its multipliers, in the order of the layers
 * @param confusion images by true class (rows) and class given by the circuit (columns)
 * @param classes class given by the circuit to each image
 */
public record DesignResult(
        Design design,
        int images,
        double softwareAccuracy,
        double circuitAccuracy,
        double agreement,
        List<VmmResult> vmms,
        int[][] confusion,
        int[] classes) {

    /** Root mean square over all outputs of all multipliers, each in LSB of its converter. */
    public double rmsErrorLsb() {
        double squares = 0;
        long count = 0;
        for (VmmResult vmm : vmms) {
            squares += vmm.rmsErrorLsb() * vmm.rmsErrorLsb() * vmm.error().count();
            count += vmm.error().count();
        }
        return count == 0 ? 0 : Math.sqrt(squares / count);
    }

    /** Effective bits by {@link #rmsErrorLsb()}: p − log2(sqrt(12) · rms in LSB). */
    public double effectiveBits() {
        return design.outputBits() - Math.log(Math.sqrt(12) * rmsErrorLsb()) / Math.log(2);
    }

    /** Energy of one image through all VMMs, joules. */
    public double energyPerImage() {
        return vmms.stream().mapToDouble(v -> v.cost().energyPerVector()).sum();
    }

    /** Latency of one image through all VMMs, seconds. */
    public double timePerImage() {
        return vmms.stream().mapToDouble(v -> v.cost().time()).sum();
    }

    /** Area of all VMMs, square metres. */
    public double area() {
        return vmms.stream().mapToDouble(v -> v.cost().area()).sum();
    }

    /** Weight cells of all VMMs. */
    public int cells() {
        return vmms.stream().mapToInt(VmmResult::cells).sum();
    }
}
