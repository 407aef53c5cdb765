package vn.chuanmuc.documents.web;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.documents.NumberBook.IssuerLine;
import vn.chuanmuc.documents.NumberBook.Reservation;
import vn.chuanmuc.documents.NumberBook.RuleLine;
import vn.chuanmuc.documents.NumberBook.Run;
import vn.chuanmuc.documents.NumberBook.TermLine;
import vn.chuanmuc.documents.NumberBook.TypeLine;
import vn.chuanmuc.documents.PaperKind;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Ui;
import vn.chuanmuc.ui.UnitChoice;

/**
 * How papers are numbered.
 *
 * @param unit whose terms, signs and runs are shown; null when the viewer has none
 * @param names of accounts that entered something
 * @param mayKeep whether the viewer says how the unit signs and what was given on paper, {@code mayAnswer} whether they confirm it
 * @param sent what came with a form that is shown again
 */
record NumbersPage(
        List<RuleLine> rules,
        List<TypeLine> types,
        UnitChoice choice,
        @Nullable UUID unit,
        String unitName,
        List<TermLine> terms,
        List<IssuerLine> issuers,
        List<Run> runs,
        List<Reservation> reservations,
        Map<UUID, String> names,
        boolean maySetRules,
        boolean mayEnterTerms,
        boolean mayKeep,
        boolean mayAnswer,
        UUID viewer,
        Sent sent,
        AsOf asOf)
        implements Dated {
    /** A form as it was sent. @param form which one: {@code t} a term, {@code r} a rule, {@code l} a type, {@code k} a unit's sign, {@code g} numbers on paper */
    static final class Sent {
        static final Sent NOTHING = new Sent("", Map.of());

        private final String form;
        private final Map<String, String> fields;
        private final Map<String, Reason> wrong = new LinkedHashMap<>();

        Sent(String form, Map<String, String> fields) {
            this.form = form;
            this.fields = Map.copyOf(fields);
        }

        String value(String field) {
            return fields.getOrDefault(field, "");
        }

        boolean noBasis() {
            return value("khong-can-cu").equals("co");
        }

        /** Null when it is no date; then that is one of the errors. */
        @Nullable
        LocalDate day(String field) {
            if (VietnameseDates.parse(value(field)) instanceof VietnameseDates.Parsed.Read(var day)) {
                return day;
            }
            wrong.put(field, Reason.of("documents.date.wrong"));
            return null;
        }

        Sent with(FormErrors errors) {
            var other = new Sent(form, fields);
            other.wrong.putAll(errors.byField());
            return other;
        }

        FormErrors errors() {
            return new FormErrors(wrong);
        }
    }

    @Override
    public int status() {
        return sent.errors().none() ? asOf.status() : 422;
    }

    /** What is wrong with a form. */
    FormErrors wrong(String form) {
        return sent.form.equals(form) ? sent.errors() : FormErrors.NONE;
    }

    String entered(String form, String field) {
        return entered(form, field, "");
    }

    String entered(String form, String field, String otherwise) {
        return sent.form.equals(form) ? sent.value(field) : otherwise;
    }

    boolean noBasis(String form) {
        return sent.form.equals(form) && sent.noBasis();
    }

    static String code(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    static List<Layout.Line> lines() {
        return List.of(Layout.Line.values());
    }

    static List<PaperKind> kinds() {
        return List.of(PaperKind.values());
    }

    /** The basis as it was entered, or the words for that there is none. */
    static String basis(Ui ui, String basis) {
        return basis.isEmpty() ? ui.t("documents.basis.none") : basis;
    }

    String by(@Nullable UUID account) {
        return account == null ? "" : names.getOrDefault(account, "");
    }

    boolean mayAnswer(Reservation one) {
        return mayAnswer && one.waits() && !one.askedBy().equals(viewer);
    }

    /** The numbers as they are written: one, or the first and the last. */
    static String span(@Nullable Integer first, int last) {
        return first == null || first == last ? String.valueOf(last) : first + "–" + last;
    }
}
