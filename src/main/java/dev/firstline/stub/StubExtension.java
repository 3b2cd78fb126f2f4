package dev.firstline.stub;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * JUnit 5's way to the stub: {@link FirstlineStub} on a class, or, for every option there is, {@code @RegisterExtension
 * static StubExtension stub = StubExtension.with(StubOptions.defaults().withJournal(0));}.
 *
 * <p>Constructors, lifecycle methods and test methods may ask for a {@link URI}, which is the stub's base URL, and for
 * the {@link StubServer} itself. A stub is started for each class, in this JVM and on a free port unless the options
 * name one; nested classes share it; it is closed when the last test of the class is over. Before each test it is as it
 * was when it was started ({@link StubServer#reset}), so tests of one class that run at the same time would end each
 * other's sessions: such a class wants {@code @Execution(SAME_THREAD)}. Classes that run at the same time have a stub
 * each.
 *
 * <p>The library {@code junit-jupiter-api} comes from the project whose tests these are.
 */
public final class StubExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(StubExtension.class);

    private final @Nullable StubOptions options;
    private volatile @Nullable StubServer last;

    /** For JUnit: the options are those of {@link FirstlineStub}, or the defaults where it is absent. */
    public StubExtension() {
        this(null);
    }

    private StubExtension(@Nullable StubOptions options) {
        this.options = options;
    }

    /** An extension to be registered by a field, which had better be static: otherwise each test starts a stub. */
    public static StubExtension with(StubOptions options) {
        return new StubExtension(options);
    }

    /**
     * The stub that was started last.
     *
     * @throws IllegalStateException if none was, as in the initialiser of a static field
     */
    public StubServer server() {
        StubServer server = last;
        if (server == null) {
            throw new IllegalStateException("the stub is started after static fields are set, before @BeforeAll");
        }
        return server;
    }

    /** Where it serves: {@code http://127.0.0.1:40001}. As {@link #server()}. */
    public URI baseUrl() {
        return server().baseUrl();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        started(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        started(context).reset();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == URI.class || type == StubServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        StubServer server = started(context);
        return parameter.getParameter().getType() == URI.class ? server.baseUrl() : server;
    }

    /**
     * With one instance for all tests of a class, its constructor asks before JUnit says that the class begins; so
     * whoever asks first starts the stub.
     */
    private StubServer started(ExtensionContext context) {
        Class<?> owner = owner(context.getRequiredTestClass());
        Object key = options == null ? owner : this;
        StubServer server = context.getStore(OURS)
                .getOrComputeIfAbsent(key, absent -> new Running(StubServer.start(optionsOf(owner))), Running.class)
                .server();
        last = server;
        return server;
    }

    private StubOptions optionsOf(Class<?> owner) {
        if (options != null) {
            return options;
        }
        return AnnotationSupport.findAnnotation(owner, FirstlineStub.class)
                .map(StubExtension::options)
                .orElse(StubOptions.defaults());
    }

    private static StubOptions options(FirstlineStub told) {
        return StubOptions.defaults()
                .withRoot(told.stubs().isEmpty() ? null : Path.of(told.stubs()))
                .withPlayback(Playback.recorded()
                        .withSpeed(told.speed())
                        .withFault(told.fault())
                        .withTiming(told.timing())
                        .withWorkers(told.workers())
                        .withSeed(told.seed()));
    }

    /** The class whose stub it is: the nearest that is annotated, else the outermost. */
    private static Class<?> owner(Class<?> testClass) {
        Class<?> around = testClass.getEnclosingClass();
        return around == null || AnnotationSupport.isAnnotated(testClass, FirstlineStub.class)
                ? testClass
                : owner(around);
    }

    /** What JUnit closes with the class; the newer way to say so is unknown to JUnit 5.12 and before. */
    @SuppressWarnings("deprecation")
    private record Running(StubServer server) implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }
}
