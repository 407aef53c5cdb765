package vn.chuanmuc.office;

import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The JDK's streaming parser with no DTD and nothing fetched; names are local names, prefixes do not matter. */
final class SafeXml implements AutoCloseable {
    private final XMLStreamReader reader;

    private SafeXml(XMLStreamReader reader) {
        this.reader = reader;
    }

    static SafeXml read(InputStream in) throws XMLStreamException {
        // a factory is not promised to be safe for several threads
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return new SafeXml(factory.createXMLStreamReader(in));
    }

    boolean next() throws XMLStreamException {
        if (!reader.hasNext()) {
            return false;
        }
        reader.next();
        return true;
    }

    int event() {
        return reader.getEventType();
    }

    /** Local name of the element just started or ended. */
    String name() {
        return reader.getLocalName();
    }

    String text() {
        return reader.getText();
    }

    String attribute(String localName, String otherwise) {
        for (int at = 0; at < reader.getAttributeCount(); at++) {
            if (reader.getAttributeLocalName(at).equals(localName)) {
                return reader.getAttributeValue(at);
            }
        }
        return otherwise;
    }

    /** Passes over the element just started, with all it holds. */
    void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            switch (reader.next()) {
                case XMLStreamReader.START_ELEMENT -> depth++;
                case XMLStreamReader.END_ELEMENT -> depth--;
                default -> {}
            }
        }
    }

    @Override
    public void close() throws XMLStreamException {
        reader.close();
    }
}
