/** Storages of call records and values in SQL databases. Read {@code Sql} first. */
@NullMarked
package dev.fleche.sql;

import org.jspecify.annotations.NullMarked;
