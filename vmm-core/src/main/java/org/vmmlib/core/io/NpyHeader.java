package org.vmmlib.core.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The dictionary in front of the data of a {@code .npy} file, such as
 * {@code {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }}: a Python literal, parsed strictly and never
 * evaluated. Exactly its three keys, each once, in any order.
 *
 * @param type NumPy's type string
 * @param fortranOrder whether the first index runs fastest
 * @param shape one length per dimension, as the file gives them
 */
record NpyHeader(String type, boolean fortranOrder, List<Long> shape) {

    /** More digits than any length has, few enough for a long. */
    private static final int MOST_DIGITS = 18;

    NpyHeader {
        shape = List.copyOf(shape);
    }

    /**
     * @param file for messages
     * @param text the header without its length
     * @throws MalformedFileException if it is anything else, or the type has several fields
     */
    static NpyHeader parse(Path file, String text) throws MalformedFileException {
        return new Parser(file, text).header();
    }

    private static final class Parser {
        private final Path file;
        private final String text;
        private int at;

        Parser(Path file, String text) {
            this.file = file;
            this.text = text;
        }

        NpyHeader header() throws MalformedFileException {
            @Nullable String type = null;
            @Nullable Boolean fortranOrder = null;
            @Nullable List<Long> shape = null;
            expect('{');
            while (!accept('}')) {
                String key = string();
                expect(':');
                boolean first;
                switch (key) {
                    case "descr" -> {
                        first = type == null;
                        type = type();
                    }
                    case "fortran_order" -> {
                        first = fortranOrder == null;
                        fortranOrder = truth();
                    }
                    case "shape" -> {
                        first = shape == null;
                        shape = tuple();
                    }
                    default -> throw malformed("has a key " + InputFile.quote(key));
                }
                if (!first) {
                    throw malformed("has the key '" + key + "' twice");
                }
                if (!accept(',')) {
                    expect('}');
                    break;
                }
            }
            skipSpace();
            if (at < text.length()) {
                throw malformed("goes on after its closing brace");
            }
            if (type == null || fortranOrder == null || shape == null) {
                throw malformed("lacks the key "
                        + (type == null ? "'descr'" : fortranOrder == null ? "'fortran_order'" : "'shape'"));
            }
            return new NpyHeader(type, fortranOrder, shape);
        }

        private String type() throws MalformedFileException {
            skipSpace();
            if (at < text.length() && (text.charAt(at) == '[' || text.charAt(at) == '(')) {
                throw new MalformedFileException(
                        file, "has elements of several fields: must be float64; save one field with astype('<f8')");
            }
            return string();
        }

        private String string() throws MalformedFileException {
            skipSpace();
            char quote = at < text.length() ? text.charAt(at) : ' ';
            if (quote != '\'' && quote != '"') {
                throw malformed("has no string at character " + at);
            }
            int end = text.indexOf(quote, at + 1);
            if (end < 0) {
                throw malformed("has a string without end at character " + at);
            }
            String content = text.substring(at + 1, end);
            if (content.indexOf('\\') >= 0) {
                throw malformed("has a backslash in a string at character " + at);
            }
            at = end + 1;
            return content;
        }

        private boolean truth() throws MalformedFileException {
            skipSpace();
            for (String word : new String[] {"True", "False"}) {
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return word.equals("True");
                }
            }
            throw malformed("has neither True nor False for 'fortran_order'");
        }

        private List<Long> tuple() throws MalformedFileException {
            List<Long> lengths = new ArrayList<>();
            expect('(');
            while (!accept(')')) {
                lengths.add(integer());
                if (!accept(',')) {
                    expect(')');
                    if (lengths.size() == 1) {
                        throw malformed("has a shape that is not a tuple");
                    }
                    break;
                }
            }
            return lengths;
        }

        private long integer() throws MalformedFileException {
            skipSpace();
            int start = at;
            if (at < text.length() && text.charAt(at) == '-') {
                at++;
            }
            int digits = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == digits) {
                throw malformed("has a length that is not an integer at character " + start);
            }
            if (at - digits > MOST_DIGITS) {
                throw new MalformedFileException(
                        file,
                        "has a length of " + InputFile.quote(text.substring(start, at))
                                + ": must be less than 2^31 elements in all");
            }
            long value = Long.parseLong(text, start, at, 10);
            if (at < text.length() && text.charAt(at) == 'L') {
                at++; // written by Python 2
            }
            return value;
        }

        private boolean accept(char c) {
            skipSpace();
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        private void expect(char c) throws MalformedFileException {
            if (!accept(c)) {
                throw malformed(String.format(Locale.ROOT, "has no '%c' at character %d", c, at));
            }
        }

        private void skipSpace() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
                at++;
            }
        }

        private MalformedFileException malformed(String problem) {
            return new MalformedFileException(
                    file, "is not a .npy file: its header " + problem + "; write it with numpy.save");
        }
    }
}
