/**
 * Storages of call records and values in SQL databases. Read {@code Sql} first.
 *
 * <p>On the module path, a program requires {@code dev.fleche.sql} and opens nothing. For servers it also requires
 * {@code com.zaxxer.hikari}, or is started with {@code --add-modules com.zaxxer.hikari}: the pool is optional, and what
 * nobody requires is not there. Flyway has no module description, so its module's name is that of its file; a renamed
 * jar is not found.
 */
@NullMarked
package dev.fleche.sql;

import org.jspecify.annotations.NullMarked;
