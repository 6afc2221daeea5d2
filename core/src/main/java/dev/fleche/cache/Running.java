package dev.fleche.cache;

/** What a store knows of the running computation of a key. */
sealed interface Running permits Flight, WeakFlight {}
