package dev.firstline.bench;

import dev.firstline.stats.Clock;
import dev.firstline.wire.Endpoint;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The other side of the benchmarks, in a process of its own and as cheap as can be: answers are encoded once, one HTTP
 * chunk a line, and sent as {@code /burst/20/0} (all lines in one flush), {@code /paced/20/5000} (one line each 5,000
 * microseconds), {@code /long/20/5000} (paced, with longer recommendations) or {@code /stamped/20/5000} (paced, and
 * each line says when it was written).
 *
 * <p>Prints its port and lives until its standard input ends, so it is gone with whoever started it.
 */
public final class LineServer {
    /** What stands before the stamp in the text of a stamped line. */
    static final String STAMP = "written at ";

    private static final int STAMP_DIGITS = 19;
    private static final int BACKLOG = 8192;
    private static final ByteBuf HEAD =
            constant("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    private static final ByteBuf END = constant("0\r\n\r\n");

    private LineServer() {}

    /** Starts it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Channel listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpRequestDecoder(), new Answering());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        System.out.println(((InetSocketAddress) listening.localAddress()).getPort());
        while (System.in.read() >= 0) {
            // Nothing is said to it; the end is what it waits for.
        }
        System.exit(0);
    }

    /** When a stamped line was written, on the clock that both processes share. */
    static long stampOf(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        int from = text.indexOf(STAMP) + STAMP.length();
        return Long.parseLong(text.substring(from, from + STAMP_DIGITS));
    }

    private static byte[] stamped(int number) {
        return AgentLines.text(
                number,
                (STAMP + "%0" + STAMP_DIGITS + "d").formatted(Clock.system().nanoTime()));
    }

    private static ByteBuf chunk(byte[] line) {
        byte[] size = (Integer.toHexString(line.length + 1) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return Unpooled.directBuffer(size.length + line.length + 3)
                .writeBytes(size)
                .writeBytes(line)
                .writeBytes(new byte[] {'\n', '\r', '\n'});
    }

    private static void write(ChannelHandlerContext connection, ByteBuf bytes) {
        Future<?> unused = connection.write(bytes, connection.voidPromise());
    }

    private static ByteBuf constant(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        return Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(bytes.readableBytes()).writeBytes(bytes));
    }

    /** One connection. */
    private static final class Answering extends SimpleChannelInboundHandler<HttpObject> {
        private static final Pattern PATH = Pattern.compile("/(burst|paced|long|stamped)/(\\d+)/(\\d+)");
        /** What may stand before it, for clients that ask an endpoint: {@code /…/invoke?/paced/20/5000}. */
        private static final String ENDPOINT = "^" + Endpoint.PATH_PREFIX + "\\w+\\?";

        private static final int LINES_MAX = 1_000;
        private static final List<ByteBuf> CHUNKS = chunks(AgentLines.reply(LINES_MAX));
        private static final List<ByteBuf> LONG_CHUNKS = chunks(AgentLines.longReply(LINES_MAX));

        private String path = "";

        @Override
        protected void channelRead0(ChannelHandlerContext connection, HttpObject part) {
            if (part instanceof HttpRequest request) {
                path = request.uri();
            }
            if (part instanceof LastHttpContent) {
                Matcher asked = PATH.matcher(path.replaceFirst(ENDPOINT, ""));
                if (!asked.matches()) {
                    throw new IllegalArgumentException("nothing is served at " + path);
                }
                int lines = Integer.parseInt(asked.group(2));
                if (asked.group(1).equals("burst")) {
                    burst(connection, lines);
                } else {
                    long gapNanos = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(asked.group(3)));
                    List<ByteBuf> chunks = asked.group(1).equals("long") ? LONG_CHUNKS : CHUNKS;
                    new Pace(
                                    connection,
                                    chunks.subList(0, lines),
                                    gapNanos,
                                    asked.group(1).equals("stamped"))
                            .next();
                }
            }
        }

        private static List<ByteBuf> chunks(List<byte[]> lines) {
            return lines.stream()
                    .map(line -> Unpooled.unreleasableBuffer(chunk(line)))
                    .toList();
        }

        private static void burst(ChannelHandlerContext connection, int lines) {
            write(connection, HEAD.duplicate());
            for (ByteBuf chunk : CHUNKS.subList(0, lines)) {
                write(connection, chunk.duplicate());
            }
            write(connection, END.duplicate());
            connection.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext connection, Throwable cause) {
            System.err.println(cause);
            Future<?> unused = connection.close();
        }
    }

    /** One paced answer. A line that is late does not delay those after it. */
    private static final class Pace implements Runnable {
        private final ChannelHandlerContext connection;
        private final List<ByteBuf> chunks;
        private final long gapNanos;
        private final boolean stamped;
        private final long beginNanos = Clock.system().nanoTime();
        private int sent;

        Pace(ChannelHandlerContext connection, List<ByteBuf> chunks, long gapNanos, boolean stamped) {
            this.connection = connection;
            this.chunks = chunks;
            this.gapNanos = gapNanos;
            this.stamped = stamped;
        }

        void next() {
            long waitNanos = beginNanos + (sent + 1) * gapNanos - Clock.system().nanoTime();
            Future<?> unused = connection.executor().schedule(this, waitNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void run() {
            if (!connection.channel().isActive()) {
                return;
            }
            if (sent == 0) {
                write(connection, HEAD.duplicate());
            }
            ByteBuf line = stamped ? chunk(stamped(sent)) : chunks.get(sent).duplicate();
            write(connection, line);
            if (++sent == chunks.size()) {
                write(connection, END.duplicate());
            } else {
                next();
            }
            connection.flush();
        }
    }
}
