/**
 * The front door: memos of functions, calls, scopes and everything else that a program imports.
 *
 * <p>Start at {@link dev.fleche.Fleche}.
 */
@NullMarked
package dev.fleche;

import org.jspecify.annotations.NullMarked;
