package vn.chuanmuc.panels.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.Forms;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Turn;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.panels.Meeting;
import vn.chuanmuc.panels.Meeting.Conclusion;
import vn.chuanmuc.panels.Protocol;
import vn.chuanmuc.rules.RuleBook;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * A person as presented to the meeting, what is said about them, and what is concluded.
 *
 * @param sheet what the rules of stages let the meeting see; null for who prepares or reads and sits there not
 */
record PersonPage(
        Protocol p,
        Meeting.Item item,
        Forms.@Nullable Sheet sheet,
        @Nullable SetText words,
        boolean leads,
        @Nullable String before,
        @Nullable String next,
        Map<String, String> typed,
        FormErrors errors)
        implements View {
    String at() {
        return "/hop/" + p.meeting().id() + "/nguoi/" + item.formId();
    }

    /** Stages that are in and may be seen. */
    List<Said> shown() {
        return sheet == null
                ? List.of()
                : sheet.stages().stream()
                        .filter(said -> said.visible() && said.turn() == Turn.HANDED_IN)
                        .toList();
    }

    String name(Said said) {
        return p.book().stages().stream()
                .filter(stage -> stage.code().equals(said.stage()))
                .map(RuleBook.Stage::words)
                .findFirst()
                .orElse(said.stage());
    }

    /** How many items have each level, in the order of the scale. */
    Map<String, Long> tallies(Said said) {
        var tallies = new LinkedHashMap<String, Long>();
        for (int at = 0; at < p.book().scale().size(); at++) {
            int ordinal = at + 1;
            long items = said.levels().stream()
                    .filter(level -> level != null && level == ordinal)
                    .count();
            tallies.put(p.book().scale().get(at).words(), items);
        }
        return tallies;
    }

    @Nullable
    String level(Said said, int position) {
        Integer level = said.levels().get(position - 1);
        return level == null ? null : p.book().level(level).words();
    }

    String remark(Said said, int position) {
        return sheet == null ? "" : sheet.remarks(said.stage()).getOrDefault(position, "");
    }

    List<String> evidence(int position) {
        var titles = new ArrayList<String>();
        if (sheet != null) {
            sheet.attachments().stream()
                    .filter(one -> one.position() == position)
                    .forEach(one -> titles.add(one.title() + (one.figure() == null ? "" : ": " + one.figure())));
        }
        return titles;
    }

    Protocol.@Nullable Counted counted() {
        return p.counted(item.formId()).orElse(null);
    }

    @Nullable
    Conclusion conclusion() {
        return p.conclusion(item.formId()).orElse(null);
    }

    boolean notes() {
        return leads
                && (p.meeting().state() == Meeting.State.OPEN || p.meeting().state() == Meeting.State.VOTING);
    }

    boolean concludes() {
        return leads && p.meeting().state() == Meeting.State.OPEN;
    }

    String entered(String field) {
        return typed.getOrDefault(field, "");
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
