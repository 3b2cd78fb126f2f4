package dev.firstline.gatling;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.prefs.AbstractPreferences;
import java.util.prefs.Preferences;
import java.util.prefs.PreferencesFactory;
import org.jspecify.annotations.Nullable;

/**
 * Preferences that are forgotten with the process, and that say that Gatling has just looked for a newer version of
 * itself: the only way to keep a run from asking Maven Central. The JDK finds this class as a service, so it works
 * wherever the jar is on the class path, without a flag and without a file in anybody's home.
 */
public final class NoPreferences implements PreferencesFactory {
    private static final Preferences ROOT = root();

    /** For the JDK's service loader. */
    public NoPreferences() {}

    @Override
    public Preferences systemRoot() {
        return ROOT;
    }

    @Override
    public Preferences userRoot() {
        return ROOT;
    }

    private static Preferences root() {
        Preferences root = new InMemory(null, "");
        // As a time in the far future, the last look never grows old.
        root.node("/io/gatling/latestVersion").putLong("lastCheckTimestamp", Long.MAX_VALUE / 2);
        return root;
    }

    private static final class InMemory extends AbstractPreferences {
        private final Map<String, String> values = new ConcurrentHashMap<>();

        InMemory(@Nullable InMemory parent, String name) {
            super(parent, name);
        }

        @Override
        protected void putSpi(String key, String value) {
            values.put(key, value);
        }

        @Override
        @Nullable
        protected String getSpi(String key) {
            return values.get(key);
        }

        @Override
        protected void removeSpi(String key) {
            values.remove(key);
        }

        @Override
        protected void removeNodeSpi() {}

        @Override
        protected String[] keysSpi() {
            return values.keySet().toArray(String[]::new);
        }

        @Override
        protected String[] childrenNamesSpi() {
            // The parent class remembers the children it has made, and there are no others.
            return new String[0];
        }

        @Override
        protected AbstractPreferences childSpi(String name) {
            return new InMemory(this, name);
        }

        @Override
        protected void syncSpi() {}

        @Override
        protected void flushSpi() {}
    }
}
