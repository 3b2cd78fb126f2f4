package dev.firstline.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are UTF-8 as RFC 3629 has it: the shortest form only, no surrogates, nothing above U+10FFFF.
 *
 * <p>The JDK's decoder says the same, but makes characters that nobody reads, of every line of a load run.
 */
public final class Utf8 {
    /** What {@link #fault} says of good bytes. */
    public static final int NO_FAULT = -1;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long TOP_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** Where the first sequence begins that is none, or {@link #NO_FAULT}. */
    public static int fault(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            if (at <= bytes.length - Long.BYTES && ((long) EIGHT_BYTES.get(bytes, at) & TOP_BITS) == 0) {
                at += Long.BYTES;
                continue;
            }
            int length = sequence(bytes, at);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return NO_FAULT;
    }

    /**
     * Whether a JSON parser may take these bytes for another encoding, or pass over a byte order mark: what begins in
     * neither white space nor ASCII is no JSON in UTF-8 anyhow.
     */
    public static boolean isMistaken(byte[] json) {
        return json.length > 1 && (json[0] <= 0 || json[1] == 0);
    }

    /** How long the sequence is that begins here, or 0 for none. */
    private static int sequence(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        int length = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (length == 0 || length > bytes.length - at) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        int secondMin = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int secondMax = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < secondMin || second > secondMax) {
            return 0;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
