/** Rooms in which every rule of the house is broken, to show that {@code ArrowsTest} would notice. */
@NullMarked
package dev.firstline.canary;

import org.jspecify.annotations.NullMarked;
