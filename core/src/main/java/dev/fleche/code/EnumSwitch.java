package dev.fleche.code;

import java.util.SortedMap;

/**
 * A switch over an enum, whose labels are numbers that only other classes explain.
 *
 * <p>The text of the method has neither the labels nor the targets, and its edges not the field with the map. Whoever
 * cannot explain the labels, because the named class is no enum that is known or the map is not among its
 * {@linkplain ClassSummary#switchMaps() switch maps}, has to count the numbers and to treat the field as a
 * {@link Edge.Kind#FIELD} edge.
 *
 * @param enumName the internal name of the enum, by the call of {@code ordinal()}: it may be another class
 * @param mapOwner the internal name of the class that maps constants to labels; empty if labels are ordinals
 * @param mapField the static field with that map; empty if labels are ordinals
 * @param targets the number of the jump target for each label; labels that lead to the default are left out
 * @param defaultTarget the number of the jump target for all others
 */
record EnumSwitch(
        String enumName, String mapOwner, String mapField, SortedMap<Integer, Integer> targets, int defaultTarget) {}
