package org.vmmlib.studies.report;

import java.text.Normalizer;

/**
 * Text for any terminal and any log: printable ASCII alone, so that it survives {@code LC_ALL=POSIX}, and so that a name
 * from outside cannot smuggle in control characters.
 */
public final class AsciiText {

    private AsciiText() {}

    /**
     * The nearest ASCII text: {@code 1.23 µA} becomes {@code 1.23 uA}. Accents are dropped, control characters and line
     * ends become blanks, and what has no counterpart a question mark.
     */
    public static String of(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder signs = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(c -> appendSign(signs, c));
        StringBuilder ascii = new StringBuilder(signs.length());
        Normalizer.normalize(signs, Normalizer.Form.NFKD).codePoints().forEach(c -> {
            if (c < ' ' || c == 0x7F || Character.isWhitespace(c) || Character.getType(c) == Character.CONTROL) {
                ascii.append(' ');
            } else if (c < 0x7F) {
                ascii.append((char) c);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                ascii.append('?');
            }
        });
        return ascii.toString();
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }

    private static void appendSign(StringBuilder out, int c) {
        switch (c) {
            case 'µ', 'μ' -> out.append('u');
            case 'Ω', '\u2126' -> out.append("Ohm");
            case 'σ' -> out.append("sigma");
            case '×' -> out.append('x');
            case '·' -> out.append('*');
            case '±' -> out.append("+/-");
            case '≤' -> out.append("<=");
            case '≥' -> out.append(">=");
            case '≈' -> out.append('~');
            case '→' -> out.append("->");
            case '√' -> out.append("sqrt");
            case '∞' -> out.append("inf");
            case '°' -> out.append("deg");
            case '−', '–', '—', '‐', '‑' -> out.append('-');
            case '‘', '’' -> out.append('\'');
            case '“', '”', '„' -> out.append('"');
            default -> out.appendCodePoint(c);
        }
    }
}
