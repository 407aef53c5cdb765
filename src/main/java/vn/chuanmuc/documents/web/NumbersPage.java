package vn.chuanmuc.documents.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.documents.NumberBook;
import vn.chuanmuc.documents.NumberBook.RuleLine;
import vn.chuanmuc.documents.NumberBook.Run;
import vn.chuanmuc.documents.NumberBook.TermLine;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.UnitChoice;

/**
 * How papers are numbered.
 *
 * @param unit whose terms and runs are shown; null when the viewer has none
 * @param names of accounts that set rules and entered terms
 * @param term a term as it was sent, {@code rule} a rule as it was sent
 * @param wrongTerm what is wrong with the one, {@code wrongRule} with the other
 */
record NumbersPage(
        List<RuleLine> rules,
        UnitChoice choice,
        @Nullable UUID unit,
        String unitName,
        List<TermLine> terms,
        List<Run> runs,
        Map<UUID, String> names,
        boolean maySetRules,
        boolean mayEnterTerms,
        TermForm term,
        RuleForm rule,
        FormErrors wrongTerm,
        FormErrors wrongRule,
        AsOf asOf)
        implements Dated {
    /** A term as it is typed. */
    record TermForm(String name, String begins, String ends, String basis, boolean noBasis) {
        static final TermForm EMPTY = new TermForm("", "", "", "", false);
    }

    /** A rule as it is typed. */
    record RuleForm(String line, String validFrom, String period, String basis, boolean noBasis) {
        static final RuleForm EMPTY = new RuleForm("party", "", "term", "", false);
    }

    @Override
    public int status() {
        return wrongTerm.none() && wrongRule.none() ? asOf.status() : 422;
    }

    static String code(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    static List<Layout.Line> lines() {
        return List.of(Layout.Line.values());
    }

    /** The basis as it was entered, or the words for that there is none. */
    static String basis(Ui ui, String basis) {
        return basis.equals(NumberBook.NO_BASIS) ? ui.t("documents.basis.none") : basis;
    }

    String by(@Nullable UUID account) {
        return account == null ? "" : names.getOrDefault(account, "");
    }
}
