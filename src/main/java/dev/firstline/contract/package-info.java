/** Is this what was promised? */
@NullMarked
package dev.firstline.contract;

import org.jspecify.annotations.NullMarked;
