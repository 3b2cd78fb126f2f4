package dev.firstline.report;

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
        List<VerdictCase> cases = VerdictCase.of(run, verdict);
        StringWriter text = new StringWriter();
        try {
            write(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text), run, cases);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string takes every character", e);
        }
        return text.toString();
    }

    private static void write(XMLStreamWriter xml, RunSummary run, List<VerdictCase> cases) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", "firstline." + run.simulation());
        attribute(xml, "tests", Integer.toString(cases.size()));
        attribute(xml, "failures", count(cases, Result.FAILURE));
        attribute(xml, "errors", count(cases, Result.ERROR));
        attribute(xml, "skipped", count(cases, Result.SKIPPED));
        attribute(xml, "timestamp", run.started());
        attribute(xml, "time", String.format(Locale.ROOT, "%.3f", run.seconds()));
        for (VerdictCase test : cases) {
            xml.writeCharacters("\n  ");
            write(xml, run, test);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
        xml.close();
    }

    private static void write(XMLStreamWriter xml, RunSummary run, VerdictCase test) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", "firstline." + run.simulation());
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
