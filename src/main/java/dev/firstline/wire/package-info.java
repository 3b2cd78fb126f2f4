/** Bytes become lines, lines become events; the API's vocabulary. */
@NullMarked
package dev.firstline.wire;

import org.jspecify.annotations.NullMarked;
