/** The proof that the contract is complete and that it bites: examples, mutants, coverage, and the real stub. */
@NullMarked
package dev.firstline.contract.proof;

import org.jspecify.annotations.NullMarked;
