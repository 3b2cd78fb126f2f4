/** SLOs, baselines, verdicts, the capacity search: pure functions of summaries. */
@NullMarked
package dev.firstline.gate;

import org.jspecify.annotations.NullMarked;
