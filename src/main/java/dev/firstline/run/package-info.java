/**
 * One run from the first arrival to the verdict: target, embedded stub, warm-up, result files, judgement; the steps of
 * a capacity search; the certificate.
 */
@NullMarked
package dev.firstline.run;

import org.jspecify.annotations.NullMarked;
