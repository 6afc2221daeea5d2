/** What Flyway is handed; not exported to programs. */
@NullMarked
package dev.fleche.sql.migration;

import org.jspecify.annotations.NullMarked;
