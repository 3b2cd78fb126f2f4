package dev.firstline.stub;

import dev.firstline.Misuse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands something harmless in the place of a value: always the same for the same value, another for another.
 *
 * <p>A replacement has the shape of what it replaces: letters for letters of the same case, digits for digits, all else
 * kept, as many characters and as many bytes. E-mail addresses end in {@code .invalid}, which nobody can own; numbers
 * of seven digits or more begin with 999, which no country has, and are equal if their digits are, however they are
 * written. Without the secret nobody can tell what stood there, not even by trying. Thread-safe.
 */
final class Pseudonyms {
    /** How many values are told apart before it refuses. */
    static final int VALUES_MAX = 100_000;

    private static final int ATTEMPTS_MAX = 64;
    private static final int NUMBER_DIGITS_MIN = 7;
    private static final String NOWHERE = ".invalid";
    private static final Pattern NUMBER = Pattern.compile("[+(]*\\d[\\d .()+-]*");
    private static final Pattern EMAIL = Pattern.compile(Sensitive.EMAIL_ADDRESS);
    private static final Pattern AT = Pattern.compile("@|%40");

    private final SecretKeySpec secret;
    /** Which attempt gave a value its replacement; values that count as one have one entry. */
    private final Map<String, Integer> attempts = new HashMap<>();

    private final Set<String> taken = new HashSet<>();

    /** @param secret at least 16 random bytes, kept nowhere */
    Pseudonyms(byte[] secret) {
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
    }

    /**
     * What stands for a value.
     *
     * @throws Misuse if there have been too many
     */
    synchronized String of(String value) {
        Integer known = attempts.get(canonical(value));
        if (known != null) {
            return make(value, known);
        }
        if (attempts.size() >= VALUES_MAX) {
            throw new Misuse(
                    "at most " + VALUES_MAX + " values to redact",
                    "one more",
                    "the recordings of one command",
                    "begin a new one");
        }
        int attempt = 0;
        String made = make(value, attempt);
        // Of a few letters only so many are different: then two values may share one.
        while (attempt < ATTEMPTS_MAX && (made.equals(value) || taken.contains(canonical(made)))) {
            made = make(value, ++attempt);
        }
        attempts.put(canonical(value), attempt);
        taken.add(canonical(made));
        return made;
    }

    /** Whether this is a replacement, and so needs none. */
    synchronized boolean isOne(String text) {
        return taken.contains(canonical(text));
    }

    /** Says that this text is a part of a replacement. */
    synchronized void take(String part) {
        taken.add(canonical(part));
    }

    private String make(String value, int attempt) {
        if (EMAIL.matcher(value).matches()) {
            String[] halves = AT.split(value, 2);
            String at = value.substring(halves[0].length(), value.length() - halves[1].length());
            int letters = Math.max(1, halves[1].length() - NOWHERE.length());
            String domain = new Letters(canonical(halves[1]), attempt).shape("x".repeat(letters));
            return new Letters(canonical(value), attempt).shape(halves[0]) + at + domain + NOWHERE;
        }
        Letters letters = new Letters(canonical(value), attempt);
        return isNumber(value) ? letters.number(value) : letters.shape(value);
    }

    private static boolean isNumber(String value) {
        return NUMBER.matcher(value).matches() && Sensitive.digits(value).length() >= NUMBER_DIGITS_MIN;
    }

    /** What makes two values one. */
    private static String canonical(String value) {
        return isNumber(value)
                ? Sensitive.digits(value)
                : AT.matcher(value).replaceFirst("@").toLowerCase(Locale.ROOT);
    }

    /** An endless row of numbers that a value and the secret decide, made into characters. */
    private final class Letters {
        private static final String NO_COUNTRY = "999";

        private final String seed;
        private byte[] block = {};
        private int blocks;
        private int next;

        Letters(String canonical, int attempt) {
            // Short, however long the value is: every block is made of it.
            this.seed = Base64.getEncoder().encodeToString(hmac(canonical + '\n' + attempt)) + '\n';
        }

        String shape(String value) {
            StringBuilder made = new StringBuilder(value.length());
            value.codePoints().forEach(c -> made.appendCodePoint(like(c)));
            return made.toString();
        }

        String number(String value) {
            StringBuilder made = new StringBuilder(value.length());
            int digits = 0;
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                boolean digit = c >= '0' && c <= '9';
                made.append(digit ? digits < NO_COUNTRY.length() ? NO_COUNTRY.charAt(digits) : digit() : c);
                digits += digit ? 1 : 0;
            }
            return made.toString();
        }

        private int like(int c) {
            if (c >= '0' && c <= '9') {
                return digit();
            }
            if (!Character.isLetterOrDigit(c)) {
                return c;
            }
            // The ranges keep the number of bytes in UTF-8, too.
            if (c < 0x80) {
                return (Character.isUpperCase(c) ? 'A' : 'a') + next(26);
            }
            if (c < 0x800) {
                return (Character.isUpperCase(c) ? 0xC0 : 0xE0) + next(0x17);
            }
            return c < 0x10000 ? 0x4E00 + next(0x1000) : 0x20000 + next(0x1000);
        }

        private char digit() {
            // Never 0, so that a JSON number stays one.
            return (char) ('1' + next(9));
        }

        private int next(int bound) {
            if (next + 1 >= block.length) {
                block = hmac(seed + blocks++);
                next = 0;
            }
            int number = (block[next] & 0xFF) << 8 | (block[next + 1] & 0xFF);
            next += 2;
            return number % bound;
        }
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
