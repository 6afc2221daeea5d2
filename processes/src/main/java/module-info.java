/** Process pools: memoised and other tasks in child JVMs. */
module dev.fleche.processes {
    requires transitive dev.fleche;
    requires static java.management;
    requires static transitive org.jspecify;

    exports dev.fleche.processes;
}
