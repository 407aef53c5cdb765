package vn.chuanmuc.criteria.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Applicability.Candidate;
import vn.chuanmuc.criteria.Applicability.Counts;
import vn.chuanmuc.criteria.Applicability.Filter;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.View;

/**
 * Who takes which set.
 *
 * @param decision null while none is published
 * @param unit the unit looked at (and below), null for all of the viewer's
 * @param words part of the name that is searched for
 * @param people a page of them, and whoever a decision was just refused for
 * @param counts of the unit looked at, whatever is searched for
 * @param enteredFor the person whose decision was refused, with what was entered; null if none was
 */
record ApplicabilityPage(
        @Nullable PublishedDecision decision,
        List<PublishedDecision> decisions,
        List<CriteriaSet> sets,
        UnitChoice choice,
        @Nullable UUID unit,
        Filter filter,
        String words,
        List<Candidate> people,
        Paging paging,
        Counts counts,
        @Nullable UUID enteredFor,
        @Nullable UUID enteredSet,
        String enteredReason,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    /** Whether everybody looked at has a set: what there was to decide is done. */
    boolean allDecided() {
        return counts.people() > 0 && counts.undecided() == 0;
    }

    boolean searching() {
        return !words.isBlank();
    }

    String title(@Nullable UUID setId) {
        return sets.stream()
                .filter(set -> set.id().equals(setId))
                .map(CriteriaSet::title)
                .findFirst()
                .orElse("");
    }

    /** The set chosen in a person's form: what was entered and refused, else what is decided, else what is proposed. */
    boolean chosen(Candidate candidate, CriteriaSet set) {
        UUID shown = candidate.personId().equals(enteredFor)
                ? enteredSet
                : candidate.decided() != null ? candidate.decided().setId() : candidate.proposed();
        return set.id().equals(shown);
    }

    String reason(Candidate candidate) {
        return candidate.personId().equals(enteredFor) ? enteredReason : "";
    }
}
