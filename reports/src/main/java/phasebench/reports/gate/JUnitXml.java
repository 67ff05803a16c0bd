package phasebench.reports.gate;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import phasebench.reports.gate.GateCase.Result;

/// A decision as JUnit XML (the format of Ant's JUnit task, which CI servers read): a case for each phase and metric.
/// What is not known is an error, so that no server takes it for passed.
public final class JUnitXml {
    private JUnitXml() {}

    /// @param seconds how long the gate took
    public static String render(GateDecision decision, double seconds) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            suite(xml, decision, seconds);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write XML to memory", e);
        }
        return text + "\n";
    }

    private static void suite(XMLStreamWriter xml, GateDecision decision, double seconds) throws XMLStreamException {
        List<GateCase> cases = decision.cases();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "phasebench gate " + decision.policy());
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("failures", Long.toString(count(cases, Result.REGRESSED) + count(cases, Result.REFUTED)));
        xml.writeAttribute("errors", Long.toString(count(cases, Result.INVALID) + count(inconclusive(decision))));
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute("time", String.format(java.util.Locale.ROOT, "%.3f", seconds));
        for (GateCase one : cases) {
            testcase(xml, decision, one);
        }
        for (String note : decision.notes()) {
            xml.writeCharacters("\n  ");
            xml.writeStartElement("system-out");
            xml.writeCharacters(printable(note));
            xml.writeEndElement();
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private static void testcase(XMLStreamWriter xml, GateDecision decision, GateCase one) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "phasebench." + decision.policy() + "." + one.variant());
        xml.writeAttribute("name", one.metric() + " against " + one.baseline());
        switch (one.result()) {
            case REGRESSED, REFUTED -> problem(xml, "failure", one);
            case INVALID -> problem(xml, "error", one);
            case INCONCLUSIVE -> {
                if (isError(decision, one)) {
                    problem(xml, "error", one);
                } else {
                    said(xml, one);
                }
            }
            case PASSED -> said(xml, one);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void problem(XMLStreamWriter xml, String element, GateCase one) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement(element);
        xml.writeAttribute("type", one.result().word());
        xml.writeAttribute("message", printable(one.message()));
        xml.writeEndElement();
    }

    private static void said(XMLStreamWriter xml, GateCase one) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("system-out");
        xml.writeCharacters(printable(one.message()));
        xml.writeEndElement();
    }

    private static boolean isError(GateDecision decision, GateCase one) {
        return inconclusive(decision).contains(one);
    }

    /// Those that keep the gate shut.
    private static List<GateCase> inconclusive(GateDecision decision) {
        return decision.result() == Result.PASSED
                ? List.of()
                : decision.cases().stream()
                        .filter(one -> one.result() == Result.INCONCLUSIVE)
                        .toList();
    }

    private static long count(List<GateCase> cases, Result result) {
        return cases.stream().filter(one -> one.result() == result).count();
    }

    private static long count(List<GateCase> cases) {
        return cases.size();
    }

    /// XML 1.0 has no way to write most control characters.
    private static String printable(String text) {
        return text.replaceAll("[^\\t\\n\\x20-\\uD7FF\\uE000-\\uFFFD]", "?");
    }
}
