package dev.firstline.stub;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must not stand in a recording, by the looks of it. Adds rather one too many: a false find costs little. */
enum Sensitive {
    KEY(
            "key",
            // Prefixes by which well-known issuers mark their keys, and JSON Web Tokens.
            "\\b(?:sk|pk|rk)[-_](?:[A-Za-z]+[-_])?[A-Za-z0-9]{16,}",
            "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b",
            "\\bAIza[0-9A-Za-z_-]{35}",
            "\\bgh[a-z]_[A-Za-z0-9]{20,}",
            "\\bxox[a-z]-[A-Za-z0-9-]{10,}",
            "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)?",
            "(?i)\\b(?:bearer|basic)\\s+([A-Za-z0-9._~+/=-]{12,})",
            // A value behind a telling name, in a text or in an address.
            "(?i)(?:api[ _-]?key|access[_-]?key|token|secret|password|passwd|senha|contraseña|signature|[?&]sig)"
                    + "[\"']?\\s*[:=]\\s*[\"']?([^\\s\"'&,;<>{}]{4,})"),
    EMAIL("e-mail address", Sensitive.EMAIL_ADDRESS),
    CARD("card number", "(?<![\\w.+-])(?:\\d[ -]?){12,18}\\d(?![\\w-]|\\.\\d)") {
        @Override
        boolean accepts(String found) {
            return passesLuhn(digits(found));
        }
    },
    PHONE("phone number", "(?:(?<=%2[Bb])|(?<![\\w.+-]))\\+?\\(?\\d(?:[ .()-]{0,2}\\d){7,14}(?![\\w-]|\\.\\d)") {
        @Override
        boolean accepts(String found) {
            return looksLikePhone(found);
        }
    };

    /**
     * An address, its "at" also as an address in a URL has it. It is looked for where a word begins only, and so in a
     * time that grows as the text does.
     */
    static final String EMAIL_ADDRESS =
            "(?<![\\p{L}\\p{N}._%+'-])[\\p{L}\\p{N}._%+'-]+(?:@|%40)" + "[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+){1,10}";

    /** Names of members whose values are credentials or lead to a person, in lower case and without separators. */
    private static final Predicate<String> TELLING_NAME = Pattern.compile(
                    "(?:(?:api|access|private|secret|client|signing)key|secret|password|passwd|passphrase|senha|token"
                            + "|authorization|credentials?|cookie|email|emailaddress|mail|phone|phonenumber|telephone"
                            + "|telefone|celular|whatsapp|whatsappnumber|cpf|cnpj|ssn|passport|iban|cardnumber)$"
                            + "|^(?:pin|otp|cvv|cvc|tel|mobile)$")
            .asPredicate();

    private static final Pattern DATE = Pattern.compile("\\d{4}[ .-]\\d{2}[ .-]\\d{2}|\\d{2}[ .-]\\d{2}[ .-]\\d{4}");
    private static final Pattern DECIMAL = Pattern.compile("\\d+\\.\\d+|\\d{1,3}(?:\\.\\d{3})+");
    private static final Pattern YEARS = Pattern.compile("(?:(?:19|20)\\d\\d[ .()-]*)+");
    private static final Pattern LAST_GROUP = Pattern.compile("\\d{4,}$");
    private static final Pattern LOCAL = Pattern.compile("\\d{4}-\\d{4}");
    private static final int PHONE_DIGITS_MIN = 9;

    private final String label;
    // Patterns, which are immutable.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Pattern> patterns;

    Sensitive(String label, String... patterns) {
        this.label = label;
        this.patterns = List.of(patterns).stream().map(Pattern::compile).toList();
    }

    /** What one is called: {@code phone number}. */
    String label() {
        return label;
    }

    /** Where such things stand in a text. */
    List<Stretch> in(String text) {
        List<Stretch> found = new ArrayList<>();
        for (Pattern pattern : patterns) {
            for (Stretch stretch : all(pattern, text, label)) {
                if (accepts(text.substring(stretch.from(), stretch.to()))) {
                    found.add(stretch);
                }
            }
        }
        return found;
    }

    /** A stretch of a text, and what is said to be there. */
    record Stretch(int from, int to, String label) {}

    /** Where a pattern matches: its first group where it has one that took part, else all of it; never nothing. */
    static List<Stretch> all(Pattern pattern, String text, String label) {
        List<Stretch> found = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            MatchResult match = matcher.toMatchResult();
            int group = match.groupCount() > 0 && match.start(1) >= 0 ? 1 : 0;
            if (match.end(group) > match.start(group)) {
                found.add(new Stretch(match.start(group), match.end(group), label));
            }
        }
        return found;
    }

    /** Whether the value of a member of that name is a credential, a phone number or an address. */
    static boolean isTelling(String name) {
        return TELLING_NAME.test(name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT));
    }

    static String digits(String text) {
        return text.replaceAll("\\D", "");
    }

    boolean accepts(String found) {
        return !found.isEmpty();
    }

    private static boolean looksLikePhone(String found) {
        if (found.startsWith("+")) {
            return true;
        }
        int digits = digits(found).length();
        if (digits == found.length()) {
            return digits >= 10;
        }
        return (digits >= PHONE_DIGITS_MIN || LOCAL.matcher(found).matches())
                && LAST_GROUP.matcher(found).find()
                && !DATE.matcher(found).matches()
                && !DECIMAL.matcher(found).matches()
                && !YEARS.matcher(found).matches();
    }

    private static boolean passesLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : 2 * digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
