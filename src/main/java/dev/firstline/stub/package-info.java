/** Replays what was recorded, with state and faults; records it too; a proxy that spoils the network. */
@NullMarked
package dev.firstline.stub;

import org.jspecify.annotations.NullMarked;
