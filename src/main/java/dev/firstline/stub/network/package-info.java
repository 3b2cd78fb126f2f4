/**
 * A proxy that spoils the network between a client and a server, as its control API says: bytes come late, slowly, in
 * pieces, not at all, or end in a reset.
 */
@NullMarked
package dev.firstline.stub.network;

import org.jspecify.annotations.NullMarked;
