package dev.firstline.report;

import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.Verdict;
import dev.firstline.report.VerdictCase.Result;
import dev.firstline.stats.RunSummary;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** {@code junit.xml}: the verdict as cases for build servers. */
final class JUnitXml {
    private JUnitXml() {}

    static String of(RunSummary run, Verdict verdict) {
        return of("firstline." + run.simulation(), run.started(), run.seconds(), VerdictCase.of(run, verdict));
    }

    static String of(CapacityResult search) {
        double seconds = search.steps().stream()
                .mapToDouble(CapacityResult.Step::seconds)
                .sum();
        String began = RunRow.began(search.run()).replace(' ', 'T');
        return of("firstline.capacity", began.isEmpty() ? "" : began + "Z", seconds, List.of(VerdictCase.of(search)));
    }

    static String of(String suite, String started, double seconds, List<VerdictCase> cases) {
        StringWriter text = new StringWriter();
        try {
            write(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text), suite, started, seconds, cases);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string takes every character", e);
        }
        return text.toString();
    }

    private static void write(
            XMLStreamWriter xml, String suite, String started, double seconds, List<VerdictCase> cases)
            throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", suite);
        attribute(xml, "tests", Integer.toString(cases.size()));
        attribute(xml, "failures", count(cases, Result.FAILURE));
        attribute(xml, "errors", count(cases, Result.ERROR));
        attribute(xml, "skipped", count(cases, Result.SKIPPED));
        attribute(xml, "timestamp", started);
        attribute(xml, "time", String.format(Locale.ROOT, "%.3f", seconds));
        for (VerdictCase test : cases) {
            xml.writeCharacters("\n  ");
            write(xml, suite, test);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
        xml.close();
    }

    private static void write(XMLStreamWriter xml, String suite, VerdictCase test) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", suite);
        attribute(xml, "name", test.name());
        attribute(xml, "time", "0");
        if (test.result() == Result.PASSED) {
            if (!test.facts().isEmpty()) {
                xml.writeStartElement("system-out");
                xml.writeCharacters(legal(test.facts()));
                xml.writeEndElement();
            }
        } else {
            xml.writeStartElement(test.result().name().toLowerCase(Locale.ROOT));
            attribute(xml, "message", test.message());
            xml.writeCharacters(legal(test.facts()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String count(List<VerdictCase> cases, Result result) {
        return Long.toString(
                cases.stream().filter(test -> test.result() == result).count());
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(Figures.oneLine(value)));
    }

    /** XML 1.0 has no way to write most control characters and lone surrogates, not even escaped. */
    private static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }
}
