package org.vmmlib.studies.network;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.io.AtomicFiles;
import org.vmmlib.core.io.MalformedFileException;

/**
 * Keeps a trained network in a JSON file, exactly: what is loaded equals what was saved, bit by bit.
 *
 * <pre>{@code
 * {
 *   "format": "vmm-network 1",
 *   "inputBits": 4,                  width of the input codes
 *   "layers": [                      first to last
 *     {
 *       "activation": "RELU",        RELU (bounded by fullScale) or LINEAR
 *       "fullScale": 1.0,            upper end of the range of the layer's quantiser, in the unit of the sums
 *       "weights": [[...], ...]      one row for each input, then the bias; one column for each output
 *     }, ...
 *   ],
 *   "training": {                    what it came from
 *     "dataHash": "...",             SHA-256 of the training images, LabelledImages.contentHash
 *     "seed": 1, "hiddenLayers": [64], ...   the fields of TrainingOptions, inputBits excepted
 *     "distortion": {"shift": 1.0, ...}      the fields of Distortion
 *   }
 * }
 * }</pre>
 */
public final class NetworkFile {

    private static final String FORMAT = "vmm-network 1";

    /** No file of a network that fits in memory comes near this. */
    private static final long GREATEST_LENGTH = 1L << 28;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private NetworkFile() {}

    /**
     * Saves a network. The file appears whole, in place of one that was there.
     *
     * @throws IOException if it cannot be written
     */
    public static void save(Path file, TrainedNetwork trained) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        try (AtomicFiles files = AtomicFiles.begin()) {
            Path staged = files.stage(file);
            try (JsonGenerator json = MAPPER.createGenerator(Files.newBufferedWriter(staged, StandardCharsets.UTF_8))) {
                json.setPrettyPrinter(printer);
                write(json, trained);
            }
            files.commit();
        }
    }

    private static void write(JsonGenerator json, TrainedNetwork trained) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", FORMAT);
        json.writeNumberField("inputBits", trained.network().inputBits());
        json.writeArrayFieldStart("layers");
        for (DenseLayer layer : trained.network().layers()) {
            json.writeStartObject();
            json.writeStringField("activation", layer.activation().name());
            json.writeNumberField("fullScale", layer.fullScale());
            json.writeArrayFieldStart("weights");
            for (int row = 0; row <= layer.inputs(); row++) {
                json.writeArray(layer.weightData(), row * layer.outputs(), layer.outputs());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        TrainingOptions options = trained.options();
        json.writeObjectFieldStart("training");
        json.writeStringField("dataHash", trained.dataHash());
        json.writeNumberField("seed", options.seed());
        json.writeArrayFieldStart("hiddenLayers");
        for (int neurons : options.hiddenLayers()) {
            json.writeNumber(neurons);
        }
        json.writeEndArray();
        json.writeNumberField("activationBits", options.activationBits());
        json.writeNumberField("epochs", options.epochs());
        json.writeNumberField("batchSize", options.batchSize());
        json.writeNumberField("learningRate", options.learningRate());
        json.writeNumberField("weightNoise", options.weightNoise());
        json.writeNumberField("weightRange", options.weightRange());
        json.writeObjectFieldStart("distortion");
        json.writeNumberField("shift", options.distortion().shift());
        json.writeNumberField("rotation", options.distortion().rotation());
        json.writeNumberField("shear", options.distortion().shear());
        json.writeNumberField("scale", options.distortion().scale());
        json.writeNumberField("jitter", options.distortion().jitter());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    /**
     * Loads a network.
     *
     * @throws IOException if the file is missing or cannot be read
     * @throws MalformedFileException if it is not such a file: no JSON, a field missing or of another kind, an unknown
     *     activation, a ragged row, a number that is not finite or out of its range, layers that do not fit each other.
     *     The message names the file and the field.
     */
    public static TrainedNetwork load(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
        if (!Files.isRegularFile(file) || Files.size(file) > GREATEST_LENGTH) {
            throw new MalformedFileException(file, "must be a regular file of at most " + GREATEST_LENGTH + " bytes");
        }
        try {
            return read(new JsonField(file, "", MAPPER.readTree(Files.readAllBytes(file))));
        } catch (JsonProcessingException e) {
            throw refusal(file, "is not JSON: " + e.getOriginalMessage() + at(e), e);
        } catch (IllegalArgumentException e) {
            throw refusal(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static TrainedNetwork read(JsonField root) throws IOException {
        JsonField format = root.field("format");
        if (!format.text().equals(FORMAT)) {
            throw format.refuse("must be \"" + FORMAT + "\"");
        }
        int inputBits = root.field("inputBits").integer();
        JsonField layers = root.field("layers");
        int count = layers.size(1);
        List<DenseLayer> read = new ArrayList<>();
        for (int l = 0; l < count; l++) {
            read.add(layer(layers.item(l)));
        }
        JsonField training = root.field("training");
        return new TrainedNetwork(
                new Network(inputBits, read),
                options(training, inputBits),
                training.field("dataHash").text());
    }

    private static DenseLayer layer(JsonField json) throws IOException {
        DenseLayer.Activation activation = activation(json.field("activation"));
        double fullScale = json.field("fullScale").number();
        JsonField weights = json.field("weights");
        int rows = weights.size(2);
        int columns = weights.item(0).size(1);
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < rows; i++) {
            JsonField row = weights.item(i);
            if (row.size(1) != columns) {
                throw row.refuse(String.format(
                        Locale.ROOT, "has %d numbers, must have %d as the first row has", row.size(1), columns));
            }
            for (int j = 0; j < columns; j++) {
                matrix.unsafe_set(i, j, row.item(j).number());
            }
        }
        try {
            return DenseLayer.of(matrix, activation, fullScale);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("field " + json.name() + "." + e.getMessage(), e);
        }
    }

    private static DenseLayer.Activation activation(JsonField json) throws IOException {
        for (DenseLayer.Activation activation : DenseLayer.Activation.values()) {
            if (activation.name().equals(json.text())) {
                return activation;
            }
        }
        throw json.refuse("must be one of " + Arrays.toString(DenseLayer.Activation.values()));
    }

    private static TrainingOptions options(JsonField json, int inputBits) throws IOException {
        JsonField hidden = json.field("hiddenLayers");
        int count = hidden.size(0);
        List<Integer> neurons = new ArrayList<>();
        for (int l = 0; l < count; l++) {
            neurons.add(hidden.item(l).integer());
        }
        JsonField distortion = json.field("distortion");
        return TrainingOptions.builder()
                .seed(json.field("seed").longInteger())
                .hiddenLayers(neurons)
                .inputBits(inputBits)
                .activationBits(json.field("activationBits").integer())
                .epochs(json.field("epochs").integer())
                .batchSize(json.field("batchSize").integer())
                .learningRate(json.field("learningRate").number())
                .weightNoise(json.field("weightNoise").number())
                .weightRange(json.field("weightRange").number())
                .distortion(new Distortion(
                        distortion.field("shift").number(),
                        distortion.field("rotation").number(),
                        distortion.field("shear").number(),
                        distortion.field("scale").number(),
                        distortion.field("jitter").number()))
                .build();
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        " (line %d, column %d)",
                        e.getLocation().getLineNr(),
                        e.getLocation().getColumnNr());
    }

    private static IOException refusal(Path file, String problem, Exception cause) {
        IOException refusal = new MalformedFileException(file, problem);
        refusal.initCause(cause);
        return refusal;
    }
}
