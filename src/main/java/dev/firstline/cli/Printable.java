package dev.firstline.cli;

/** Text that comes from a server, made fit for a terminal. */
final class Printable {
    private Printable() {}

    /**
     * At most so many characters of it; what a terminal obeys or does not show (control characters, marks of direction,
     * half characters) is written as {@code \}{@code u001b}.
     */
    static String of(String text, int charsMax) {
        StringBuilder printable = new StringBuilder(Math.min(text.length(), charsMax) + 1);
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (printable.length() >= charsMax) {
                return printable.append('…').toString();
            }
            int character = text.codePointAt(i);
            if (isShown(character)) {
                printable.appendCodePoint(character);
            } else {
                for (char half : Character.toChars(character)) {
                    printable.append("\\u%04x".formatted((int) half));
                }
            }
        }
        return printable.toString();
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
