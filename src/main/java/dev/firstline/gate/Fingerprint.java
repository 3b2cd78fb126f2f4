package dev.firstline.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What runs must share to be compared: the scenario, the target, the contract, the class of machine. */
public final class Fingerprint {
    private static final int ID_LENGTH = 12;

    private Fingerprint() {}

    /** A short name of a fingerprint, for folders: twelve hexadecimal digits. */
    public static String id(Map<String, String> fingerprint) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(fingerprint)
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        return hash(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A short name of some bytes. */
    public static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What differs, in one line each: {@code machine: 4 processors, accepted 2 processors}. */
    public static List<String> differences(Map<String, String> candidate, Map<String, String> accepted) {
        TreeSet<String> keys = new TreeSet<>(candidate.keySet());
        keys.addAll(accepted.keySet());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            String now = candidate.getOrDefault(key, "none");
            String before = accepted.getOrDefault(key, "none");
            if (!now.equals(before)) {
                differences.add(key + ": " + now + ", accepted " + before);
            }
        }
        return differences;
    }
}
