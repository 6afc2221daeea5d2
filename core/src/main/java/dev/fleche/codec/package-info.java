/** Codecs: values to bytes and back, with bytes that never choose a class. */
@NullMarked
package dev.fleche.codec;

import org.jspecify.annotations.NullMarked;
