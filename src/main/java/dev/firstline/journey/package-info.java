/** What one customer says next; targets and their caps; the ledger. */
@NullMarked
package dev.firstline.journey;

import org.jspecify.annotations.NullMarked;
