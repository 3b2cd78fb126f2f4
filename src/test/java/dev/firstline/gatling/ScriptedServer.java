package dev.firstline.gatling;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/** A server whose every answer is scripted, in HTTP/1.1 in the clear and in HTTP/2 over TLS alike. */
@SuppressWarnings("FutureReturnValueIgnored") // What the client does not get, it says.
final class ScriptedServer implements AutoCloseable {
    /** A request, as far as a script looks at it. */
    record Asked(String path, String body, @Nullable String apiKey, String headers, String connection) {}

    /** What a script can do to one request. All of it may be called from any thread. */
    abstract static class Reply {
        final Asked asked;
        final Channel channel;

        Reply(Asked asked, Channel channel) {
            this.asked = asked;
            this.channel = channel;
        }

        Reply status(int status, String contentType) {
            return status(status, contentType, "");
        }

        abstract Reply status(int status, String contentType, String location);

        /** Only now and then the same as a line. */
        abstract Reply bytes(byte[] chunk);

        abstract void end();

        /** The connection dies politely, in mid-air. */
        abstract void cut();

        /** HTTP/1.1: the connection is reset; HTTP/2: the stream is. */
        abstract void reset();

        Reply text(String chunk) {
            return bytes(chunk.getBytes(StandardCharsets.UTF_8));
        }

        Reply ok() {
            return status(200, "application/json");
        }

        void after(long millis, Runnable step) {
            channel.eventLoop().schedule(step, millis, TimeUnit.MILLISECONDS);
        }
    }

    final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    /** Answers that the client broke off. */
    final Semaphore brokenOff = new Semaphore(0);

    final AtomicInteger connections = new AtomicInteger();
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Consumer<Reply> script;
    private final int plainPort;
    private final int tlsPort;

    ScriptedServer(Consumer<Reply> script) {
        this.script = script;
        SslContext tls = tls();
        plainPort = listen(channel -> channel.pipeline()
                .addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Http1Handler()));
        tlsPort = listen(channel -> channel.pipeline()
                .addLast(
                        tls.newHandler(channel.alloc()),
                        Http2FrameCodecBuilder.forServer().build(),
                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel stream) {
                                stream.pipeline().addLast(new Http2Handler());
                            }
                        })));
    }

    String http1() {
        return "http://127.0.0.1:" + plainPort;
    }

    String http2() {
        return "https://127.0.0.1:" + tlsPort;
    }

    private int listen(Consumer<Channel> handlers) {
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.incrementAndGet();
                        handlers.accept(channel);
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private static SslContext tls() {
        try (InputStream file = Objects.requireNonNull(ScriptedServer.class.getResourceAsStream("localhost.p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, "firstline".toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, "firstline".toCharArray());
            return SslContextBuilder.forServer(keys)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            "h2"))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(Reply reply) {
        asked.add(reply.asked);
        script.accept(reply);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Http1Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
        private boolean answering;

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            answering = true;
            Asked asked = new Asked(
                    request.uri(),
                    request.content().toString(StandardCharsets.UTF_8),
                    request.headers().get("x-api-key"),
                    request.headers().toString(),
                    context.channel().id().asLongText());
            answer(new Reply(asked, context.channel()) {
                private boolean chunked;

                @Override
                Reply status(int status, String contentType, String location) {
                    DefaultHttpResponse head =
                            new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
                    chunked = !contentType.endsWith("; until-closed");
                    if (chunked) {
                        head.headers().set("transfer-encoding", "chunked");
                    }
                    head.headers().set("content-type", contentType);
                    if (!location.isEmpty()) {
                        head.headers().set("location", location);
                    }
                    channel.writeAndFlush(head);
                    return this;
                }

                @Override
                Reply bytes(byte[] chunk) {
                    ByteBuf content = Unpooled.wrappedBuffer(chunk);
                    channel.writeAndFlush(new DefaultHttpContent(content));
                    return this;
                }

                @Override
                void end() {
                    answering = false;
                    if (chunked) {
                        channel.writeAndFlush(new DefaultLastHttpContent());
                    } else {
                        channel.close();
                    }
                }

                @Override
                void cut() {
                    answering = false;
                    channel.close();
                }

                @Override
                void reset() {
                    answering = false;
                    channel.config().setOption(ChannelOption.SO_LINGER, 0);
                    channel.close();
                }
            });
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (answering) {
                brokenOff.release();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private final class Http2Handler extends ChannelInboundHandlerAdapter {
        private final StringBuilder body = new StringBuilder();
        private @Nullable Http2HeadersFrame head;

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            boolean last = false;
            if (frame instanceof Http2HeadersFrame headers) {
                head = headers;
                last = headers.isEndStream();
            } else if (frame instanceof Http2DataFrame data) {
                body.append(data.content().toString(StandardCharsets.UTF_8));
                last = data.isEndStream();
                data.release();
            }
            if (last) {
                Http2HeadersFrame asked = Objects.requireNonNull(head);
                CharSequence key = asked.headers().get("x-api-key");
                answer(reply(
                        new Asked(
                                asked.headers().path().toString(),
                                body.toString(),
                                key == null ? null : key.toString(),
                                asked.headers().toString(),
                                context.channel().parent().id().asLongText()),
                        context.channel()));
            }
        }

        private Reply reply(Asked asked, Channel stream) {
            return new Reply(asked, stream) {
                @Override
                Reply status(int status, String contentType, String location) {
                    DefaultHttp2Headers headers = new DefaultHttp2Headers();
                    headers.status(String.valueOf(status)).set("content-type", contentType);
                    if (!location.isEmpty()) {
                        headers.set("location", location);
                    }
                    channel.writeAndFlush(new DefaultHttp2HeadersFrame(headers));
                    return this;
                }

                @Override
                Reply bytes(byte[] chunk) {
                    channel.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(chunk)));
                    return this;
                }

                @Override
                void end() {
                    channel.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
                }

                @Override
                void cut() {
                    channel.parent().close();
                }

                @Override
                void reset() {
                    channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
                }
            };
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2ResetFrame) {
                brokenOff.release();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
