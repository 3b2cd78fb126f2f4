package dev.firstline.stub.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A port whose connections lead to a server, and the toxics on the way. Only the loop's thread touches it. */
final class NamedProxy {
    /** How many toxics a proxy has at most. */
    static final int TOXICS_MAX = 64;

    private static final int BACKLOG = 1_024;
    private static final int ACCEPTED_AT_ONCE = 16;

    /** How long nobody is let in after the machine had no file descriptor left. */
    private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Surroundings surroundings;
    private final String name;
    private final Map<String, NamedToxic> toxics = new LinkedHashMap<>();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Loop.Alarm letInAgain;
    private Place listen;
    private HostPort upstream;
    private @Nullable ServerSocketChannel port;
    private @Nullable SelectionKey key;
    private @Nullable LookUp lookUp;
    private long accepted;

    NamedProxy(Surroundings surroundings, String name, Place listen, HostPort upstream) {
        this.surroundings = surroundings;
        this.name = name;
        this.listen = listen;
        this.upstream = upstream;
        this.letInAgain = surroundings.loop().alarm(() -> letIn(SelectionKey.OP_ACCEPT));
    }

    String name() {
        return name;
    }

    Place listen() {
        return listen;
    }

    HostPort upstream() {
        return upstream;
    }

    boolean isEnabled() {
        return port != null;
    }

    int connections() {
        return connections.size();
    }

    /** Whether it leads from and to somewhere else. */
    boolean differs(Place otherListen, HostPort otherUpstream) {
        return !upstream.equals(otherUpstream) || !listen.isSame(otherListen);
    }

    /**
     * Leads from and to somewhere else, for which every connection is closed, or is switched on or off.
     *
     * @throws ApiError if nobody can listen there; it goes on as it was then
     */
    void update(Place newListen, HostPort newUpstream, boolean enabled) {
        boolean wasOn = isEnabled();
        Place oldListen = listen;
        HostPort oldUpstream = upstream;
        if (differs(newListen, newUpstream)) {
            stop();
            upstream = newUpstream;
        }
        // Looked up anew, a name may have another address by now.
        if (!isEnabled()) {
            listen = newListen;
        }
        if (!enabled) {
            stop();
            return;
        }
        try {
            start();
        } catch (ApiError e) {
            listen = oldListen;
            upstream = oldUpstream;
            if (wasOn) {
                start();
            }
            throw e;
        }
    }

    /**
     * Begins to let connections in, if it does not yet.
     *
     * @throws ApiError if nobody can listen there
     */
    void start() {
        if (port != null) {
            return;
        }
        ServerSocketChannel opened = null;
        try {
            opened = ServerSocketChannel.open();
            opened.bind(listen.address(), BACKLOG);
            key = surroundings.loop().register(opened, SelectionKey.OP_ACCEPT, ready -> accept());
            listen = listen.withPort(((InetSocketAddress) opened.getLocalAddress()).getPort());
            port = opened;
        } catch (IOException | UnresolvedAddressException | SecurityException e) {
            close(opened);
            throw ApiError.cannotListen(
                    listen.written(),
                    e instanceof UnresolvedAddressException ? "no such host" : String.valueOf(e.getMessage()));
        }
    }

