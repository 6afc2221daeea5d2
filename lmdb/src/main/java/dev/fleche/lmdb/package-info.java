/** Caches in LMDB, for millions of small entries on one machine. Read {@code Lmdb} first, then {@code Engine}. */
@NullMarked
package dev.fleche.lmdb;

import org.jspecify.annotations.NullMarked;
