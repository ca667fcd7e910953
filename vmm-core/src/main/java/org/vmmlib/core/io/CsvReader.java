package org.vmmlib.core.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/** Reads one CSV file, byte by byte: whatever is not ASCII is not a number anyway. */
final class CsvReader implements Closeable {

    private static final int END = -1;
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_FIELD = 1000;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Path file;
    private final InputStream stream;
    private final byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;

    private final StringBuilder field = new StringBuilder();
    private int line = 1;
    private int column = 1;
    private double[] data = new double[1024];
    private int count;

    CsvReader(Path file) throws IOException {
        this.file = file;
        stream = Files.newInputStream(InputFile.require(file));
    }

    DMatrixRMaj read() throws IOException {
        skipByteOrderMark();
        int columns = 0;
        int rows = 0;
        int emptyLine = 0;
        int delimiter;
        do {
            delimiter = field();
            if (column == 1 && delimiter != ',' && field.length() == 0) {
                emptyLine = emptyLine == 0 ? line : emptyLine;
                line++;
                continue;
            }
            if (emptyLine != 0) {
                throw new MalformedFileException(
                        file, String.format(Locale.ROOT, "line %d is empty: must hold numbers", emptyLine));
            }
            add(number());
            if (delimiter == ',') {
                column++;
                continue;
            }
            if (rows == 0) {
                columns = column;
            } else if (column != columns) {
                throw new MalformedFileException(
                        file,
                        String.format(
                                Locale.ROOT,
                                "line %d has %d fields: must have %d, as line 1 does",
                                line,
                                column,
                                columns));
            }
            rows++;
            line++;
            column = 1;
        } while (delimiter != END);
        if (rows == 0) {
            throw new MalformedFileException(file, "is empty: must have a line of numbers");
        }
        return DMatrixRMaj.wrap(rows, columns, Arrays.copyOf(data, count));
    }

    private void skipByteOrderMark() throws IOException {
        refill();
        int length = BYTE_ORDER_MARK.length;
        if (end >= length && Arrays.equals(buffer, 0, length, BYTE_ORDER_MARK, 0, length)) {
            start = length;
        }
    }

    private void refill() throws IOException {
        start = 0;
        end = Math.max(0, stream.readNBytes(buffer, 0, BUFFER));
    }

    private int next() throws IOException {
        if (start == end) {
            refill();
            if (end == 0) {
                return END;
            }
        }
        return buffer[start++] & 0xff;
    }

    /** Reads a field without the blanks around it; returns what ended it: a comma, a line feed or the end. */
    private int field() throws IOException {
        field.setLength(0);
        int c = next();
        while (c != ',' && c != '\n' && c != END) {
            if (field.length() > 0 || (c != ' ' && c != '\t')) {
                if (field.length() == LONGEST_FIELD) {
                    throw refused("is " + InputFile.quote(field.toString()) + ": too long for a number, must have "
                            + LONGEST_FIELD + " characters or fewer, fields separated by commas");
                }
                field.append((char) c);
            }
            c = next();
        }
        int length = field.length();
        if (c != ',' && length > 0 && field.charAt(length - 1) == '\r') {
            length--;
        }
        while (length > 0 && (field.charAt(length - 1) == ' ' || field.charAt(length - 1) == '\t')) {
            length--;
        }
        field.setLength(length);
        return c;
    }

    private double number() throws MalformedFileException {
        if (field.length() == 0) {
            throw refused("is empty: must be a finite number");
        }
        String text = field.toString();
        if (!isDecimal(text)) {
            throw refused("is " + InputFile.quote(text)
                    + ": must be a finite number such as -1.5e-3, with a decimal point, fields separated by commas");
        }
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw refused("is " + InputFile.quote(text) + ": must be from -1.797e308 to 1.797e308");
        }
        return number;
    }

    /** Java's own parser also takes NaN, hexadecimal digits and type suffixes. */
    private static boolean isDecimal(String text) {
        int at = skipSign(text, 0);
        int point = skipDigits(text, at);
        int digits = point - at;
        at = point;
        if (at < text.length() && text.charAt(at) == '.') {
            int last = skipDigits(text, at + 1);
            digits += last - at - 1;
            at = last;
        }
        if (digits == 0) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int exponent = skipSign(text, at + 1);
            at = skipDigits(text, exponent);
            if (at == exponent) {
                return false;
            }
        }
        return at == text.length();
    }

    private static int skipSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? at + 1 : at;
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private void add(double number) throws MalformedFileException {
        if (count == data.length) {
            int most = Integer.MAX_VALUE - 8;
            if (count == most) {
                throw new MalformedFileException(file, "is too large: must have " + most + " numbers or fewer");
            }
            data = Arrays.copyOf(data, (int) Math.min(2L * count, most));
        }
        data[count++] = number;
    }

    private MalformedFileException refused(String problem) {
        return new MalformedFileException(
                file, String.format(Locale.ROOT, "line %d, column %d %s", line, column, problem));
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
