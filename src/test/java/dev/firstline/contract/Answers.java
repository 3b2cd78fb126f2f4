package dev.firstline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstline.wire.Endpoint;
import dev.firstline.wire.LineDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Whole answers, and what the shipped contract finds in them. */
final class Answers {
    static final Contracts SHIPPED = Contracts.load(ContractFiles.shipped());

    private Answers() {}

    /** What is found in a body without a head, in the session s-1, as {@code rule line pointer}. */
    static List<String> told(Endpoint endpoint, byte[] body, AnswerEnd end) {
        return found(endpoint, body, end).stream().map(Answers::told).toList();
    }

    static List<Finding> found(Endpoint endpoint, byte[] body, AnswerEnd end) {
        List<Finding> found = new ArrayList<>();
        AnswerChecker checker = SHIPPED.answer(endpoint, "s-1", (finding, line) -> found.add(finding));
        feed(checker, body);
        checker.end(end);
        return found;
    }

    /** Hands the body over as its lines. */
    static void feed(AnswerChecker checker, byte[] body) {
        LineDecoder decoder = new LineDecoder();
        decoder.feed(ByteBuffer.wrap(body), checker::line);
        decoder.end().ifPresent(checker::line);
    }

    static String told(Finding finding) {
        return finding.rule().id() + " " + finding.line() + " " + finding.pointer();
    }

    /** Bytes of a text in which apostrophes stand for quotation marks. */
    static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    /** A line of a stream with an event of this id. */
    static String line(String id) {
        return "{'result':" + response(id) + "}\n";
    }

    /** A response with an event of this id, in an object of its own. */
    static String response(String id) {
        return "{'response':{'sessionId':'s-1','responseEvents':[" + event(id) + "]}}";
    }

    static String event(String id) {
        return "{'sessionCloseEvent':{},'eventId':'" + id + "'}";
    }
}
