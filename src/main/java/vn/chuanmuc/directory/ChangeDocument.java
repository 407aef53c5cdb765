package vn.chuanmuc.directory;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.directory.ImportRules.Decision;
import vn.chuanmuc.directory.ImportRules.Place;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.kernel.Sha256;

/**
 * All that an import changes, as text: UTF-8, one line of JSON per change ending in a line feed, keys sorted, nothing empty. The
 * first line says which import it is. One SHA-256 over all of it stands in the ledger, so that each of 100,000 changes is as
 * provable as one. Written in parts, so that it never stands in memory as a whole.
 */
final class ChangeDocument {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PART = 900_000;

    private final Import of;
    private final BiConsumer<Integer, String> parts;
    private final StringBuilder lines = new StringBuilder();
    private final Sha256 digest = new Sha256();
    private int part;

    ChangeDocument(Import of, BiConsumer<Integer, String> parts) {
        this.of = of;
        this.parts = parts;
        var head = new TreeMap<String, Object>();
        head.put("format", "chuanmuc people-import changes 1");
        head.put("import", of.id().toString());
        head.put("file", HexFormat.of().formatHex(of.fileHash()));
        head.put("unit", of.unitId().toString());
        head.put("from", of.validFrom().toString());
        write(head);
    }

    void added(StagedRow row, UUID person, Place place, boolean first) {
        var line = line("add", row.number(), person);
        put(line, "name", first ? row.name() : null);
        put(
                line,
                "birth",
                !first || row.birthDate() == null ? null : row.birthDate().toString());
        put(line, "code", first ? row.staffCode() : null);
        place(line, place);
        write(line);
    }

    void joined(StagedRow row, Decision.Join join) {
        var line = line("join", row.number(), join.person().id());
        line.put("changes", changes(join.changes()));
        place(line, join.place());
        write(line);
    }

    void amended(StagedRow row, Decision.Amend amend, boolean newLine) {
        var line = line(
                newLine ? "change" : "correct", row.number(), amend.person().id());
        line.put("assignment", amend.held().id().toString());
        line.put("unit", amend.held().unitId().toString());
        line.put("changes", changes(amend.changes()));
        write(line);
    }

    void ended(ImportedPeople.Line ended) {
        var line = line("end", 0, ended.personId());
        line.put("assignment", ended.assignmentId().toString());
        line.put("unit", ended.unitId().toString());
        line.put("day", String.valueOf(of.ending().day()));
        line.put("reason", of.ending().reason());
        write(line);
    }

    private static TreeMap<String, Object> line(String act, int row, UUID person) {
        var line = new TreeMap<String, Object>();
        line.put("act", act);
        line.put("person", person.toString());
        if (row > 0) {
            line.put("row", row);
        }
        return line;
    }

    private static void place(Map<String, Object> line, Place place) {
        line.put("unit", place.unitId().toString());
        line.put("position", place.position());
        line.put("bloc", place.bloc());
        line.put("kind", place.kind().code());
        if (place.order() != null) {
            line.put("order", place.order());
        }
        put(line, "note", place.note());
    }

    private static void put(Map<String, Object> line, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            line.put(key, value);
        }
    }

    private static List<Map<String, String>> changes(List<StagedRow.Change> changes) {
        var all = new ArrayList<Map<String, String>>();
        for (StagedRow.Change change : changes) {
            var one = new LinkedHashMap<String, String>();
            one.put("field", change.field());
            one.put("from", change.from());
            one.put("to", change.to());
            all.add(one);
        }
        return all;
    }

    private void write(Map<String, ?> line) {
        lines.append(JSON.writeValueAsString(line)).append('\n');
        if (lines.length() >= PART) {
            flush();
        }
    }

    private void flush() {
        String text = lines.toString();
        digest.add(text);
        parts.accept(part++, text);
        lines.setLength(0);
    }

    /** Writes what is left. The document's SHA-256. */
    byte[] finish() {
        if (!lines.isEmpty()) {
            flush();
        }
        return digest.digest();
    }
}
