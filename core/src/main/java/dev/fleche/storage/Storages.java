package dev.fleche.storage;

/**
 * A value storage and a call storage that were opened together.
 *
 * @param values the value storage
 * @param calls the call storage
 */
public record Storages(ValueStorage values, CallStorage calls) {}
