package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.Nearest;
import dev.firstline.wire.WireNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the members of an object must be. */
final class Members {
    /** How many members a message may have: a bit each. */
    static final int MEMBERS_MAX = 64;

    private static final int GUESSED_LETTERS_MAX = 64;

    /**
     * A member by one of its two spellings.
     *
     * @param bit its own bit
     * @param name its documented name, in camelCase
     * @param snake whether this is the other spelling
     */
    record Member(long bit, String name, boolean snake, Ref value) {}

    /** A member that must be there. */
    record Required(long bit, String name, Rule rule, String source) {}

    /**
     * That exactly one of some members is there.
     *
     * @param bits theirs
     * @param none the rule that none breaks
     * @param several the rule that more than one breaks
     * @param unknown the rule that a member nobody knows breaks here, since it is likely to be a new kind
     */
    record OneOf(long bits, List<String> names, Rule none, Rule several, Rule unknown, String source) {
        String promised() {
            return "exactly one of " + Seen.list(names);
        }

        /** Whether a member that nobody knows explains why no known one is there. */
        boolean explainedByUnknown() {
            return none.severity().compareTo(unknown.severity()) >= 0;
        }
    }

    /**
     * What a message is about beside its members' own shapes.
     *
     * @param closed the rule that other members break, or null where they are welcome
     * @param bothSpellingsLegal whether snake_case is as good as camelCase: so it is in what a server reads
     * @param beyond what no schema can state, or null
     */
    record Terms(
            @Nullable Rule closed,
            String source,
            List<Required> required,
            @Nullable OneOf oneOf,
            boolean bothSpellingsLegal,
            @Nullable BiConsumer<ObjectNode, Probe> beyond) {}

    private final Map<String, Member> bySpelling;
    private final List<String> names;
    private final Terms terms;
    private final long requiredBits;

    Members(Map<String, Member> bySpelling, List<String> names, Terms terms) {
        this.bySpelling = new HashMap<>(bySpelling);
        this.names = List.copyOf(names);
        this.terms = terms;
        this.requiredBits = terms.required.stream().mapToLong(Required::bit).reduce(0, (left, right) -> left | right);
    }

    /** Checks an object that the probe stands at. */
    void check(ObjectNode object, Probe probe) {
        long seen = 0;
        long present = 0;
        long given = 0;
        boolean unknown = false;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode value = entry.getValue();
            Member member = bySpelling.get(entry.getKey());
            if (member == null) {
                unknown |= unknown(entry.getKey(), value, probe);
                continue;
            }
            probe.enter(entry.getKey());
            spelling(member, seen, probe);
            seen |= member.bit;
            given |= value instanceof NullNode ? 0 : member.bit;
            present |= isPresent(member, value, probe) ? member.bit : 0;
            probe.leave();
        }
        if ((requiredBits & ~present) != 0) {
            missing(present, probe);
        }
        if (terms.oneOf != null) {
            count(terms.oneOf, given & terms.oneOf.bits, unknown, probe);
        }
        if (terms.beyond != null) {
            terms.beyond.accept(object, probe);
        }
    }

    /** What a member must be, by its documented name, or null if there is no such member. */
    @Nullable
    Shape shape(String name) {
        Member member = bySpelling.get(name);
        return member == null ? null : member.value.shape();
    }

    private void spelling(Member member, long seen, Probe probe) {
        if ((seen & member.bit) != 0) {
            probe.found(Rule.BOTH_SPELLINGS, "one spelling of " + member.name, "both", terms.source);
        } else if (member.snake && !terms.bothSpellingsLegal) {
            String spelt = "the member " + WireNames.snakeCase(member.name);
            probe.found(Rule.SNAKE_CASE, "the member " + member.name, spelt, terms.source);
        }
    }

    /** Checks a member's value; false if it is a null that stands for nothing, which is as good as no member. */
    private boolean isPresent(Member member, JsonNode value, Probe probe) {
        Shape shape = member.value.shape();
        boolean absent = value instanceof NullNode && !shape.mayBeNull();
        // A server that writes null for a message that is not set says that it is missing, and no more than that.
        if (!absent || !shape.isMessage() || (requiredBits & member.bit) == 0) {
            shape.check(value, probe);
        }
        return !absent;
    }

    private void missing(long present, Probe probe) {
        for (Required required : terms.required) {
            if ((present & required.bit) == 0) {
                probe.found(required.rule, "the member " + required.name, "none", required.source);
            }
        }
    }

    /** A member that nobody knows; true if it may be a kind that nobody knows yet. */
    private boolean unknown(String name, JsonNode value, Probe probe) {
        OneOf oneOf = terms.oneOf;
        Rule rule = oneOf == null ? terms.closed : oneOf.unknown;
        if (rule == null || (oneOf != null && rule != terms.closed && value.isNull())) {
            return false;
        }
        probe.enter(name);
        probe.found(rule, probe.isFull(rule) ? "" : promisedInstead(name), Seen.member(name), terms.source);
        probe.leave();
        return true;
    }

    private String promisedInstead(String name) {
        if (names.isEmpty()) {
            return "no members";
        }
        String all = names.size() <= Seen.NAMES_MAX ? Seen.list(names) : "the " + names.size() + " documented ones";
        Optional<String> near = name.length() > GUESSED_LETTERS_MAX ? Optional.empty() : Nearest.to(name, names);
        return "no members but " + all + near.map(known -> " (" + known + "?)").orElse("");
    }

    private void count(OneOf oneOf, long given, boolean unknown, Probe probe) {
        if (Long.bitCount(given) > 1) {
            probe.found(oneOf.several, oneOf.promised(), Seen.list(named(given)), oneOf.source);
        } else if (given == 0 && !(unknown && oneOf.explainedByUnknown())) {
            probe.found(oneOf.none, oneOf.promised(), "none", oneOf.source);
        }
    }

    private List<String> named(long bits) {
        return bySpelling.values().stream()
                .filter(member -> !member.snake && (member.bit & bits) != 0)
                .map(Member::name)
                .sorted()
                .toList();
    }
}
