package dev.fleche;

import dev.fleche.cache.Cache;

/** What is asked is a view that stores nothing; the causes are brought about in what is behind it. */
class ReadOnlyExplanationTest extends FileExplanationTest {

    @Override
    protected Cache view(Cache writer) {
        return writer.readOnly();
    }
}
