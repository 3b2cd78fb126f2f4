package dev.firstline.gate.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.gate.CapacityResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SearchProofTest {
    private static final Answer.Asked ASKED = new Answer.Asked("capacity-1", "world", "load", null, 1);

    @Test
    void explore() {
        double lo = 9, hi = 13;
        for (int i = 0; i < 12; i++) {
            double mid = (lo + hi) / 2;
            if (World.queue(77).badShare(mid, 2_000_000) > 0.05) hi = mid; else lo = mid;
        }
        double truth = lo;
        System.out.println("truth " + truth);
        int n = 300;
        double[] ratio = new double[n];
        double time = 0, turns = 0; int covered = 0; int none=0; double[] last=new double[n]; int holds=0, steps=0;
        double[] width=new double[n];
        for (int s = 0; s < n; s++) {
            World world = World.queue(s);
            SearchPlan plan = World.plan(3.5);
            List<StepResult> log = world.search(plan);
            CapacityResult r = Answer.of(plan, log, ASKED, Optional.empty());
            if (r.knee() == null || r.knee().heldSeconds() == 0) { none++; ratio[s] = 1; System.out.println(r.reasons()); continue; }
            ratio[s] = r.knee().rate() / truth;
            last[s] = r.knee().lastPass() / truth;
            width[s] = (r.knee().high()-r.knee().low())/truth;
            if (r.knee().low() <= truth && truth <= r.knee().high()) covered++;
            for (StepResult step : log) { time += step.tookS(); turns += step.cost(); if (step.phase()==CapacityResult.Phase.HOLD) holds++; else steps++; }
        }
        double[] sorted = ratio.clone();
        Arrays.sort(sorted); Arrays.sort(last); Arrays.sort(width);
        System.out.printf("median %.3f 5%% %.3f 95%% %.3f; lastpass median %.3f 5 %.3f 95 %.3f%n", sorted[n/2], sorted[n/20], sorted[n-1-n/20], last[n/2], last[n/20], last[n-1-n/20]);
        long over5 = Arrays.stream(ratio).filter(r -> r > 1.05).count();
        long in = Arrays.stream(ratio).filter(r -> r >= .95 && r <= 1.08).count();
        System.out.println("over5 " + over5*100.0/n + "% in " + in*100.0/n + "% none " + none + " covered " + covered*100.0/n + " time " + time/n + " turns " + turns/n+" holds "+holds*1.0/n+" steps "+steps*1.0/n+" width "+width[n/2]);
        assertThat(none).isZero();
    }
}
