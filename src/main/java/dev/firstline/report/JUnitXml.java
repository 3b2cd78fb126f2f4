package dev.firstline.report;

import dev.firstline.gate.Decision;
import dev.firstline.gate.Doubt;
import dev.firstline.gate.Promise;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Verdict;
import dev.firstline.stats.RunSummary;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * {@code junit.xml}: one test case a promise, and one each for the generator, the contract and the run.
 *
 * <p>A broken promise is a failure. One that cannot be told is an error and not skipped: build servers show skipped
 * tests as green, and NO VERDICT is not. Only a contract that was not asked for is skipped.
 */
final class JUnitXml {
    private enum Result {
        PASSED,
        FAILURE,
        ERROR,
        SKIPPED
    }

    private record Case(String name, Result result, String message, String facts) {}

    private JUnitXml() {}

    static String of(RunSummary run, Verdict verdict) {
        List<Case> cases = new ArrayList<>();
        verdict.promises().forEach(promise -> cases.add(promise(promise, verdict)));
        cases.add(about(Reason.GENERATOR, "generator: was it well?", verdict));
        cases.add(
                run.contract() == null
                        ? new Case("contract: was it kept?", Result.SKIPPED, "contract: not checked", "")
                        : contract(run, verdict));
        cases.add(about(Reason.RUN, "run: did it take place?", verdict));
        StringWriter text = new StringWriter();
        try {
            write(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text), run, cases);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string takes every character", e);
        }
        return text.toString();
    }

    private static Case promise(Promise promise, Verdict verdict) {
        Result result = switch (promise.state()) {
            case KEPT -> Result.PASSED;
            case BROKEN -> Result.FAILURE;
            case TOO_FEW, VOID, UNKNOWN -> Result.ERROR;
        };
        String seen = promise.state().label() + ": seen " + promise.seen() + ", n = " + promise.n();
        String why = reasons(promise.slo(), verdict);
        return new Case(promise.slo(), result, seen, why.isEmpty() ? seen : why);
    }

    private static Case about(String subject, String name, Verdict verdict) {
        List<Decision> decisions = verdict.reasons().stream()
                .filter(reason -> reason.about().equals(subject))
                .map(Reason::decision)
                .toList();
        Result result =
                decisions.contains(Decision.FAIL) ? Result.FAILURE : decisions.isEmpty() ? Result.PASSED : Result.ERROR;
        String doubts = subject.equals(Reason.GENERATOR)
                ? verdict.doubts().stream().map(Doubt::fact).collect(Collectors.joining("\n"))
                : "";
        String facts = reasons(subject, verdict);
        return new Case(
                name,
                result,
                subject + ": " + (result == Result.FAILURE ? "FAIL" : "NO VERDICT"),
                facts.isEmpty() ? doubts : facts);
    }

    private static Case contract(RunSummary run, Verdict verdict) {
        Case kept = about(Reason.CONTRACT, "contract: was it kept?", verdict);
        String rules = Figures.rules(run).stream()
                .map(rule -> "\n" + rule.severity() + " " + rule.told() + ": " + rule.promise())
                .collect(Collectors.joining());
        String facts = kept.facts().isEmpty() ? Figures.contract(run) : kept.facts();
        return new Case(kept.name(), kept.result(), kept.message(), facts + rules);
    }

    private static String reasons(String subject, Verdict verdict) {
        return verdict.reasons().stream()
                .filter(reason -> reason.about().equals(subject))
                .map(reason -> reason.fact() + "\ntry: " + reason.attempt())
                .collect(Collectors.joining("\n"));
    }

    private static void write(XMLStreamWriter xml, RunSummary run, List<Case> cases) throws XMLStreamException {
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
        for (Case test : cases) {
            xml.writeCharacters("\n  ");
            write(xml, run, test);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
        xml.close();
    }

    private static void write(XMLStreamWriter xml, RunSummary run, Case test) throws XMLStreamException {
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

    private static String count(List<Case> cases, Result result) {
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
