/** Firstline: a load and contract testing harness for Connectly's Agent Graph API. */
@NullMarked
package dev.firstline;

import org.jspecify.annotations.NullMarked;
