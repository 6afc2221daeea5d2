/** What executors of ours need to carry calls between processes; no part of what users see. */
@NullMarked
package dev.fleche.transport;

import org.jspecify.annotations.NullMarked;
