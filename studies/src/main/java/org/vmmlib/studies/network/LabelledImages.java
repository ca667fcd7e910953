package org.vmmlib.studies.network;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;

/**
 * A set of 8-bit grey images of one size, each with its label, a digit from 0 to 9. Immutable and safe to share.
 *
 * <p>A pixel is 0 (background) to 255 (full ink), as in MNIST. The pixels of an image are stored row by row.
 */
public final class LabelledImages {

    /** Number of classes: the digits 0 to 9. */
    public static final int CLASSES = 10;

    private static final int GREATEST_SIDE = 32768;

    private final int rows;
    private final int columns;
    private final byte[] pixels;
    private final byte[] labels;

    private LabelledImages(int rows, int columns, byte[] pixels, byte[] labels) {
        this.rows = rows;
        this.columns = columns;
        this.pixels = pixels;
        this.labels = labels;
    }

    /**
     * A set of images.
     *
     * @param rows height of an image in pixels, 1 to 32768
     * @param columns width of an image in pixels, 1 to 32768
     * @param pixels unsigned bytes, image by image, row by row; {@code labels.length * rows * columns} of them. Copied.
     * @param labels one digit from 0 to 9 for each image. Copied.
     * @throws IllegalArgumentException if a size is out of its range, the lengths do not agree, or a label is not a digit
     */
    public static LabelledImages of(int rows, int columns, byte[] pixels, byte[] labels) {
        Require.within("rows", rows, 1, GREATEST_SIDE);
        Require.within("columns", columns, 1, GREATEST_SIDE);
        if ((long) labels.length * rows * columns != pixels.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "pixels has %d bytes: must have %d images x %d rows x %d columns",
                    pixels.length,
                    labels.length,
                    rows,
                    columns));
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= CLASSES) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "labels[%d] = %d: must be a digit from 0 to 9", i, labels[i] & 0xFF));
            }
        }
        return new LabelledImages(rows, columns, pixels.clone(), labels.clone());
    }

    /** Number of images. */
    public int count() {
        return labels.length;
    }

    /** Height of an image, in pixels. */
    public int rows() {
        return rows;
    }

    /** Width of an image, in pixels. */
    public int columns() {
        return columns;
    }

    /** Pixels of one image: {@code rows * columns}. */
    public int size() {
        return rows * columns;
    }

    /**
     * The digit that an image shows, 0 to 9.
     *
     * @throws IndexOutOfBoundsException if there is no such image
     */
    public int label(int image) {
        return labels[image];
    }

    /**
     * One pixel, 0 to 255.
     *
     * @throws IndexOutOfBoundsException if there is no such image, row or column
     */
    public int pixel(int image, int row, int column) {
        Objects.checkIndex(image, count());
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        return pixels[image * size() + row * columns + column] & 0xFF;
    }

    /** Writes the pixels of one image, 0 to 255, row by row, to the start of {@code out}. */
    void read(int image, double[] out) {
        int size = size();
        for (int k = 0; k < size; k++) {
            out[k] = pixels[image * size + k] & 0xFF;
        }
    }

    /**
     * The images {@code from} (inclusive) to {@code to} (exclusive), in the same order.
     *
     * @throws IllegalArgumentException unless {@code 0 <= from <= to <= count()}
     */
    public LabelledImages subset(int from, int to) {
        Require.within("to", to, 0, count());
        Require.within("from", from, 0, to);
        byte[] somePixels = new byte[(to - from) * size()];
        System.arraycopy(pixels, from * size(), somePixels, 0, somePixels.length);
        byte[] someLabels = new byte[to - from];
        System.arraycopy(labels, from, someLabels, 0, someLabels.length);
        return new LabelledImages(rows, columns, somePixels, someLabels);
    }

    /**
     * The images as inputs of a circuit: one row an image, one column a pixel, integer codes from 0 to
     * {@code 2^bits - 1} (see {@link #code}).
     *
     * @param bits width of a code, 1 to 8
     * @return a new matrix, {@code count()} x {@code size()}
     * @throws IllegalArgumentException if bits is not from 1 to 8
     */
    public DMatrixRMaj inputs(int bits) {
        Require.within("bits", bits, 1, 8);
        double[] codeOf = new double[256];
        for (int pixel = 0; pixel < 256; pixel++) {
            codeOf[pixel] = code(pixel, bits);
        }
        DMatrixRMaj inputs = new DMatrixRMaj(count(), size());
        for (int k = 0; k < pixels.length; k++) {
            inputs.data[k] = codeOf[pixels[k] & 0xFF];
        }
        return inputs;
    }

    /**
     * The code of a pixel: {@code round(pixel (2^bits - 1) / 255)} with two bits or more, halves up; with one bit, 1
     * from 128 on.
     *
     * @param pixel grey level, 0 to 255; a distorted image has levels between the integers
     */
    static double code(double pixel, int bits) {
        if (bits == 1) {
            return pixel >= 128 ? 1 : 0;
        }
        return Math.floor(pixel * ((1 << bits) - 1) / 255 + 0.5);
    }

    /**
     * The fraction of images, 0 to 1, whose class is their label.
     *
     * @param classes one for each image
     * @throws IllegalArgumentException if there is no image, or not one class for each
     */
    public double accuracy(int[] classes) {
        if (classes.length == 0 || classes.length != count()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "classes has %d elements: must have one for each of %d images",
                    classes.length,
                    count()));
        }
        int right = 0;
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] == labels[i]) {
                right++;
            }
        }
        return (double) right / count();
    }

    /** SHA-256 of sizes, pixels and labels, in hexadecimal: equal exactly where the sets are equal. */
    public String contentHash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(12)
                    .putInt(count())
                    .putInt(rows)
                    .putInt(columns)
                    .array());
            digest.update(pixels);
            digest.update(labels);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
