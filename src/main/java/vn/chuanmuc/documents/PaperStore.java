package vn.chuanmuc.documents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.documents.Papers.Change;
import vn.chuanmuc.documents.Papers.Draft;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.documents.Papers.Print;
import vn.chuanmuc.kernel.Check;

/** Papers, their codes, states and prints in the database. */
@Component
class PaperStore {
    private static final int MOST = 100;
    private static final String PAPER = """
            select p.tenant_id, p.id, p.code, p.kind, p.scope_id, p.subject_id, p.layout, p.form, p.head, p.body_hash, p.text_hash,
                   p.issued_by, p.issued_at, s.state, s.at as since
            from documents.paper p
            join lateral (
                select t.state, t.at from documents.paper_state t
                where t.tenant_id = p.tenant_id and t.paper_id = p.id
                order by t.seq desc
                limit 1) s on true
            """;

    private final JdbcClient jdbc;

    PaperStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whoever issues or moves papers of a subject waits for the other who does. */
    /** In one order, whoever asks: two who lock the same kinds do not wait for each other in a ring. */
    void lock(UUID tenantId, Set<String> kinds, UUID scope, UUID subject) {
        jdbc.sql("select cast(pg_advisory_xact_lock(hashtextextended(k.what, 13)) as text) from unnest(?) as k (what)")
                .param(kinds.stream()
                        .sorted()
                        .map(kind -> tenantId + " " + kind + " " + scope + " " + subject)
                        .toArray(String[]::new))
                .query((row, n) -> n)
                .list();
    }

    /** Writes the paper under the first of the drawn codes that is free. */
    PaperCode insert(Draft draft, UUID id, byte[] textHash, Instant now, Supplier<PaperCode> draw) {
        PaperCode code = draw.get();
        while (jdbc.sql("select exists (select from documents.paper_code where code = ?)")
                .param(code.signs())
                .query((row, n) -> row.getBoolean(1))
                .single()) {
            code = draw.get();
        }
        int rows = jdbc.sql("""
                        insert into documents.paper
                            (tenant_id, id, code, kind, scope_id, subject_id, layout, form, head, body_hash, text_hash, edition,
                             issued_by, issued_at)
                        select :tenant, :id, :code, :kind, :scope, :subject, :layout, :form, :head, :body, :text,
                               1 + coalesce(max(p.edition), 0), :account, :now
                        from documents.paper p
                        where p.tenant_id = :tenant and p.kind = :kind and p.scope_id = :scope and p.subject_id = :subject
                          and p.layout = :layout and p.form = :form and p.text_hash = :text
                        """)
                .param("tenant", draft.tenantId())
                .param("id", id)
                .param("code", code.signs())
                .param("kind", draft.kind())
                .param("scope", draft.scope())
                .param("subject", draft.subject())
                .param("layout", draft.layout())
                .param("form", draft.form())
                .param("head", draft.head())
                .param("body", draft.bodyHash())
                .param("text", textHash)
                .param("account", draft.account())
                .param("now", Timestamp.from(now))
                .update();
        Check.that(rows == 1, "a paper is one row");
        int codes = jdbc.sql("insert into documents.paper_code (code, tenant_id, paper_id) values (?, ?, ?)")
                .params(code.signs(), draft.tenantId(), id)
                .update();
        Check.that(codes == 1, "a paper has one code");
        int states = jdbc.sql("""
                        insert into documents.paper_state (tenant_id, paper_id, seq, state, account_id, at)
                        values (?, ?, 1, 'issued', ?, ?)
                        """)
                .params(draft.tenantId(), id, draft.account(), Timestamp.from(now))
                .update();
        Check.that(states == 1, "a paper begins as issued");
        return code;
    }

