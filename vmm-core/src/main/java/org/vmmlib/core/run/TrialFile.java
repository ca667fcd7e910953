package org.vmmlib.core.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.check.Require;

/**
 * Finished trials in a file. Each is appended as it comes, with a check sum; a record that an interruption or a full disk
 * left unfinished is dropped when the file is opened again. The file begins with the settings that the trials depend on,
 * and is refused for a run with others. One run at a time has it.
 *
 * <p>It is a plain {@link RandomAccessFile}, because writing to a channel would close it when the thread is interrupted.
 */
public final class TrialFile implements TrialStore, Closeable {

    private static final String MAGIC = "vmm trials 1\n";
    private static final int LONGEST_HEADER = 1 << 20;

    private final Path path;
    private final RandomAccessFile file;
    private final int values;
    private final Map<Integer, Long> places = new TreeMap<>();

    private TrialFile(Path path, RandomAccessFile file, int values) {
        this.path = path;
        this.file = file;
        this.values = values;
    }

    /**
     * Opens the file of a run, or begins it.
     *
     * @param path the file; its folder exists
     * @param settings all that the trials depend on, by name; without line ends
     * @param values that a trial gives, 1 or above
     * @param afresh whether to forget what it holds, whatever that is
     * @throws IllegalArgumentException if the file holds trials of other settings, is no such file, or another run has
     *     it; the message names the file and the setting
     * @throws IOException if the file cannot be read or written
     */
    public static TrialFile open(Path path, Map<String, String> settings, int values, boolean afresh)
            throws IOException {
        Require.within("values", values, 1, Integer.MAX_VALUE / Float.BYTES - Long.BYTES);
        byte[] header = header(settings, values);
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException(path + ": is a folder; name another, or remove it");
        }
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            lock(path, file);
            TrialFile trials = new TrialFile(path, file, values);
            if (afresh || file.length() == 0) {
                file.setLength(0);
                file.write(header);
            } else {
                trials.refuseOthers(settings, header);
                trials.readRecords(header.length);
            }
            return trials;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void lock(Path path, RandomAccessFile file) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IllegalArgumentException(
                    path + ": another run is writing to it; wait until that has ended, or name another folder");
        }
    }

    private static byte[] header(Map<String, String> settings, int values) {
        StringBuilder lines = new StringBuilder();
        settings.forEach((name, value) -> {
            if ((name + value).indexOf('\n') >= 0 || name.indexOf('=') >= 0) {
                throw new IllegalArgumentException(
                        "settings: " + name + " = " + value + ": must be without line ends, the name without '='");
            }
            lines.append(name).append('=').append(value).append('\n');
        });
        lines.append("values=").append(values).append('\n');
        byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
        byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
        Require.within("settings", text.length, 1, LONGEST_HEADER);
        return ByteBuffer.allocate(magic.length + Integer.BYTES + text.length)
                .put(magic)
                .putInt(text.length)
                .put(text)
                .array();
    }

    private void refuseOthers(Map<String, String> settings, byte[] header) throws IOException {
        byte[] there = new byte[(int) Math.min(header.length, file.length())];
        file.seek(0);
        file.readFully(there);
        if (Arrays.equals(there, header)) {
            return;
        }
        Map<String, String> old = settings();
        Map<String, String> now = new LinkedHashMap<>(settings);
        now.put("values", Integer.toString(values));
        for (Map.Entry<String, String> setting : now.entrySet()) {
            String before = old.get(setting.getKey());
            if (!setting.getValue().equals(before)) {
                throw new IllegalArgumentException(path + " holds trials of an unfinished run with "
                        + setting.getKey() + " = " + before + ", not " + setting.getValue()
                        + ": finish that run first, name another folder, or start afresh");
            }
        }
        throw new IllegalArgumentException(path
                + " holds trials of an unfinished run with other settings: finish that run first, name another folder,"
                + " or start afresh");
    }

    private Map<String, String> settings() throws IOException {
        byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
        byte[] there = new byte[magic.length];
        file.seek(0);
        if (file.length() >= magic.length + Integer.BYTES) {
            file.readFully(there);
            int length = file.readInt();
            if (Arrays.equals(there, magic) && length >= 0 && length <= file.length() - file.getFilePointer()) {
                byte[] text = new byte[Math.min(length, LONGEST_HEADER)];
                file.readFully(text);
                Map<String, String> settings = new LinkedHashMap<>();
                new String(text, StandardCharsets.UTF_8).lines().forEach(line -> {
                    int equals = line.indexOf('=');
                    if (equals > 0) {
                        settings.put(line.substring(0, equals), line.substring(equals + 1));
                    }
                });
                return settings;
            }
        }
        throw new IllegalArgumentException(
                path + " is no file of trials: remove it, name another folder, or start afresh");
    }

    /** A record: trial, values, check sum of both. */
    private int recordLength() {
        return Integer.BYTES + values * Float.BYTES + Long.BYTES;
    }

    private void readRecords(long from) throws IOException {
        byte[] record = new byte[recordLength()];
        long at = from;
        while (at + record.length <= file.length()) {
            file.seek(at);
            file.readFully(record);
            ByteBuffer content = ByteBuffer.wrap(record);
            if (content.getLong(record.length - Long.BYTES) != sum(record)) {
                break;
            }
            places.putIfAbsent(content.getInt(), at);
            at += record.length;
        }
        file.setLength(at);
    }

    private static long sum(byte[] record) {
        CRC32 sum = new CRC32();
        sum.update(record, 0, record.length - Long.BYTES);
        return sum.getValue();
    }

    @Override
    public synchronized Optional<float[]> find(int trial) {
        Long place = places.get(trial);
        if (place == null) {
            return Optional.empty();
        }
        byte[] record = new byte[recordLength()];
        try {
            file.seek(place);
            file.readFully(record);
        } catch (IOException e) {
            throw failed(e);
        }
        float[] found = new float[values];
        ByteBuffer.wrap(record, Integer.BYTES, values * Float.BYTES)
                .asFloatBuffer()
                .get(found);
        return Optional.of(found);
    }

    @Override
    public synchronized void keep(int trial, float[] given) {
        if (given.length != values) {
            throw new IllegalArgumentException("values has " + given.length + ": must have " + values);
        }
        byte[] record = new byte[recordLength()];
        ByteBuffer content = ByteBuffer.wrap(record).putInt(Require.within("trial", trial, 0, Integer.MAX_VALUE));
        content.asFloatBuffer().put(given);
        content.putLong(record.length - Long.BYTES, sum(record));
        try {
            long at = file.length();
            file.seek(at);
            file.write(record);
            places.putIfAbsent(trial, at);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException cause) {
        return new UncheckedIOException(new IOException(path + ": " + cause.getMessage(), cause));
    }

    /** Trials that it holds. */
    public synchronized int finished() {
        return places.size();
    }

    /**
     * Ends the file and removes it, for when the run is finished.
     *
     * @throws IOException if it cannot be removed
     */
    public synchronized void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
