package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.Misuse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One schema object, compiled: what a value must be. Immutable once all schemas are {@linkplain Ref linked}. */
final class Shape {
    private final Type type;
    private final List<Check> checks;
    private final @Nullable Members members;
    private final @Nullable Ref items;

    Shape(Type type, List<Check> checks, @Nullable Members members, @Nullable Ref items) {
        this.type = type;
        this.checks = List.copyOf(checks);
        this.members = members;
        this.items = items;
    }

    /**
     * What type a value must have.
     *
     * @param types a set, as {@link Types} has them
     * @param otherwise the rule that another type breaks
     * @param named the enumeration whose names a number may stand for, or null
     */
    record Type(
            int types,
            Rule otherwise,
            String source,
            @Nullable Check named) {
        /** Says why a value is not of this type, which it is not. */
        void misfit(JsonNode value, Probe probe) {
            probe.found(rule(value), Types.words(types), value, source);
        }

        private boolean wantsNumber() {
            return (types & (Types.NUMBER | Types.INTEGER)) != 0;
        }

        private Rule rule(JsonNode value) {
            if (value.isNull()) {
                return Rule.NULL_VALUE;
            }
            if (wantsNumber() && value.isTextual()) {
                String text = value.textValue();
                return Types.isNonFinite(text)
                        ? Rule.NON_FINITE
                        : Types.isNumeric(text) ? Rule.NUMERIC_STRING : otherwise;
            }
            return otherwise;
        }
    }

    /** Checks a value that the probe stands at. */
    void check(JsonNode value, Probe probe) {
        int seen = Types.of(value);
        if (!Types.hold(type.types(), seen, value)) {
            Check named = type.named();
            if (named != null && value.isIntegralNumber()) {
                probe.found(named.rule(), named.promised(), value, named.source());
            } else {
                type.misfit(value, probe);
            }
            return;
        }
        for (int i = 0; i < checks.size(); i++) {
            Check check = checks.get(i);
            if ((check.types() & seen) != 0 && !check.kept().test(value)) {
                probe.found(check.rule(), check.promised(), value, check.source());
            }
        }
        if (members != null && value instanceof ObjectNode object) {
            members.check(object, probe);
        } else if (items != null && seen == Types.ARRAY) {
            Shape item = items.shape();
            for (int i = 0; i < value.size(); i++) {
                probe.enter(i);
                item.check(value.get(i), probe);
                probe.leave();
            }
        }
    }

    /**
     * What a member must be, by its documented name.
     *
     * @throws Misuse if the schema has no such member, though the API rests on it
     */
    Shape member(String name) {
        Shape shape = members == null ? null : members.shape(name);
        if (shape == null) {
            throw new Misuse("a member " + name, "none", "schemas/v1/" + type.source(), "add it to the properties");
        }
        return shape;
    }

    /** Whether null is a value of it. */
    boolean mayBeNull() {
        return (type.types() & Types.NULL) != 0;
    }

    /** Whether objects are values of it. */
    boolean isMessage() {
        return (type.types() & Types.OBJECT) != 0;
    }
}
