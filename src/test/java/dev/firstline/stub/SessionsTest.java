package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private static final long IDLE_NANOS = Sessions.IDLE_TIME_TO_LIVE.toNanos();

    @Test
    void a_full_table_refuses_until_a_session_closes() {
        Sessions sessions = new Sessions(2);
        Session first = opened(sessions, 0);
        opened(sessions, 0);

        assertThat(sessions.open("b", "c", 0))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED));

        sessions.close(first);
        assertThat(sessions.open("b", "c", 0)).isInstanceOf(Session.class);
    }

    @Test
    void a_session_that_nobody_uses_is_forgotten_and_one_in_use_is_not() {
        Sessions sessions = new Sessions(2);
        Session used = opened(sessions, 0);
        Session idle = opened(sessions, 0);
        assertThat(sessions.find(ask(used), IDLE_NANOS)).isSameAs(used);

        assertThat(sessions.find(ask(idle), IDLE_NANOS + 1))
                .isEqualTo(new Refusal(GrpcCode.NOT_FOUND, "session not found"));
        assertThat(sessions.find(ask(used), IDLE_NANOS + 1)).isSameAs(used);
        assertThat(sessions.openCount(IDLE_NANOS + 1)).isEqualTo(1);
    }

    @Test
    void what_is_told_of_open_sessions_leaves_out_those_whose_time_is_over() {
        Sessions sessions = new Sessions(2);
        Session session = opened(sessions, 0);

        assertThat(sessions.open(IDLE_NANOS)).containsExactly(session);
        assertThat(sessions.openCount(IDLE_NANOS)).isEqualTo(1);
        assertThat(sessions.open(IDLE_NANOS + 1)).isEmpty();
        assertThat(sessions.openCount(IDLE_NANOS + 1)).isZero();
    }

    @Test
    void a_full_table_has_room_again_when_a_time_to_live_is_over() {
        Sessions sessions = new Sessions(1);
        opened(sessions, 0);

        assertThat(sessions.open("b", "c", IDLE_NANOS)).isInstanceOf(Refusal.class);
        assertThat(sessions.open("b", "c", IDLE_NANOS + 1)).isInstanceOf(Session.class);
    }

    @Test
    void closed_sessions_are_remembered_up_to_a_bound() {
        Sessions sessions = new Sessions(1);
        Session first = opened(sessions, 0);
        sessions.close(first);
        for (int i = 0; i < Sessions.CLOSED_REMEMBERED_MAX; i++) {
            sessions.close(opened(sessions, 0));
        }

        assertThat(sessions.find(ask(first), 1)).isEqualTo(new Refusal(GrpcCode.NOT_FOUND, "session not found"));
    }

    @Test
    void a_closed_session_is_remembered_as_closed() {
        Sessions sessions = new Sessions(2);
        Session session = opened(sessions, 0);
        sessions.close(session);

        assertThat(sessions.find(ask(session), 1))
                .isEqualTo(new Refusal(GrpcCode.FAILED_PRECONDITION, "session is closed"));
    }

    @Test
    void a_session_is_its_owners_only() {
        Sessions sessions = new Sessions(2);
        Session session = opened(sessions, 0);

        for (Ask other : List.of(ask(session, "x", "c"), ask(session, "b", "x"))) {
            assertThat(sessions.find(other, 1))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(GrpcCode.PERMISSION_DENIED));
        }
    }

    private static Session opened(Sessions sessions, long nowNanos) {
        return (Session) sessions.open("b", "c", nowNanos);
    }

    private static Ask ask(Session session) {
        return ask(session, "b", "c");
    }

    private static Ask ask(Session session, String businessId, String clientKey) {
        return new Ask(businessId, clientKey, session.id(), List.of());
    }
}
