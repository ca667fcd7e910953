package org.vmmlib.studies.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.vmmlib.core.io.MalformedFileException;

/**
 * A value in a JSON file, which knows its name. Every method that does not find what it wants throws a
 * {@link MalformedFileException} that names the file, the field, and what must be there.
 *
 * @param file the file
 * @param name path of the value, such as {@code layers[0].weights[3][5]}; empty for the whole file
 * @param node the value
 */
record JsonField(Path file, String name, JsonNode node) {

    private static final int MOST_SHOWN = 40;

    /** A field of this object. */
    JsonField field(String key) throws IOException {
        if (!node.isObject()) {
            throw refuse("must be an object");
        }
        String full = name.isEmpty() ? key : name + "." + key;
        JsonNode child = node.get(key);
        if (child == null) {
            throw new MalformedFileException(file, "field " + full + " is missing");
        }
        return new JsonField(file, full, child);
    }

    /** Number of items of this array, which has at least {@code least}. */
    int size(int least) throws IOException {
        if (!node.isArray() || node.size() < least) {
            throw refuse(String.format(Locale.ROOT, "must be an array of at least %d", least));
        }
        return node.size();
    }

    /** An item of this array. */
    JsonField item(int index) {
        return new JsonField(file, name + "[" + index + "]", node.get(index));
    }

    String text() throws IOException {
        if (!node.isTextual()) {
            throw refuse("must be a text");
        }
        return node.textValue();
    }

    int integer() throws IOException {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw refuse("must be a whole number of 32 bits");
        }
        return node.intValue();
    }

    long longInteger() throws IOException {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw refuse("must be a whole number of 64 bits");
        }
        return node.longValue();
    }

    double number() throws IOException {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw refuse("must be a finite number");
        }
        return node.doubleValue();
    }

    /** What to throw for this value. */
    MalformedFileException refuse(String limit) {
        String value = node.isContainerNode() ? "" : " = " + shown(node.toString());
        return new MalformedFileException(
                file, name.isEmpty() ? limit : String.format(Locale.ROOT, "field %s%s: %s", name, value, limit));
    }

    private static String shown(String text) {
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
    }
}
