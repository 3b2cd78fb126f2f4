package dev.firstline.stub;

import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import wiremock.org.eclipse.jetty.io.ManagedSelector;
import wiremock.org.eclipse.jetty.io.SocketChannelEndPoint;
import wiremock.org.eclipse.jetty.util.Callback;
import wiremock.org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection in clear whose chunks end when they end. Jetty sends the two bytes that end a chunk with the next one;
 * Python's requests, for one, hands out no chunk before it has them, and would see each line as late as the line after
 * it.
 *
 * <p>Relies on how Jetty hands a chunk over, in two buffers: its length and its content. The length of the first stands
 * behind the response's head, that of another behind the end of the chunk before it.
 */
final class PromptEndPoint extends SocketChannelEndPoint {
    private static final byte[] END = {'\r', '\n'};

    private boolean ended;

    PromptEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    @Override
    public void write(Callback callback, ByteBuffer... buffers) {
        super.write(callback, prompt(buffers));
    }

    private ByteBuffer[] prompt(ByteBuffer... buffers) {
        boolean headed = startsWith(buffers[0], 'H');
        if (ended && !headed && startsWith(buffers[0], END[0])) {
            buffers[0].position(buffers[0].position() + END.length);
        }
        ended = buffers.length == 2 && !(headed && endsWithHead(buffers[0]));
        if (!ended) {
            return buffers;
        }
        ByteBuffer[] prompt = Arrays.copyOf(buffers, buffers.length + 1);
        prompt[buffers.length] = ByteBuffer.wrap(END);
        return prompt;
    }

    /** Whether no chunk's length comes after the head: what follows has its length in the head. */
    private static boolean endsWithHead(ByteBuffer buffer) {
        int end = buffer.limit();
        return end - buffer.position() >= 4 && buffer.get(end - 1) == END[1] && buffer.get(end - 3) == END[1];
    }

    private static boolean startsWith(ByteBuffer buffer, int first) {
        return buffer.hasRemaining() && buffer.get(buffer.position()) == first;
    }
}
