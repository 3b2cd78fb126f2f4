package dev.firstline.contract;

/**
 * A rule at one place of the schemas: what {@code contracts/rules.txt} has a line of.
 *
 * @param rule which rule
 * @param source the schema's path and the pointer of the keyword in it
 * @param promised what is promised there, in words
 */
public record Place(Rule rule, String source, String promised) {}
