package dev.fleche;

import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an adoption did. Immutable.
 *
 * @param function the id of the function
 * @param adopted how many results of other code are filed for the present code now, and no longer for the other
 * @param alreadyThere how many stay where they are because the present code has a result of the same call
 * @param notRekeyed how many stay because no key can be made: an argument is not stored, or is another by now
 * @param compared how many calls were computed again
 * @param differing a call whose result is another with the present code; nothing was adopted then
 * @param obstacle why nothing was adopted although no result differed; empty if nothing stood in the way
 * @param codes the other codes whose results were looked at, one for each code that their calls reach now
 */
public record AdoptionReport(
        FunctionId function,
        long adopted,
        long alreadyThere,
        long notRekeyed,
        int compared,
        Optional<Differing> differing,
        String obstacle,
        List<OfCode> codes) {

    /** Creates the report. */
    public AdoptionReport {
        codes = List.copyOf(codes);
    }

    /**
     * What became of the results of one code.
     *
     * @param code its digest; empty if the records do not name it
     * @param latest when the last of them was computed
     * @param results how many there were
     * @param adopted how many are filed for the present code now
     * @param alreadyThere how many stay because the present code has a result of the same call
     * @param compared how many of its calls were computed again
     * @param obstacle why none was adopted; empty if nothing of this code stood in the way
     */
    public record OfCode(
            Optional<Digest> code,
            Instant latest,
            long results,
            long adopted,
            long alreadyThere,
            int compared,
            String obstacle) {}

    /**
     * A call whose result is another with the present code.
     *
     * @param key the key under which the recorded result stands
     * @param differences the first places where the two results differ
     * @param count how many places there are
     */
    public record Differing(Digest key, List<Explanation.Difference> differences, long count) {

        /** Creates the finding. */
        public Differing {
            differences = List.copyOf(differences);
        }
    }

    /** Returns whether the adoption went through. */
    public boolean isDone() {
        return differing.isEmpty() && obstacle.isEmpty();
    }

    /** Returns the report on one line, for people to read. */
    @Override
    public String toString() {
        String name = function.shortName();
        if (differing.isPresent()) {
            Differing differs = differing.get();
            return "nothing of " + name + " was adopted: the call "
                    + differs.key().prefix(12) + " has another result with the present code, "
                    + ExplanationText.list(differs.differences(), differs.count(), "place");
        }
        if (!obstacle.isEmpty()) {
            return "nothing of " + name + " was adopted: " + obstacle;
        }
        List<String> parts = new ArrayList<>();
        parts.add(ShortText.count(adopted, "result") + " of " + name + " adopted");
        if (compared > 0) {
            parts.add(ShortText.count(compared, "call") + " computed again with the same result");
        }
        if (alreadyThere > 0) {
            parts.add(alreadyThere + " there already");
        }
        if (notRekeyed > 0) {
            parts.add(notRekeyed + " left, whose arguments are not stored or changed");
        }
        codes.stream()
                .filter(code -> !code.obstacle.isEmpty())
                .map(code -> code.results + " left: " + code.obstacle)
                .forEach(parts::add);
        return String.join("; ", parts);
    }
}
