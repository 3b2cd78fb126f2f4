/** The front door: commands in, exit codes out. */
@NullMarked
package dev.firstline.cli;

import org.jspecify.annotations.NullMarked;
