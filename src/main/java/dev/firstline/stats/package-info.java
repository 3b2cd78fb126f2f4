/** What happened, in nanoseconds: clock, timings, outcomes, histograms, result files. */
@NullMarked
package dev.firstline.stats;

import org.jspecify.annotations.NullMarked;
