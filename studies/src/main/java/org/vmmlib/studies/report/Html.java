package org.vmmlib.studies.report;

/** Text as HTML. */
final class Html {

    private Html() {}

    /** Text for the content of an element or a quoted attribute; control characters that HTML forbids are replaced. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(forbidden(c) ? '\uFFFD' : c);
            }
        }
        return out.toString();
    }

    private static boolean forbidden(char c) {
        return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
    }
}