    /**
     * Adds the state unless the paper stands otherwise than the caller thinks; of two at once one does. Returns its number; empty
     * when it was not added.
     */
    OptionalInt move(Paper paper, PaperState to, String reason, @Nullable UUID successor, UUID account, Instant now) {
        return jdbc.sql("""
                                insert into documents.paper_state
                                    (tenant_id, paper_id, seq, state, reason, successor_id, account_id, at)
                                select s.tenant_id, s.paper_id, s.seq + 1, :to, :reason, :successor, :account, :now
                                from documents.paper_state s
                                where s.tenant_id = :tenant and s.paper_id = :paper and s.state = any (:from)
                                  and s.seq = (select max(m.seq) from documents.paper_state m
                                               where m.tenant_id = s.tenant_id and m.paper_id = s.paper_id)
                                on conflict (tenant_id, paper_id, seq) do nothing
                                returning seq
                                """)
                .param("to", to.code())
                .param("reason", reason)
                .param("successor", successor)
                .param("account", account)
                .param("now", Timestamp.from(now))
                .param("tenant", paper.tenantId())
                .param("paper", paper.id())
                .param("from", to.from())
                .query((row, n) -> OptionalInt.of(row.getInt("seq")))
                .optional()
                .orElse(OptionalInt.empty());
    }

    /** False when this file was printed of it before. */
    boolean print(Paper paper, byte[] pdfHash, int pages, UUID account, Instant now) {
        return jdbc.sql("""
                        insert into documents.paper_print (tenant_id, paper_id, pdf_hash, pages, printed_by, printed_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (tenant_id, paper_id, pdf_hash) do nothing
                        """)
                        .params(paper.tenantId(), paper.id(), pdfHash, pages, account, Timestamp.from(now))
                        .update()
                == 1;
    }

    Optional<Paper> find(PaperCode code) {
        return jdbc.sql(PAPER + """
                        join documents.paper_code c on c.tenant_id = p.tenant_id and c.paper_id = p.id
                        where c.code = ?
                        """)
                .param(code.signs())
                .query((row, n) -> paper(row))
                .optional();
    }

    Optional<Paper> find(UUID tenantId, UUID id) {
        return jdbc.sql(PAPER + " where p.tenant_id = ? and p.id = ?")
                .params(tenantId, id)
                .query((row, n) -> paper(row))
                .optional();
    }

    List<Paper> ofFile(byte[] pdfHash) {
        return jdbc.sql(PAPER + """
                        join documents.paper_print f on f.tenant_id = p.tenant_id and f.paper_id = p.id
                        where f.pdf_hash = ?
                        order by p.id
                        limit 10
                        """)
                .param(pdfHash)
                .query((row, n) -> paper(row))
                .list();
    }

    List<Paper> of(UUID tenantId, Set<String> kinds, UUID scope, UUID subject) {
        return jdbc.sql(PAPER + """
                        where p.tenant_id = ? and p.kind = any (?) and p.scope_id = ? and p.subject_id = ?
                        order by p.id desc
                        limit 100
                        """)
                .params(tenantId, kinds.toArray(String[]::new), scope, subject)
                .query((row, n) -> paper(row))
                .list();
    }

    List<Change> history(UUID tenantId, UUID paperId) {
        return jdbc.sql("""
                        select state, reason, successor_id, account_id, at
                        from documents.paper_state
                        where tenant_id = ? and paper_id = ?
                        order by seq
                        limit ?
                        """)
                .params(tenantId, paperId, MOST)
                .query((row, n) -> new Change(
                        PaperState.of(row.getString("state")),
                        row.getString("reason"),
                        row.getObject("successor_id", UUID.class),
                        row.getObject("account_id", UUID.class),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    List<Print> prints(UUID tenantId, UUID paperId) {
        return jdbc.sql("""
                        select pdf_hash, pages, printed_at
                        from documents.paper_print
                        where tenant_id = ? and paper_id = ?
                        order by printed_at
                        limit ?
                        """)
                .params(tenantId, paperId, MOST)
                .query((row, n) -> new Print(
                        row.getBytes("pdf_hash"),
                        row.getInt("pages"),
                        row.getTimestamp("printed_at").toInstant()))
                .list();
    }

    private static Paper paper(ResultSet row) throws SQLException {
        return new Paper(
                row.getObject("tenant_id", UUID.class),
                row.getObject("id", UUID.class),
                new PaperCode(row.getString("code")),
                row.getString("kind"),
                row.getObject("scope_id", UUID.class),
                row.getObject("subject_id", UUID.class),
                row.getString("layout"),
                row.getString("form"),
                row.getString("head"),
                row.getBytes("body_hash"),
                row.getBytes("text_hash"),
                row.getObject("issued_by", UUID.class),
                row.getTimestamp("issued_at").toInstant(),
                PaperState.of(row.getString("state")),
                row.getTimestamp("since").toInstant());
    }
}
