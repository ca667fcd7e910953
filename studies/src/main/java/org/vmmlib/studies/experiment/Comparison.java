package org.vmmlib.studies.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.CostSheet;
import org.vmmlib.core.macro.Evidence;
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.mapping.MappingPlan;
import org.vmmlib.core.metrics.ErrorStatistics;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.run.Chunks;
import org.vmmlib.core.run.Progress;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.studies.design.Design;
import org.vmmlib.studies.network.LabelledImages;
import org.vmmlib.studies.network.Network;

/**
 * Runs one set of test images through the software network and through a chip of each design. The class of an image is
 * that of the highest output word; of equal words, the lowest class wins.
 *
 * @param test the images
 * @param seed of every random number
 * @param threads threads to use; results do not depend on it
 * @param ideal whether every imperfection is switched off
 */
public record Comparison(LabelledImages test, long seed, int threads, boolean ideal) {

    /** Images in a chunk of work: a fixed number, so that sums are the same on any number of threads. */
    private static final int CHUNK = 50;

    private static final int SAMPLE_CHUNKS = 4;

    /** Checks the ranges. */
    public Comparison {
        Require.within("images", test.count(), 1, Integer.MAX_VALUE);
        Require.within("threads", threads, 1, 1024);
    }

    /**
     * Runs one design.
     *
     * @param network trained for the design's input words
     * @throws InterruptedException if this thread is interrupted
     */
    public DesignResult run(Design design, Network network, Progress progress) throws InterruptedException {
        CircuitNetwork chip = new CircuitNetwork(network, design, Die.of(RandomStreams.of(seed)), ideal);
        List<ChunkResult> chunks = new Chunks(CHUNK, threads)
                .run(
                        test.count(),
                        (from, to) -> {
                            LabelledImages images = test.subset(from, to);
                            Codes words = words(design.inputBits(), images);
                            return new ChunkResult(
                                    chip.run(words, from), network.classify(images.inputs(design.inputBits())));
                        },
                        progress);
        return summarise(design, chip, chunks);
    }

    private static Codes words(int bits, LabelledImages images) {
        DMatrixRMaj inputs = images.inputs(bits);
        int[] data = new int[inputs.getNumElements()];
        for (int k = 0; k < data.length; k++) {
            data[k] = (int) inputs.data[k];
        }
        return Codes.unsigned(bits, inputs.numRows, inputs.numCols, data);
    }

    private DesignResult summarise(Design design, CircuitNetwork chip, List<ChunkResult> chunks) {
        int[][] confusion = new int[LabelledImages.CLASSES][LabelledImages.CLASSES];
        int[] classes = new int[test.count()];
        int image = 0;
        int softwareRight = 0;
        int circuitRight = 0;
        int agree = 0;
        for (ChunkResult chunk : chunks) {
            Codes outputs = chunk.passes()
                    .get(chunk.passes().size() - 1)
                    .result()
                    .codes()
                    .orElseThrow();
            for (int b = 0; b < outputs.vectors(); b++, image++) {
                int given = highest(outputs, b);
                int label = test.label(image);
                classes[image] = given;
                confusion[label][given]++;
                circuitRight += given == label ? 1 : 0;
                softwareRight += chunk.software()[b] == label ? 1 : 0;
                agree += chunk.software()[b] == given ? 1 : 0;
            }
        }
        List<VmmResult> vmms = new ArrayList<>();
        for (int l = 0; l < chip.layers().size(); l++) {
            vmms.add(vmm(l, design, chip.layers().get(l).plan(), chunks));
        }
        double count = test.count();
        return new DesignResult(
                design,
                test.count(),
                softwareRight / count,
                circuitRight / count,
                agree / count,
                vmms,
                confusion,
                classes);
    }

    private static int highest(Codes words, int vector) {
        int best = 0;
        for (int j = 1; j < words.channels(); j++) {
            if (words.get(vector, j) > words.get(vector, best)) {
                best = j;
            }
        }
        return best;
    }

    private static VmmResult vmm(int layer, Design design, MappingPlan plan, List<ChunkResult> chunks) {
        ErrorStatistics error = ErrorStatistics.none();
        CostSheet cost = CostSheet.empty();
        Saturation saturation = new Saturation();
        Evidence evidence = null;
        List<double[]> sample = new ArrayList<>();
        for (int c = 0; c < chunks.size(); c++) {
            CircuitNetwork.Pass pass = chunks.get(c).passes().get(layer);
            MacroResult result = pass.result();
            error = error.plus(ErrorStatistics.within(result.outputs(), pass.ideal(), pass.lowest(), pass.highest()));
            cost = cost.plus(result.cost());
            saturation.add(result.saturation());
            evidence = evidence == null ? result.evidence() : evidence.worst(result.evidence());
            if (c < SAMPLE_CHUNKS) {
                for (int k = 0; k < pass.ideal().getNumElements(); k += layer == 0 ? 11 : 2) {
                    if (!pass.clippedAlike(k)) {
                        sample.add(new double[] {pass.ideal().data[k], result.outputs().data[k]});
                    }
                }
            }
        }
        Map<String, Long> clipped = saturation.counts();
        return new VmmResult(
                "layer " + (layer + 1),
                plan.inputs(),
                plan.outputs(),
                design.outputBits(),
                plan.cells(),
                plan.arrays().size(),
                error,
                cost,
                java.util.Objects.requireNonNull(evidence),
                clipped,
                sample.toArray(double[][]::new));
    }

    private record ChunkResult(List<CircuitNetwork.Pass> passes, int[] software) {}
}
