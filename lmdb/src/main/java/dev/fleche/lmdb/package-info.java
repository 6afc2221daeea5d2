/**
 * Caches in LMDB, for millions of small entries on one machine. Read {@code Lmdb} first, then {@code Engine}.
 *
 * <p>On the module path, a program requires {@code dev.fleche.lmdb} and opens nothing. The jar {@code native-*.jar},
 * which holds LMDB itself, must be on the class path: its name is a keyword of Java, which no module can have, and a
 * module path with it does not start.
 */
@NullMarked
package dev.fleche.lmdb;

import org.jspecify.annotations.NullMarked;
