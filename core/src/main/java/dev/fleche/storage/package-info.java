/** Storages of call records and values, and the interfaces that new ones implement. */
@NullMarked
package dev.fleche.storage;

import org.jspecify.annotations.NullMarked;
