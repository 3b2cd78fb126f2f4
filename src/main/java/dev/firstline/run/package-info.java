/** One run from the first arrival to the verdict: target, embedded stub, warm-up, result files, judgement. */
@NullMarked
package dev.firstline.run;

import org.jspecify.annotations.NullMarked;
