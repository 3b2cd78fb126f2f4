/** The capacity search: what a step must hold, when it is decided, which rate comes next, and what it comes to. */
@NullMarked
package dev.firstline.gate.capacity;

import org.jspecify.annotations.NullMarked;
