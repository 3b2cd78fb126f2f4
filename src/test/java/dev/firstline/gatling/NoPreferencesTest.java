package dev.firstline.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatling.commons.util.GatlingVersion;
import io.gatling.core.config.GatlingConfiguration;
import java.util.prefs.Preferences;
import org.junit.jupiter.api.Test;

class NoPreferencesTest {
    @Test
    void gatling_asks_nobody_for_a_newer_version() {
        Preferences known = Preferences.userRoot().node("/io/gatling/latestVersion");
        long lookedAt = known.getLong("lastCheckTimestamp", 0);
        assertThat(GatlingVersion.LatestRelease().isEmpty()).isTrue();
        // Whoever asks notes when, whether or not there was an answer.
        assertThat(known.getLong("lastCheckTimestamp", 0)).isEqualTo(lookedAt).isPositive();
    }

    @Test
    void gatling_sends_nothing_home_and_warms_up_on_nobodys_site() {
        GatlingConfiguration configuration = GatlingConfiguration.load();
        assertThat(configuration.data().enableAnalytics()).isFalse();
        assertThat(configuration.http().warmUpUrl().isEmpty()).isTrue();
    }
}
