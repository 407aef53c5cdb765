package vn.chuanmuc.assessments.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.FigureSource.Figure;
import vn.chuanmuc.assessments.Forms.Attachment;
import vn.chuanmuc.assessments.Forms.Said;
import vn.chuanmuc.assessments.Forms.Sheet;
import vn.chuanmuc.criteria.Criteria.SetText;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.rules.RuleBook.Actor;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** The evidence of one item; position 0: of the whole. @param locked why nothing can be added or taken away */
record EvidencePage(
        Sheet sheet,
        Said said,
        SetText set,
        int position,
        List<Figure> figures,
        @Nullable Reason locked,
        String fileTitle,
        String title,
        String address,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    boolean own() {
        return said.actor() == Actor.SELF;
    }

    String form() {
        return FormController.address(sheet.form());
    }

    String back() {
        return form() + "/" + said.stage() + (position == 0 ? "" : "#muc-" + position);
    }

    String at() {
        return form() + "/" + said.stage() + "/minh-chung/" + position;
    }

    List<Attachment> held() {
        return sheet.attachments(said.stage(), position);
    }

    /** Whether a figure that was taken is its source's no more: put right or taken back since. */
    boolean gone(Attachment one) {
        return one.figureId() != null
                && figures.stream().noneMatch(figure -> figure.id().equals(one.figureId()));
    }

    /** Whether a figure stands beside this item already. */
    boolean taken(Figure figure) {
        return held().stream().anyMatch(one -> figure.id().equals(one.figureId()));
    }

    String words() {
        return set.groups().stream()
                .flatMap(group -> group.criteria().stream())
                .flatMap(criterion -> criterion.items().stream())
                .filter(item -> item.position() == position)
                .map(SetText.Item::words)
                .findFirst()
                .orElse("");
    }
}
