package dev.firstline.stub.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection and the one to the server that belongs to it. Nothing is read of the client before the server
 * has answered.
 */
final class Connection implements Loop.Ready {
    private final Loop loop;
    private final SocketChannel client;
    private final SelectionKey clientKey;
    private final Function<NamedToxic, SplittableRandom> random;
    private final Runnable ended;
    private @Nullable SocketChannel server;
    private @Nullable SelectionKey serverKey;
    private @Nullable Pipe upstream;
    private @Nullable Pipe downstream;
    private boolean closed;

    /**
     * @param random what chance decides for a toxic on this connection
     * @param ended is told once it is over, however it ended
     */
    Connection(Loop loop, SocketChannel client, Function<NamedToxic, SplittableRandom> random, Runnable ended)
            throws IOException {
        this.loop = loop;
        this.client = client;
        this.random = random;
        this.ended = ended;
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        clientKey = loop.register(client, 0, this);
    }

    /**
     * Calls the server.
     *
     * @param toxics those that there are when it answers
     */
    void connect(InetSocketAddress address, Supplier<List<NamedToxic>> toxics) {
        if (closed) {
            return;
        }
        try {
            if (address.isUnresolved()) {
                throw new IOException("no such host: " + address.getHostString());
            }
            SocketChannel channel = SocketChannel.open();
            server = channel;
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            serverKey = loop.register(channel, SelectionKey.OP_CONNECT, key -> connected(key, toxics));
            if (channel.connect(address)) {
                connected(serverKey, toxics);
            }
        } catch (IOException | RuntimeException e) {
            // As Toxiproxy does: a client whose server cannot be reached sees its connection closed.
            close();
        }
    }

    private void connected(SelectionKey key, Supplier<List<NamedToxic>> toxics) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            channel.finishConnect();
            upstream = pipe(Direction.UPSTREAM, client, channel, toxics.get());
            downstream = pipe(Direction.DOWNSTREAM, channel, client, toxics.get());
            key.attach(this);
            pumped();
        } catch (IOException | RuntimeException e) {
            close();
        }
    }

    private Pipe pipe(Direction direction, SocketChannel source, SocketChannel sink, List<NamedToxic> toxics) {
        List<Stage> stages = toxics.stream()
                .filter(toxic -> toxic.direction() == direction)
                .map(toxic -> new Stage(toxic, random.apply(toxic), loop.nowNanos()))
                .toList();
        return new Pipe(loop, source, sink, stages, this::pumped);
    }

    @Override
    public void ready(SelectionKey key) {
        if (upstream == null || downstream == null || !key.isValid()) {
            return;
        }
        try {
            boolean ofClient = key == clientKey;
            if (key.isReadable()) {
                (ofClient ? upstream : downstream).read();
            }
            if (key.isValid() && key.isWritable()) {
                (ofClient ? downstream : upstream).pump();
            }
            settle();
        } catch (IOException | RuntimeException e) {
            reset();
        }
    }

    /** Moves whatever may move by now. */
    private void pumped() {
        try {
            if (upstream != null && downstream != null && !closed) {
                upstream.pump();
                downstream.pump();
                settle();
            }
        } catch (IOException | RuntimeException e) {
            reset();
        }
    }

    private void settle() {
        if (upstream == null || downstream == null || serverKey == null) {
            return;
        }
        Chunk.End up = upstream.over();
        Chunk.End down = downstream.over();
        if (up == Chunk.End.RESET || down == Chunk.End.RESET) {
            reset();
        } else if (up == Chunk.End.CUT || down == Chunk.End.CUT || (up != null && down != null)) {
            close();
        } else {
            interest(clientKey, upstream.wantsBytes(), downstream.hasBytes());
            interest(serverKey, downstream.wantsBytes(), upstream.hasBytes());
        }
    }

    private static void interest(SelectionKey key, boolean toRead, boolean toWrite) {
        int wanted = (toRead ? SelectionKey.OP_READ : 0) | (toWrite ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    void add(NamedToxic toxic) {
        Pipe pipe = pipe(toxic.direction());
        if (pipe != null) {
            pipe.add(toxic, random.apply(toxic));
            pumped();
        }
    }

    void change(NamedToxic toxic) {
        Pipe pipe = pipe(toxic.direction());
        if (pipe != null) {
            pipe.change(toxic);
            pumped();
        }
    }

    void remove(NamedToxic toxic) {
        Pipe pipe = pipe(toxic.direction());
        if (pipe != null) {
            pipe.remove(toxic.name());
            pumped();
        }
    }

    private @Nullable Pipe pipe(Direction direction) {
        return direction == Direction.UPSTREAM ? upstream : downstream;
    }

    /** Closes both sides at once. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (Pipe pipe : new Pipe[] {upstream, downstream}) {
            if (pipe != null) {
                pipe.close();
            }
        }
        close(client);
        if (server != null) {
            close(server);
        }
        ended.run();
    }

    /** Resets both sides. */
    private void reset() {
        linger(client);
        if (server != null) {
            linger(server);
        }
        close();
    }

    /** With a linger time of none the close is a reset. */
    private static void linger(SocketChannel channel) {
        try {
            if (channel.isOpen()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // It is closed by the other side already.
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is as closed as it can be.
        }
    }
}
