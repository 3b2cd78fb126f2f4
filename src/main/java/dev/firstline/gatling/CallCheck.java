package dev.firstline.gatling;

import dev.firstline.stats.CallResult;
import dev.firstline.stats.RuleHit;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the contract says of one call's answer. On the event loop of its user. */
final class CallCheck {
    private final @Nullable AnswerCheck check;
    private AnswerCheck.Checked checked = AnswerCheck.Checked.NOTHING;

    /** @param check what the answer is held against, or null */
    CallCheck(@Nullable AnswerCheck check) {
        this.check = check;
    }

    /** Whether an answer's lines are wanted once it is over. */
    boolean wantsLines() {
        return check != null;
    }

    /** Whether an answer of that status is held against anything: only what succeeds is promised a form. */
    boolean concerns(int status) {
        return check != null && status / 100 == 2;
    }

    /**
     * Starts the check.
     *
     * @param then is called once, on the loop, whatever became of the check
     */
    void start(AnswerCheck.Received answer, EventLoop loop, Runnable then) {
        if (check == null) {
            throw new IllegalStateException("nothing to check against");
        }
        OffTheLoop.check(check, answer, loop, result -> {
            checked = result.orElse(AnswerCheck.Checked.NOTHING);
            then.run();
        });
    }

    /** The first promise that was broken. */
    Optional<RuleHit> violation() {
        return checked.findings().stream().filter(RuleHit::violation).findFirst();
    }

    List<RuleHit> findings() {
        return checked.findings();
    }

    /** As {@link CallResult#linesChecked()} wants it. */
    int linesChecked() {
        return check == null ? CallResult.NOT_CHECKED : checked.lines();
    }

    /** How many of the lines that came were not checked. */
    int linesUnchecked(int came) {
        return check == null ? 0 : Math.max(0, came - checked.lines());
    }
}
