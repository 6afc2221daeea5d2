/** Contracts that every implementation extends, and what tests share. */
package dev.fleche.testing;
