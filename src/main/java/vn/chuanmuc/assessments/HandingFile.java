package vn.chuanmuc.assessments;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.Forms.Attachment;
import vn.chuanmuc.assessments.Forms.Form;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Sheet;

/** What is kept of a stage that was handed in: canonical JSON, whose hash stands in the ledger. */
final class HandingFile {
    private HandingFile() {}

    /**
     * What every handing in says.
     *
     * @param remarks by item; 0 is about the whole
     */
    static LinkedHashMap<String, @Nullable Object> of(
            Form form, String stage, int handing, List<@Nullable Integer> levels, Map<Integer, String> remarks) {
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("form", form.id().toString());
        content.put("period", form.period().code());
        content.put("stage", stage);
        content.put("handing", handing);
        content.put("person", form.personId().toString());
        content.put("rule", form.ruleVersion().toString());
        content.put("set", form.setId().toString());
        content.put("levels", levels);
        var words = new TreeMap<String, String>();
        remarks.forEach((position, remark) -> words.put(String.valueOf(position), remark));
        content.put("remarks", words);
        return content;
    }

    /** The same of somebody who rated item by item: with what was signed, and what lay beside. */
    static LinkedHashMap<String, @Nullable Object> rated(
            Sheet sheet, Said said, int handing, PaperForms.@Nullable Scan scan) {
        Form form = sheet.form();
        var content = of(form, said.stage(), handing, said.levels(), sheet.remarks(said.stage()));
        content.put("commitment", String.valueOf(form.commitmentId()));
        content.put("document", hex(form.documentHash()));
        content.put(
                "evidence",
                sheet.attachments().stream()
                        .filter(one -> one.stage().equals(said.stage()))
                        .map(HandingFile::canonical)
                        .toList());
        if (scan != null) {
            content.put("paper", scan.canonical());
        }
        return content;
    }

    static String write(Map<String, @Nullable Object> content) {
        return Exceptions.CANONICAL.writeValueAsString(content);
    }

    private static Map<String, @Nullable Object> canonical(Attachment one) {
        var said = new TreeMap<String, @Nullable Object>();
        said.put("position", one.position());
        said.put("kind", Columns.code(one.kind()));
        said.put("title", one.title());
        if (one.hash() != null) {
            said.put("file", hex(one.hash()));
        }
        if (one.address() != null) {
            said.put("address", one.address());
        }
        if (one.figure() != null) {
            said.put("index", one.indexCode());
            said.put("figure", one.figure());
            said.put("on", String.valueOf(one.figureOn()));
            if (one.figureId() != null) {
                said.put("figureId", one.figureId().toString());
                said.put("source", one.figureSource());
            }
        }
        return said;
    }

    static String hex(byte @Nullable [] hash) {
        return hash == null ? "" : HexFormat.of().formatHex(hash);
    }
}
