/** What load is applied. */
@NullMarked
package firstline;

import org.jspecify.annotations.NullMarked;
