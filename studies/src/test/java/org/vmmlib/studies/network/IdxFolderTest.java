package org.vmmlib.studies.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {

    private static final LabelledImages TRAINING = new DrawnDigits(1).images(0, 12);
    private static final LabelledImages TEST = new DrawnDigits(1).images(100, 7);

    private static final String TRAINING_IMAGES = "train-images-idx3-ubyte";
    private static final String TRAINING_LABELS = "train-labels-idx1-ubyte";
    private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    @TempDir
    Path folder;

    @Test
    void plainFilesWithTheirOriginalNamesAreReadBack() throws IOException {
        writeAll();
        assertReadsBack();
    }

    @Test
    void gzipFilesWithOtherNamesAreReadBack() throws IOException {
        write("train10k-images-idx3-ubyte.gz", gzip(images(TRAINING)));
        write("train10k-labels-idx1-ubyte.gz", gzip(labels(TRAINING)));
        write("test5k-images-idx3-ubyte.gz", gzip(images(TEST)));
        write("test5k-labels-idx1-ubyte.gz", gzip(labels(TEST)));
        write("README.md", new byte[3]);
        assertReadsBack();
    }

    @Test
    void dotsInTheNamesAreReadToo() throws IOException {
        writeAll();
        Files.move(folder.resolve(TRAINING_IMAGES), folder.resolve("train-images.idx3-ubyte"));
        Files.move(folder.resolve(TEST_LABELS), folder.resolve("t10k-labels.idx1-ubyte"));
        assertReadsBack();
    }

    @Test
    void thePlainFileIsReadWhereItsGzipStandsBesideIt() throws IOException {
        writeAll();
        write(TRAINING_IMAGES + ".gz", new byte[5]);
        assertReadsBack();
    }

    @Test
    void aMissingFolderIsRefused() {
        assertRefused(folder.resolve("none"), "none: must be a folder");
    }

    @Test
    void aFolderWithoutATestSetIsRefused() throws IOException {
        write(TRAINING_IMAGES, images(TRAINING));
        write(TRAINING_LABELS, labels(TRAINING));
        assertRefused("has 0 test sets, must have one (t10k... or test...");
    }

    @Test
    void aFolderWithTwoTrainingSetsIsRefused() throws IOException {
        writeAll();
        write("train10k-images-idx3-ubyte", images(TRAINING));
        assertRefused("has 2 training sets [train, train10k], must have one");
    }

    @Test
    void imagesWithoutLabelsAreRefused() throws IOException {
        writeAll();
        Files.delete(folder.resolve(TEST_LABELS));
        assertRefused("has no t10k-labels-idx1-ubyte");
    }

    @Test
    void labelsWithoutImagesAreRefused() throws IOException {
        writeAll();
        Files.delete(folder.resolve(TRAINING_IMAGES));
        assertRefused("has no train-images-idx3-ubyte");
    }

    @Test
    void aWrongMagicNumberIsRefused() throws IOException {
        writeAll();
        write(TEST_IMAGES, labels(TRAINING));
        assertRefused(TEST_IMAGES + ": starts with 0x00000801, must start with 0x00000803");
    }

    @Test
    void aTruncatedPlainFileIsRefused() throws IOException {
        writeAll();
        byte[] whole = images(TRAINING);
        write(TRAINING_IMAGES, Arrays.copyOf(whole, whole.length - 1));
        assertRefused(TRAINING_IMAGES + ": is truncated");
        write(TRAINING_IMAGES, Arrays.copyOf(whole, 10));
        assertRefused(TRAINING_IMAGES + ": is truncated: has 10 bytes, its header alone 16");
    }

    @Test
    void everyTruncationOfAGzipFileIsRefused() throws IOException {
        writeAll();
        Files.delete(folder.resolve(TEST_LABELS));
        byte[] whole = gzip(labels(TEST));
        for (int length = 0; length < whole.length; length++) {
            write(TEST_LABELS + ".gz", Arrays.copyOf(whole, length));
            assertRefused(TEST_LABELS + ".gz: ");
        }
        write(TEST_LABELS + ".gz", whole);
        assertReadsBack();
    }

    @Test
    void aGzipOfTooFewBytesIsRefused() throws IOException {
        writeAll();
        Files.delete(folder.resolve(TEST_LABELS));
        byte[] content = labels(TEST);
        write(TEST_LABELS + ".gz", gzip(Arrays.copyOf(content, content.length - 2)));
        assertRefused(TEST_LABELS + ".gz: is truncated: has 5 bytes after its header, which promises 7");
    }

    @Test
    void aDamagedGzipFileIsRefused() throws IOException {
        writeAll();
        Files.delete(folder.resolve(TEST_LABELS));
        byte[] damaged = gzip(labels(TEST));
        damaged[damaged.length - 6] ^= 1; // in the checksum
        write(TEST_LABELS + ".gz", damaged);
        assertRefused(TEST_LABELS + ".gz: cannot be read: Corrupt GZIP trailer");
        write(TEST_LABELS + ".gz", labels(TEST));
        assertRefused(TEST_LABELS + ".gz: cannot be read: Not in GZIP format");
    }

    @Test
    void trailingBytesAreRefused() throws IOException {
        writeAll();
        byte[] whole = labels(TEST);
        write(TEST_LABELS, Arrays.copyOf(whole, whole.length + 1));
        assertRefused(TEST_LABELS + ": goes on after the 7 bytes that its header promises");
        Files.delete(folder.resolve(TEST_LABELS));
        write(TEST_LABELS + ".gz", gzip(Arrays.copyOf(whole, whole.length + 1)));
        assertRefused(TEST_LABELS + ".gz: goes on after the 7 bytes that its header promises");
        byte[] zipped = gzip(whole);
        for (int more : new int[] {1, 8, 40}) {
            write(TEST_LABELS + ".gz", Arrays.copyOf(zipped, zipped.length + more));
            assertRefused(TEST_LABELS + ".gz: goes on after its gzip stream");
        }
    }

    @Test
    void differentNumbersOfImagesAndLabelsAreRefused() throws IOException {
        writeAll();
        write(TRAINING_LABELS, labels(TEST));
        assertRefused(TRAINING_LABELS + ": has 7 labels, must have 12");
    }

    @Test
    void anAbsurdSizeIsRefusedBeforeMemoryIsAskedFor() throws IOException {
        writeAll();
        write(TRAINING_IMAGES, header(0x803, 10_000_000, 1024, 1024));
        assertRefused(TRAINING_IMAGES + ": is truncated or damaged: its header promises 10000000 x 1024 x 1024 bytes");
        write(TRAINING_IMAGES, header(0x803, 1000, 1000, 1000));
        assertRefused(TRAINING_IMAGES + ": is truncated or damaged");
        write(TRAINING_IMAGES, header(0x803, -1, 28, 28));
        assertRefused(TRAINING_IMAGES + ": number of items is 4294967295, must be from 1 to 10000000");
        write(TRAINING_IMAGES, header(0x803, 1, 0, 28));
        assertRefused(TRAINING_IMAGES + ": number of rows is 0, must be from 1 to 1024");
        write(TRAINING_IMAGES, header(0x803, 1, 28, 65536));
        assertRefused(TRAINING_IMAGES + ": number of columns is 65536, must be from 1 to 1024");
        Files.delete(folder.resolve(TRAINING_IMAGES));
        write(TRAINING_IMAGES + ".gz", gzip(header(0x803, 1000, 1000, 1000)));
        assertRefused(TRAINING_IMAGES + ".gz: is truncated or damaged: its header promises 1000 x 1000 x 1000 bytes");
    }

    @Test
    void aLabelAboveNineIsRefused() throws IOException {
        writeAll();
        byte[] bad = labels(TEST);
        bad[8 + 4] = 10;
        write(TEST_LABELS, bad);
        assertRefused(TEST_LABELS + ": labels[4] = 10: must be a digit from 0 to 9");
    }

    @Test
    void testImagesOfAnotherSizeAreRefused() throws IOException {
        writeAll();
        byte[] other = header(0x803, 7, 14, 56);
        write(TEST_IMAGES, Arrays.copyOf(other, 16 + 7 * 14 * 56));
        assertRefused("test images are 14 x 56: must be 28 x 28");
    }

    private void assertReadsBack() throws IOException {
        DigitData data = IdxFolder.read(folder);
        assertEquals(TRAINING.contentHash(), data.training().contentHash());
        assertEquals(TEST.contentHash(), data.test().contentHash());
    }

    private void assertRefused(String part) {
        assertRefused(folder, part);
    }

    private static void assertRefused(Path path, String part) {
        String message =
                assertThrows(IOException.class, () -> IdxFolder.read(path)).getMessage();
        assertTrue(message.contains(part), message);
        assertTrue(message.startsWith(path.toString()), message);
    }

    private void writeAll() throws IOException {
        write(TRAINING_IMAGES, images(TRAINING));
        write(TRAINING_LABELS, labels(TRAINING));
        write(TEST_IMAGES, images(TEST));
        write(TEST_LABELS, labels(TEST));
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private static byte[] images(LabelledImages images) {
        ByteBuffer file = ByteBuffer.allocate(16 + images.count() * images.size());
        file.put(header(0x803, images.count(), images.rows(), images.columns()));
        for (int i = 0; i < images.count(); i++) {
            for (int k = 0; k < images.size(); k++) {
                file.put((byte) images.pixel(i, k / images.columns(), k % images.columns()));
            }
        }
        return file.array();
    }

    private static byte[] labels(LabelledImages images) {
        ByteBuffer file = ByteBuffer.allocate(8 + images.count());
        file.put(header(0x801, images.count()));
        for (int i = 0; i < images.count(); i++) {
            file.put((byte) images.label(i));
        }
        return file.array();
    }

    private static byte[] header(int... words) {
        ByteBuffer header = ByteBuffer.allocate(4 * words.length);
        for (int word : words) {
            header.putInt(word);
        }
        return header.array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
