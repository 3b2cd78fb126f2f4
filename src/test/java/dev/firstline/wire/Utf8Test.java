package dev.firstline.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    /** Bytes at and around every bound that a later byte of a sequence can have. */
    private static final int[] TELLING = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};

    @Test
    void every_pair_of_bytes_with_any_telling_two_behind_it_is_judged_as_the_jdk_judges_it() {
        for (int pair = 0; pair <= 0xFFFF; pair++) {
            for (int third : TELLING) {
                agree((byte) (pair >> 8), (byte) pair, (byte) third);
                agree((byte) (pair >> 8), (byte) pair, (byte) third, (byte) 0x80);
                agree((byte) (pair >> 8), (byte) pair, (byte) 0x80, (byte) third);
            }
        }
    }

    @Test
    void a_fault_is_found_wherever_it_lies_among_letters() {
        Random random = new Random(7);
        byte[] text = "Olá! Você procura 服 ou 😀 até US$ 100? 0123456789 abcdefghijk".getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.fault(text)).isEqualTo(Utf8.NO_FAULT);
        for (int i = 0; i < 20_000; i++) {
            byte[] spoilt = text.clone();
            spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
            agree(spoilt);
        }
        for (int length = 0; length < text.length; length++) {
            agree(Arrays.copyOf(text, length));
        }
    }

    private static void agree(byte... bytes) {
        ByteBuffer read = ByteBuffer.wrap(bytes);
        boolean fault = StandardCharsets.UTF_8
                .newDecoder()
                .decode(read, CharBuffer.allocate(bytes.length), true)
                .isError();
        int expected = fault ? read.position() : Utf8.NO_FAULT;
        if (Utf8.fault(bytes) != expected) {
            assertThat(Utf8.fault(bytes)).as(Arrays.toString(bytes)).isEqualTo(expected);
        }
    }
}
