package dev.firstline.run;

import dev.firstline.Misuse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Which customers and sessions stand in which injector's ledger, as 64 bits of a hash each, so that a merged folder can
 * be merged with more without their ledgers. That two names of a million share one by chance has odds of one in thirty
 * million.
 */
final class LedgerNames {
    /** What it is called in a merged run's folder. */
    static final String FILE_NAME = "ledger-names.gz";

    private static final int HEX = 16;

    private final SortedMap<Integer, List<Long>> names = new TreeMap<>();

    /** Two injectors whose ledgers have names in common. */
    record Clash(int injector, int other, long names) {}

    /** Takes a name of one injector's ledger. */
    void add(int injector, String name) {
        names.computeIfAbsent(injector, any -> new ArrayList<>()).add(hash(name));
    }

    /** Takes what a merged folder holds; nothing where no ledger was there when it was merged. */
    void addAll(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return;
        }
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] row = line.split(" ", -1);
                names.computeIfAbsent(Integer.parseInt(row[0]), any -> new ArrayList<>())
                        .add(Long.parseUnsignedLong(row[1], HEX));
            }
        } catch (IOException | RuntimeException e) {
            throw new Misuse(
                    "what a merge knows of its ledgers", "" + e.getMessage(), file.toString(), "the parts themselves");
        }
    }

    /** Writes them into a merged run's folder. */
    void write(Path folder) throws IOException {
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(FILE_NAME))), StandardCharsets.US_ASCII)) {
            for (Map.Entry<Integer, List<Long>> injector : names.entrySet()) {
                for (long name : injector.getValue()) {
                    out.write(injector.getKey() + " " + Long.toUnsignedString(name, HEX) + "\n");
                }
            }
        }
    }

    /** Every two injectors that have names in common. */
    List<Clash> clashes() {
        Map<Long, Integer> first = new HashMap<>();
        SortedMap<Integer, SortedMap<Integer, Long>> common = new TreeMap<>();
        names.forEach((injector, its) -> its.stream().distinct().forEach(name -> {
            Integer other = first.putIfAbsent(name, injector);
            if (other != null && !other.equals(injector)) {
                common.computeIfAbsent(other, any -> new TreeMap<>()).merge(injector, 1L, Long::sum);
            }
        }));
        List<Clash> clashes = new ArrayList<>();
        common.forEach((one, others) -> others.forEach((other, count) -> clashes.add(new Clash(one, other, count))));
        return clashes;
    }

    private static long hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                bits = bits << Byte.SIZE | (digest[i] & 0xff);
            }
            return bits;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
