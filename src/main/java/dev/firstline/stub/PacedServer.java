package dev.firstline.stub;

import com.github.tomakehurst.wiremock.common.JettySettings;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.HttpServer;
import com.github.tomakehurst.wiremock.http.HttpServerFactory;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.jetty11.Jetty11HttpServer;
import com.github.tomakehurst.wiremock.jetty11.Jetty11Utils;
import com.github.tomakehurst.wiremock.servlet.WireMockHandlerDispatchingServlet;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import wiremock.org.eclipse.jetty.io.ManagedSelector;
import wiremock.org.eclipse.jetty.io.NetworkTrafficListener;
import wiremock.org.eclipse.jetty.io.SocketChannelEndPoint;
import wiremock.org.eclipse.jetty.server.ConnectionFactory;
import wiremock.org.eclipse.jetty.server.Connector;
import wiremock.org.eclipse.jetty.server.Handler;
import wiremock.org.eclipse.jetty.server.HttpConfiguration;
import wiremock.org.eclipse.jetty.server.HttpConnectionFactory;
import wiremock.org.eclipse.jetty.server.ServerConnector;
import wiremock.org.eclipse.jetty.servlet.ServletContextHandler;
import wiremock.org.eclipse.jetty.servlet.ServletHolder;

/**
 * WireMock's HTTP server with one servlet exchanged. WireMock does not publish what is used here: its version is
 * pinned.
 */
final class PacedServer implements HttpServerFactory {
    private final Pacer pacer;
    private final Runnable beforeServing;

    /** @param beforeServing runs before the port is opened; what it throws keeps the server from starting */
    PacedServer(Pacer pacer, Runnable beforeServing) {
        this.pacer = pacer;
        this.beforeServing = beforeServing;
    }

    @Override
    public String getName() {
        return "paced-server";
    }

    @Override
    public HttpServer buildHttpServer(Options options, AdminRequestHandler admin, StubRequestHandler stubs) {
        return new Jetty(options, admin, stubs, this);
    }

    /** When WireMock stops, whoever started it. */
    @Override
    public void stop() {
        pacer.close();
    }

    private static final class Jetty extends Jetty11HttpServer {
        private final Runnable beforeServing;

        Jetty(Options options, AdminRequestHandler admin, StubRequestHandler stubs, PacedServer paced) {
            super(options, admin, stubs);
            this.beforeServing = paced.beforeServing;
            int exchanged = 0;
            for (Handler context : jettyServer.getChildHandlersByClass(ServletContextHandler.class)) {
                for (ServletHolder holder :
                        ((ServletContextHandler) context).getServletHandler().getServlets()) {
                    if (holder.getHeldClass() == WireMockHandlerDispatchingServlet.class) {
                        holder.setServlet(new PacedServlet(paced.pacer));
                        exchanged++;
                    }
                }
            }
            if (exchanged == 0) {
                throw new IllegalStateException("this WireMock has no servlet to exchange: is it not 3.13.2?");
            }
            forgetHeaders();
        }

        /**
         * Jetty remembers the headers of every connection, in 100 KB each: with 5,000 open streams that is half a
         * gigabyte, and more to collect than to parse again.
         */
        private void forgetHeaders() {
            for (Connector connector : jettyServer.getConnectors()) {
                for (ConnectionFactory factory : connector.getConnectionFactories()) {
                    if (factory instanceof HttpConfiguration.ConnectionFactory http) {
                        http.getHttpConfiguration().setHeaderCacheSize(0);
                    }
                }
            }
        }

        @Override
        public void start() {
            beforeServing.run();
            super.start();
        }

        /** WireMock's own connector listens to the traffic, and for that writes each line in three packets. */
        @Override
        protected ServerConnector createHttpConnector(
                String bindAddress, int port, JettySettings settings, NetworkTrafficListener listener) {
            ServerConnector connector =
                    new ServerConnector(
                            jettyServer, new HttpConnectionFactory(Jetty11Utils.createHttpConfig(settings))) {
                        @Override
                        protected SocketChannelEndPoint newEndPoint(
                                SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                            return new PromptEndPoint(channel, selector, key, getScheduler());
                        }
                    };
            Jetty11Utils.setJettySettings(settings, connector);
            connector.setHost(bindAddress);
            connector.setPort(port);
            return connector;
        }
    }
}
