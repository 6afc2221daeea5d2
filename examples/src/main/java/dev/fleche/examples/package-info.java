/** Programs that show what Fleche does; start at {@link dev.fleche.examples.Tour}. */
package dev.fleche.examples;
