package dev.firstline.stub.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** The proxies by their names. Only the loop's thread touches them. */
final class Proxies {
    /** How many there are at most. */
    static final int PROXIES_MAX = 100;

    private final Map<String, NamedProxy> proxies = new TreeMap<>();
    private final Surroundings surroundings;

    Proxies(Loop loop, Executor resolver, long seed) {
        surroundings = new Surroundings(loop, resolver, seed, () -> connections() < FaultProxy.CONNECTIONS_MAX);
    }

    /** What a caller wants a proxy to be. */
    record Wish(String name, Place listen, HostPort upstream, boolean enabled) {}

    List<NamedProxy> all() {
        return List.copyOf(proxies.values());
    }

    int connections() {
        return proxies.values().stream().mapToInt(NamedProxy::connections).sum();
    }

    /** @throws ApiError if there is none */
    NamedProxy get(String name) {
        NamedProxy found = proxies.get(name);
        if (found == null) {
            throw ApiError.notFound("proxy");
        }
        return found;
    }

    /** @throws ApiError if there is one of that name, are too many, or nobody can listen there */
    NamedProxy create(Wish wish) {
        if (proxies.containsKey(wish.name())) {
            throw ApiError.exists("proxy");
        }
        return start(wish);
    }

    /** As {@link #create}, but one of that name makes way, unless it leads from and to the same places. */
    NamedProxy createOrReplace(Wish wish) {
        NamedProxy there = proxies.get(wish.name());
        if (there == null) {
            return start(wish);
        }
        if (!there.differs(wish.listen(), wish.upstream())) {
            return there;
        }
        boolean wasOn = there.isEnabled();
        remove(wish.name());
        try {
            return start(wish);
        } catch (ApiError e) {
            proxies.put(there.name(), there);
            if (wasOn) {
                there.start();
            }
            throw e;
        }
    }

    private NamedProxy start(Wish wish) {
        if (proxies.size() >= PROXIES_MAX) {
            throw ApiError.tooMany(PROXIES_MAX + " proxies are the most there are");
        }
        NamedProxy proxy = new NamedProxy(surroundings, wish.name(), wish.listen(), wish.upstream());
        if (wish.enabled()) {
            proxy.start();
        }
        proxies.put(wish.name(), proxy);
        return proxy;
    }

    /** @throws ApiError if there is none */
    void remove(String name) {
        get(name).stop();
        proxies.remove(name);
    }

    /**
     * Switches every proxy on, and takes every toxic away.
     *
     * @throws ApiError if some cannot listen, once all others do
     */
    void reset() {
        List<ApiError> refused = new ArrayList<>();
        for (NamedProxy proxy : all()) {
            new ArrayList<>(proxy.toxics()).forEach(toxic -> proxy.remove(toxic.name()));
            try {
                proxy.start();
            } catch (ApiError e) {
                refused.add(e);
            }
        }
        if (!refused.isEmpty()) {
            throw new ApiError(
                    refused.get(0).status(),
                    refused.stream().map(ApiError::message).collect(Collectors.joining("; ")));
        }
    }

    void stop() {
        all().forEach(proxy -> remove(proxy.name()));
    }
}
