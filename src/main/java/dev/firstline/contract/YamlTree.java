package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.Misuse;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns a YAML document into JSON and notes the lines on the way.
 *
 * <p>Not with Jackson's own YAML reader: that one takes an alias for its name as text, and {@code no} for false.
 */
final class YamlTree {
    /** How many values a document may have once its aliases are written out. */
    static final int VALUES_MAX = 100_000;

    /** How deep a document may be nested. */
    static final int DEPTH_MAX = 50;

    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUES = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSES = Set.of("false", "False", "FALSE");

    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final String source;
    private final Map<String, Integer> lines = new HashMap<>();
    private int values;

    YamlTree(String source) {
        this.source = source;
    }

    YamlFile read(String text) {
        Node document = document(text.startsWith("\uFEFF") ? text.substring(1) : text);
        JsonNode root = document == null ? json.nullNode() : value(document, "", 0);
        return new YamlFile(source, root, lines);
    }

    private @Nullable Node document(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(YamlFile.BYTES_MAX);
        options.setNestingDepthLimit(DEPTH_MAX);
        // What aliases cost is bounded by VALUES_MAX, where the line is known too.
        options.setMaxAliasesForCollections(VALUES_MAX);
        try {
            return new Yaml(options).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String where = mark == null ? source : at(mark);
            throw new Misuse("one YAML document", told(e), where, "mend the indentation, brackets or quotes there");
        } catch (YAMLException e) {
            throw new Misuse("one YAML document", String.valueOf(e.getMessage()), source, "make it simpler");
        }
    }

    private static String told(MarkedYAMLException e) {
        return e.getContext() == null ? e.getProblem() : e.getProblem() + ", " + e.getContext();
    }

    private JsonNode value(Node node, String pointer, int depth) {
        // An alias is the very node of its anchor, so a document of a few lines can be endless or exponential.
        if (depth > DEPTH_MAX) {
            throw tooMuch("values nested at most " + DEPTH_MAX + " deep", node);
        }
        if (++values > VALUES_MAX) {
            throw tooMuch("at most " + VALUES_MAX + " values, aliases written out", node);
        }
        lines.putIfAbsent(pointer, line(node.getStartMark()));
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer, depth);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = json.arrayNode();
            for (Node item : sequence.getValue()) {
                array.add(value(item, pointer + "/" + array.size(), depth + 1));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode object(MappingNode mapping, String pointer, int depth) {
        ObjectNode object = json.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            Mark mark = entry.getKeyNode().getStartMark();
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new Misuse("text as a key", "a list or a mapping", at(mark), "name the key");
            }
            String child = pointer + "/" + key.getValue().replace("~", "~0").replace("/", "~1");
            if (object.has(key.getValue())) {
                throw new Misuse(
                        "every key once",
                        key.getValue() + " a second time; it stands in line " + lines.get(child) + " too",
                        at(mark),
                        "remove one of them");
            }
            lines.put(child, line(mark));
            object.set(key.getValue(), value(entry.getValueNode(), child, depth + 1));
        }
        return object;
    }

    private JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (!scalar.isPlain()) {
            return json.textNode(text);
        }
        if (!scalar.getTag().startsWith(Tag.PREFIX)) {
            throw new Misuse("a value", "the tag " + scalar.getTag(), at(scalar.getStartMark()), "remove the tag");
        }
        if (NULLS.contains(text)) {
            return json.nullNode();
        }
        if (TRUES.contains(text) || FALSES.contains(text)) {
            return json.booleanNode(TRUES.contains(text));
        }
        if (INTEGER.matcher(text).matches()) {
            long number = Long.parseLong(text);
            return (int) number == number ? json.numberNode((int) number) : json.numberNode(number);
        }
        return DECIMAL.matcher(text).matches() ? json.numberNode(new BigDecimal(text)) : json.textNode(text);
    }

    private Misuse tooMuch(String expected, Node node) {
        return new Misuse(expected, "more", at(node.getStartMark()), "write the file without aliases");
    }

    private String at(Mark mark) {
        return source + ":" + line(mark);
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }
}
