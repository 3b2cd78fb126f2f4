/** Lets Gatling drive a journey and time its lines. */
@NullMarked
package dev.firstline.gatling;

import org.jspecify.annotations.NullMarked;
