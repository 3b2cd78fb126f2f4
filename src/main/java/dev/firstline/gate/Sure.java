package dev.firstline.gate;

/** A promise that a run of more turns could decide, where this one cannot. */
interface Sure {}
