package vn.chuanmuc.office;

import java.util.List;

/** How reading a text ended. */
public sealed interface TextReading permits TextReading.Done, TextReading.Refused {

    /** @param lines NFC, right-trimmed, in reading order; empty paragraphs are kept as empty lines */
    record Done(List<String> lines) implements TextReading {
        public Done {
            lines = List.copyOf(lines);
        }
    }

    record Refused(Refusal why) implements TextReading {}
}
