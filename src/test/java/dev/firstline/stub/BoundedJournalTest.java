package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.ImmutableRequest;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class BoundedJournalTest {
    @Test
    void the_newest_stand_first_and_the_oldest_go() {
        BoundedJournal journal = new BoundedJournal(2, 1_000);
        List<ServeEvent> events = List.of(event(1), event(1), event(1));
        events.forEach(journal::add);

        assertThat(journal.getAll()).containsExactly(events.get(2), events.get(1));
        assertThat(journal.getAllKeys())
                .containsExactly(events.get(2).getId(), events.get(1).getId());
        assertThat(journal.get(events.get(0).getId())).isEmpty();
    }

    @Test
    void large_bodies_make_the_oldest_go_sooner() {
        BoundedJournal journal = new BoundedJournal(100, 1_000);
        List<ServeEvent> events = List.of(event(400), event(400), event(400));
        events.forEach(journal::add);

        assertThat(journal.getAll()).containsExactly(events.get(2), events.get(1));
    }

    @Test
    void one_that_is_too_large_by_itself_is_not_kept() {
        BoundedJournal journal = new BoundedJournal(100, 1_000);
        journal.add(event(1_001));

        assertThat(journal.getAll()).isEmpty();
    }

    @Test
    void what_is_replaced_removed_or_cleared_weighs_nothing() {
        BoundedJournal journal = new BoundedJournal(100, 1_000);
        ServeEvent first = event(900);
        journal.add(first);
        journal.put(first.getId(), first);
        assertThat(journal.getAll()).containsExactly(first);

        journal.remove(first.getId());
        journal.remove(first.getId());
        journal.add(event(900));
        assertThat(journal.getAll()).hasSize(1);

        journal.clear();
        journal.removeLast();
        journal.add(event(900));
        assertThat(journal.getAll()).hasSize(1);
    }

    @Test
    void a_million_requests_leave_no_more_than_the_bound() {
        BoundedJournal journal = new BoundedJournal(1_000, BoundedJournal.BYTES_MAX);
        ServeEvent event = event(100);
        for (int i = 0; i < 1_000_000; i++) {
            journal.put(new UUID(0, i), event);
        }

        assertThat(journal.getAll()).hasSize(1_000);
    }

    private static ServeEvent event(int bodyBytes) {
        return ServeEvent.of(ImmutableRequest.create()
                .withAbsoluteUrl("http://example.com/")
                .withMethod(RequestMethod.POST)
                .withHeaders(new HttpHeaders())
                .withBody(new byte[bodyBytes])
                .build());
    }
}