    /** Lets nobody in any more, and closes every connection. */
    void stop() {
        if (port == null) {
            return;
        }
        letInAgain.set(Toxic.NEVER);
        close(port);
        port = null;
        key = null;
        List.copyOf(connections).forEach(Connection::close);
        if (lookUp != null) {
            lookUp.waiting().clear();
        }
        try {
            surroundings.loop().letGo();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<NamedToxic> toxics() {
        List<NamedToxic> inOrder = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            toxics.values().stream()
                    .filter(toxic -> toxic.direction() == direction)
                    .forEach(inOrder::add);
        }
        return inOrder;
    }

    /** @throws ApiError if there is none */
    NamedToxic toxic(String toxic) {
        NamedToxic found = toxics.get(toxic);
        if (found == null) {
            throw ApiError.notFound("toxic");
        }
        return found;
    }

    /** @throws ApiError if there is one of that name, or are too many */
    void add(NamedToxic toxic) {
        if (toxics.containsKey(toxic.name())) {
            throw ApiError.exists("toxic");
        }
        if (toxics.size() >= TOXICS_MAX) {
            throw ApiError.tooMany(TOXICS_MAX + " toxics are the most a proxy has");
        }
        toxics.put(toxic.name(), toxic);
        List.copyOf(connections).forEach(connection -> connection.add(toxic));
    }

    void change(NamedToxic toxic) {
        toxics.put(toxic.name(), toxic);
        List.copyOf(connections).forEach(connection -> connection.change(toxic));
    }

    /** @throws ApiError if there is none */
    void remove(String toxic) {
        NamedToxic removed = toxic(toxic);
        toxics.remove(toxic);
        List.copyOf(connections).forEach(connection -> connection.remove(removed));
    }

    private void accept() {
        for (int i = 0; i < ACCEPTED_AT_ONCE && port != null; i++) {
            try {
                SocketChannel client = port.accept();
                if (client == null) {
                    return;
                }
                take(client);
            } catch (IOException e) {
                letIn(0);
                letInAgain.set(Toxic.later(surroundings.loop().nowNanos(), BREATH_NANOS));
                return;
            }
        }
    }

    private void letIn(int interest) {
        if (key != null && key.isValid()) {
            key.interestOps(interest);
        }
    }

    private void take(SocketChannel client) throws IOException {
        try {
            lead(client);
        } catch (IOException | RuntimeException e) {
            // It has left already, or cannot be led on.
            client.close();
        }
    }

    private void lead(SocketChannel client) throws IOException {
        if (!surroundings.mayComeIn()) {
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            client.close();
            return;
        }
        long number = accepted++;
        Connection[] made = new Connection[1];
        Connection connection = new Connection(
                surroundings.loop(), client, toxic -> chance(number, toxic), () -> connections.remove(made[0]));
        made[0] = connection;
        connections.add(connection);
        if (upstream.isLiteral()) {
            connection.connect(upstream.lookUp(), this::toxics);
        } else {
            lookUpFor(connection);
        }
    }

    /** One look-up at a time for all who come meanwhile, so a slow name costs one thread and not one a client. */
    private void lookUpFor(Connection connection) {
        LookUp going = lookUp;
        if (going != null && going.name().equals(upstream)) {
            going.waiting().add(connection);
            return;
        }
        LookUp begun = new LookUp(upstream, new ArrayList<>(List.of(connection)));
        try {
            surroundings.resolver().execute(() -> {
                InetSocketAddress address = begun.name().lookUp();
                surroundings.loop().post(() -> found(begun, address));
            });
            lookUp = begun;
        } catch (RejectedExecutionException e) {
            connection.close();
        }
    }

    private void found(LookUp done, InetSocketAddress address) {
        if (done.equals(lookUp)) {
            lookUp = null;
        }
        done.waiting().forEach(connection -> connection.connect(address, this::toxics));
    }

    /** A name that is being looked up, and who waits for that. */
    private record LookUp(HostPort name, List<Connection> waiting) {}

    /** The same for the same seed, proxy, connection and toxic, whatever else goes on. */
    private SplittableRandom chance(long number, NamedToxic toxic) {
        return new SplittableRandom(
                mixed(surroundings.seed(), number, name.hashCode(), toxic.name().hashCode()));
    }

    private static long mixed(long... parts) {
        long mixed = 0;
        for (long part : parts) {
            mixed = new SplittableRandom(mixed ^ part).nextLong();
        }
        return mixed;
    }

    private static void close(@Nullable ServerSocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // It is as closed as it can be.
        }
    }
}
