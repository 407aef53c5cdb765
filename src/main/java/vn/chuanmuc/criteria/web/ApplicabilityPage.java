package vn.chuanmuc.criteria.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.criteria.Applicability.Candidate;
import vn.chuanmuc.criteria.Criteria.CriteriaSet;
import vn.chuanmuc.criteria.Criteria.PublishedDecision;
import vn.chuanmuc.directory.Units.Unit;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.View;

/**
 * Who takes which set.
 *
 * @param decision null while none is published
 * @param unit the unit looked at (and below), null for all of the viewer's
 * @param filter {@code chua}: undecided, {@code khac}: other than proposed, else everybody
 * @param acceptable how many would be decided by accepting the proposals of what is looked at
 * @param enteredFor the person whose decision was refused, with what was entered; null if none was
 */
record ApplicabilityPage(
        @Nullable PublishedDecision decision,
        List<PublishedDecision> decisions,
        List<CriteriaSet> sets,
        List<Unit> units,
        @Nullable UUID unit,
        String filter,
        List<Candidate> people,
        Paging paging,
        long undecided,
        long differing,
        long acceptable,
        @Nullable UUID enteredFor,
        @Nullable UUID enteredSet,
        String enteredReason,
        FormErrors errors)
        implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
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
        UUID shown = candidate.person().personId().equals(enteredFor)
                ? enteredSet
                : candidate.decided() != null ? candidate.decided().setId() : candidate.proposed();
        return set.id().equals(shown);
    }

    String reason(Candidate candidate) {
        return candidate.person().personId().equals(enteredFor) ? enteredReason : "";
    }
}
