package dev.fleche.examples;

/** A part of the tour that stands on its own. */
interface Section {

    /** Returns the heading. */
    String title();

    /**
     * Runs the section and writes what happened.
     *
     * @throws Exception if something fails that the section does not show on purpose; it ends the tour
     */
    void show(Page page) throws Exception;
}
