package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/**
 * What one keyword says of a value alone: a pattern, a bound, an enumeration.
 *
 * @param types the JSON types it says something of, as {@link Types} has them
 * @param kept whether a value of such a type keeps it
 */
record Check(int types, Predicate<JsonNode> kept, Rule rule, String promised, String source) {}
