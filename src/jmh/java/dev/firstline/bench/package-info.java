/** What the harness itself costs, as programs that anyone can run: see CONTRIBUTING. */
@NullMarked
package dev.firstline.bench;

import org.jspecify.annotations.NullMarked;
