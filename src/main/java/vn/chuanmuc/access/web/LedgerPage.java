package vn.chuanmuc.access.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.Paging;
import vn.chuanmuc.ui.Ui;

/**
 * @param actor whose acts are shown; null for everybody's; {@code actorName} their name
 * @param kinds of acts there are
 * @param people to choose from, where several are called so
 * @param older the last entry shown, when there are older ones
 * @param deep whether newer ones are left out
 */
record LedgerPage(
        List<Line> lines,
        LedgerController.Asked asked,
        @Nullable UUID actor,
        String actorName,
        List<String> kinds,
        List<Accounts.Listed> people,
        @Nullable UUID older,
        boolean deep,
        FormErrors errors,
        AsOf asOf)
        implements Dated {
    record Line(
            Instant at,
            String act,
            String actor,
            UUID subject,
            String facts,
            String payloadHash,
            String documentHash) {}

    @Override
    public int status() {
        return errors.none() ? asOf.status() : 422;
    }

    @Override
    public String undated() {
        return "access.ledger.undated";
    }

    /** Kinds by the part of the product they are of, in its order. */
    Map<String, List<String>> groups() {
        return kinds.stream()
                .collect(Collectors.groupingBy(
                        act -> act.substring(0, act.indexOf('.')), java.util.TreeMap::new, Collectors.toList()));
    }

    static String words(Ui ui, String act) {
        return ui.has("act." + act) ? ui.t("act." + act) : act;
    }

    boolean filtered() {
        return !asked.from().isEmpty()
                || !asked.to().isEmpty()
                || !asked.act().isEmpty()
                || !asked.who().isEmpty()
                || actor != null
                || asked.subject() != null;
    }

    /** The page with what was asked for, ending so that more may follow. */
    private String query(String who, @Nullable UUID chosen) {
        var query = new StringBuilder(LedgerController.ADDRESS + "?");
        add(query, "tu", asked.from());
        add(query, "den", asked.to());
        add(query, "viec", asked.act());
        add(query, "nguoi", who);
        add(query, "ai", chosen == null ? "" : chosen.toString());
        UUID subject = asked.subject();
        add(query, "ve", subject == null ? "" : subject.toString());
        return query.append(asOf.parameter()).toString();
    }

    private static void add(StringBuilder query, String name, String value) {
        if (!value.isEmpty()) {
            query.append(name).append('=').append(Ui.encode(value)).append('&');
        }
    }

    private static String tidy(String address) {
        return address.substring(0, address.length() - 1);
    }

    String of(Accounts.Listed person) {
        return tidy(query(person.displayName(), person.id()));
    }

    String about(Line line) {
        return LedgerController.ADDRESS + "?ve=" + line.subject() + (asOf.past() ? "&" + tidy(asOf.parameter()) : "");
    }

    String newest() {
        return tidy(query(asked.who(), actor));
    }

    String behind() {
        return query(asked.who(), actor) + Paging.CURSOR + "=" + older;
    }
}
