package vn.chuanmuc.petitions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Period;
import vn.chuanmuc.assessments.Results.Contestable;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.petitions.Petition.Attachment;
import vn.chuanmuc.petitions.Petition.Opinion;
import vn.chuanmuc.petitions.Petition.Outcome;
import vn.chuanmuc.petitions.Petition.Part;
import vn.chuanmuc.petitions.Petition.State;
import vn.chuanmuc.petitions.Petition.Step;
import vn.chuanmuc.petitions.Petition.StepKind;
import vn.chuanmuc.rules.RuleBook.Clocks;

/** Petitions, their steps, opinions and files. */
@Component
class PetitionStore {
    static final int MOST_STEPS = 500;
    static final int MOST_FILES = 100;
    static final int MOST_RULES = 50;

    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final TypeReference<LinkedHashMap<String, Object>> NAMED = new TypeReference<>() {};

    private static final String COLUMNS = """
            select p.id, p.period, p.form_id, p.cycle_id, p.cycle_title, p.cycle_unit, p.unit_id, p.unit_name, p.decider_unit,
                   coalesce((select m.merged_into from directory.person m
                             where m.tenant_id = p.tenant_id and m.id = p.person_id), p.person_id) as person_id,
                   p.full_name, p.position_name, p.told_version, p.told_on, p.grade, p.grade_name, p.rule_id, p.file_days, p.answer_days,
                   p.remind_days, p.clocks_basis, p.state, p.version, p.steps, p.opened_by, p.saved_at, p.whole, p.items, p.grounds, p.wish,
                   p.late_reason, p.on_paper, p.received_on, p.filed_on, p.file_by, p.late, p.late_accepted, p.ack_by, p.ack_on,
                   p.register_year, p.register_no, p.answer_by, p.handler, p.handler_person, p.outcome, p.decided_by, p.decider_person,
                   p.reassessor, p.reassess_by, p.new_version, p.approved, p.ack_told, p.answer_told, p.closed_on
            from petitions.petition p
            """;

    private static final RowMapper<Petition> OF = (row, n) -> new Petition(
            row.getObject("id", UUID.class),
            Period.of(row.getInt("period")),
            row.getObject("form_id", UUID.class),
            row.getObject("cycle_id", UUID.class),
            row.getString("cycle_title"),
            row.getObject("cycle_unit", UUID.class),
            row.getObject("unit_id", UUID.class),
            row.getString("unit_name"),
            row.getObject("decider_unit", UUID.class),
            row.getObject("person_id", UUID.class),
            row.getString("full_name"),
            row.getString("position_name"),
            row.getInt("told_version"),
            row.getObject("told_on", LocalDate.class),
            row.getString("grade"),
            row.getString("grade_name"),
            row.getObject("rule_id", UUID.class),
            row.getInt("file_days"),
            row.getInt("answer_days"),
            row.getInt("remind_days"),
            row.getString("clocks_basis"),
            State.of(row.getString("state")),
            row.getInt("version"),
            row.getInt("steps"),
            row.getObject("opened_by", UUID.class),
            row.getTimestamp("saved_at").toInstant(),
            row.getBoolean("whole"),
            whole(row, "items"),
            row.getString("grounds"),
            row.getString("wish"),
            row.getString("late_reason"),
            row.getBoolean("on_paper"),
            row.getObject("received_on", LocalDate.class),
            row.getObject("filed_on", LocalDate.class),
            row.getObject("file_by", LocalDate.class),
            row.getBoolean("late"),
            row.getBoolean("late_accepted"),
            row.getObject("ack_by", LocalDate.class),
            row.getObject("ack_on", LocalDate.class),
            row.getObject("register_year", Integer.class),
            row.getObject("register_no", Integer.class),
            row.getObject("answer_by", LocalDate.class),
            row.getObject("handler", UUID.class),
            row.getObject("handler_person", UUID.class),
            Optional.ofNullable(row.getString("outcome")).flatMap(Outcome::read).orElse(null),
            row.getObject("decided_by", UUID.class),
            row.getObject("decider_person", UUID.class),
            row.getObject("reassessor", UUID.class),
            row.getObject("reassess_by", LocalDate.class),
            row.getObject("new_version", Integer.class),
            row.getBoolean("approved"),
            row.getInt("ack_told"),
            row.getInt("answer_told"),
            row.getObject("closed_on", LocalDate.class));

    private final JdbcClient jdbc;

    PetitionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static List<Integer> whole(ResultSet row, String column) throws SQLException {
        var numbers = new ArrayList<Integer>();
        for (Object one : (Object[]) row.getArray(column).getArray()) {
            numbers.add(((Number) one).intValue());
        }
        return numbers;
    }

    static String canonical(Map<String, ?> said) {
        return CANONICAL.writeValueAsString(said);
    }

    static Map<String, Object> named(String json) {
        return CANONICAL.readValue(json, NAMED);
    }

    Optional<Petition> find(UUID tenantId, UUID id) {
        return jdbc.sql(COLUMNS + " where p.tenant_id = ? and p.id = ?")
                .params(tenantId, id)
                .query(OF)
                .optional();
    }

    /** The petition, held until the transaction ends. */
    Optional<Petition> lock(UUID tenantId, UUID id) {
        return jdbc.sql(COLUMNS + " where p.tenant_id = ? and p.id = ? for update")
                .params(tenantId, id)
                .query(OF)
                .optional();
    }

    /** Petitions about a form, the newest first; drafts are left out. */
    List<Petition> ofForm(UUID tenantId, Period period, UUID formId) {
        return jdbc.sql(COLUMNS + """
                         where p.tenant_id = ? and p.period = ? and p.form_id = ? and p.state not in ('draft', 'dropped')
                        order by p.opened_at desc, p.id desc
                        limit 50
                        """)
                .params(tenantId, period.code(), formId)
                .query(OF)
                .list();
    }

    Optional<UUID> draft(Viewer viewer, Period period, UUID formId, int version) {
        return jdbc.sql("""
                        select id from petitions.petition
                        where tenant_id = ? and period = ? and form_id = ? and told_version = ? and opened_by = ? and state = 'draft'
                        """)
                .params(viewer.tenantId(), period.code(), formId, (short) version, viewer.accountId())
                .query((row, n) -> row.getObject("id", UUID.class))
                .optional();
    }

    /** @return whether there was none of this hand about this version */
    boolean open(
            Viewer viewer, UUID id, Contestable about, Clocks clocks, @Nullable UUID rule, boolean paper, Instant now) {
        var of = about.about();
        return jdbc.sql("""
                        insert into petitions.petition
                            (tenant_id, id, period, form_id, cycle_id, cycle_title, cycle_unit, unit_id, unit_name, decider_unit, person_id,
                             full_name, position_name, sort_key, search_key, told_version, told_on, grade, grade_name, rule_id, file_days,
                             answer_days, remind_days, clocks_basis, state, opened_by, opened_at, saved_at, on_paper)
                        select f.tenant_id, :id, f.period, f.id, f.cycle_id, :title, :cycle_unit, f.unit_id, f.unit_name, :decider,
                               f.person_id, f.full_name, f.position_name, f.sort_key, f.search_key, :version, :told, :grade, :grade_name,
                               :rule, :file, :answer, :remind, :basis, 'draft', :by, :at, :at, :paper
                        from assessments.form f
                        where f.tenant_id = :tenant and f.period = :period and f.id = :form
                        on conflict (tenant_id, period, form_id, told_version, opened_by) where state = 'draft' do nothing
                        """)
                        .param("id", id)
                        .param("title", of.cycleTitle())
                        .param("cycle_unit", of.cycleUnit())
                        .param("decider", of.deciderUnit())
                        .param("version", (short) about.told().version())
                        .param("told", about.toldOn())
                        .param("grade", about.told().grade())
                        .param("grade_name", about.told().gradeName())
                        .param("rule", rule)
                        .param("file", (short) clocks.file())
                        .param("answer", (short) clocks.answer())
                        .param("remind", (short) clocks.remind())
                        .param("basis", clocks.basis())
                        .param("by", viewer.accountId())
                        .param("at", Timestamp.from(now))
                        .param("paper", paper)
                        .param("tenant", viewer.tenantId())
                        .param("period", of.period().code())
                        .param("form", of.formId())
                        .update()
                == 1;
    }

    /** @return whether the draft was as it was read */
    boolean save(UUID tenantId, UUID id, int version, Drafting.Draft draft, Instant now) {
        return jdbc.sql("""
                        update petitions.petition
                        set whole = :whole, items = :items, grounds = :grounds, wish = :wish, late_reason = :late, received_on = :received,
                            version = version + 1, saved_at = :at
                        where tenant_id = :tenant and id = :id and state = 'draft' and version = :version
                        """)
                        .param("whole", draft.whole())
                        .param(
                                "items",
                                draft.items().stream().map(Integer::shortValue).toArray(Short[]::new))
                        .param("grounds", draft.grounds())
                        .param("wish", draft.wish())
                        .param("late", draft.lateReason())
                        .param("received", draft.receivedOn())
                        .param("at", Timestamp.from(now))
                        .param("tenant", tenantId)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    boolean drop(UUID tenantId, UUID id) {
        return jdbc.sql(
                                "update petitions.petition set state = 'dropped' where tenant_id = ? and id = ? and state = 'draft'")
                        .params(tenantId, id)
                        .update()
                == 1;
    }

    /** Changes that come with a step. */
    Move move() {
        return new Move();
    }

    /** Columns of a petition that a step sets. */
    static final class Move {
        private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

        Move set(String column, @Nullable Object value) {
            values.put(column, value);
            return this;
        }

        Move to(State state) {
            return set("state", state.code());
        }

        Map<String, @Nullable Object> values() {
            return values;
        }
    }

    /**
     * Writes a step and what it changes.
     *
     * @param account NOBODY for what a clock did
     * @return the hash of what was said
     * @throws DuplicateKeyException when the result has another petition already
     */
    byte[] step(
            UUID tenantId,
            Petition petition,
            StepKind kind,
            String said,
            UUID account,
            @Nullable UUID person,
            LocalDate day,
            Instant at,
            Move move) {
        var columns = new StringBuilder();
        move.values
                .keySet()
                .forEach(column ->
                        columns.append(", ").append(column).append(" = :").append(column));
        var update = jdbc.sql("""
                        update petitions.petition set steps = steps + 1%s
                        where tenant_id = :tenant_id and id = :petition_id and steps = :seen_steps
                        """.formatted(columns));
        for (var entry : move.values.entrySet()) {
            update = update.param(entry.getKey(), entry.getValue());
        }
        int rows = update.param("tenant_id", tenantId)
                .param("petition_id", petition.id())
                .param("seen_steps", petition.steps())
                .update();
        Check.that(rows == 1, "a petition that is held moves by one step");
        byte[] hash = Sha256.of(said);
        jdbc.sql("""
                        insert into petitions.step (tenant_id, petition_id, seq, kind, said, hash, account_id, person_id, day, at)
                        values (:tenant, :petition, :seq, :kind, :said, :hash, :account, :person, :day, :at)
                        """)
                .param("tenant", tenantId)
                .param("petition", petition.id())
                .param("seq", petition.steps() + 1)
                .param("kind", kind.code())
                .param("said", said)
                .param("hash", hash)
                .param("account", account)
                .param("person", person)
                .param("day", day)
                .param("at", Timestamp.from(at))
                .update();
        return hash;
    }

    /** What was done, the first step first. */
    List<Step> steps(UUID tenantId, UUID id) {
        return jdbc.sql("""
                        select s.seq, s.kind, s.said, s.account_id, s.person_id, coalesce(a.display_name, '') as name, s.day, s.at
                        from petitions.step s
                        left join access.account a on a.tenant_id = s.tenant_id and a.id = s.account_id
                        where s.tenant_id = ? and s.petition_id = ?
                        order by s.seq
                        limit ?
                        """)
                .params(tenantId, id, MOST_STEPS)
                .query((row, n) -> new Step(
                        row.getInt("seq"),
                        StepKind.of(row.getString("kind")),
                        named(row.getString("said")),
                        row.getObject("account_id", UUID.class),
                        row.getObject("person_id", UUID.class),
                        row.getString("name"),
                        row.getObject("day", LocalDate.class),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    // Opinions

    List<Opinion> opinions(UUID tenantId, UUID id) {
        return jdbc.sql("""
                        select n, account_id, unit_id, name, due, state, draft, called from petitions.opinion
                        where tenant_id = ? and petition_id = ?
                        order by n
                        """)
                .params(tenantId, id)
                .query((row, n) -> opinion(row))
                .list();
    }

    private static Opinion opinion(ResultSet row) throws SQLException {
        return new Opinion(
                row.getInt("n"),
                row.getObject("account_id", UUID.class),
                row.getObject("unit_id", UUID.class),
                row.getString("name"),
                row.getObject("due", LocalDate.class),
                PetitionRule.read(Opinion.Waits.class, row.getString("state")).orElseThrow(),
                row.getString("draft"),
                row.getInt("called"));
    }

    void ask(UUID tenantId, UUID id, Opinion opinion) {
        jdbc.sql("""
                        insert into petitions.opinion (tenant_id, petition_id, n, account_id, unit_id, name, due, state)
                        values (:tenant, :petition, :n, :account, :unit, :name, :due, 'asked')
                        """)
                .param("tenant", tenantId)
                .param("petition", id)
                .param("n", (short) opinion.n())
                .param("account", opinion.account())
                .param("unit", opinion.unit())
                .param("name", opinion.name())
                .param("due", opinion.due())
                .update();
    }

    /** @return whether it was still waited for */
    boolean end(UUID tenantId, UUID id, int n, Opinion.Waits state) {
        return jdbc.sql("""
                        update petitions.opinion set state = ?, draft = ''
                        where tenant_id = ? and petition_id = ? and n = ? and state = 'asked'
                        """).params(state.code(), tenantId, id, (short) n).update() == 1;
    }

    boolean draftOpinion(UUID tenantId, UUID id, int n, String words) {
        return jdbc.sql("""
                        update petitions.opinion set draft = ? where tenant_id = ? and petition_id = ? and n = ? and state = 'asked'
                        """).params(words, tenantId, id, (short) n).update() == 1;
    }

    boolean called(UUID tenantId, UUID id, int n, int level) {
        return jdbc.sql("""
                        update petitions.opinion set called = ?
                        where tenant_id = ? and petition_id = ? and n = ? and state = 'asked' and called < ?
                        """)
                        .params((short) level, tenantId, id, (short) n, (short) level)
                        .update()
                == 1;
    }

    // Files

    List<Attachment> attachments(UUID tenantId, UUID id) {
        return jdbc.sql("""
                        select id, part, n, title, hash, media_type, size, added_by, seq from petitions.attachment
                        where tenant_id = ? and petition_id = ?
                        order by id
                        limit ?
                        """)
                .params(tenantId, id, MOST_FILES)
                .query((row, n) -> new Attachment(
                        row.getObject("id", UUID.class),
                        PetitionRule.read(Part.class, row.getString("part")).orElseThrow(),
                        row.getInt("n"),
                        row.getString("title"),
                        row.getBytes("hash"),
                        row.getString("media_type"),
                        row.getLong("size"),
                        row.getObject("added_by", UUID.class),
                        row.getObject("seq", Integer.class)))
                .list();
    }

    void attach(UUID tenantId, UUID petitionId, Attachment file, Instant at) {
        jdbc.sql("""
                        insert into petitions.attachment
                            (tenant_id, petition_id, id, part, n, title, hash, media_type, size, added_by, added_at)
                        values (:tenant, :petition, :id, :part, :n, :title, :hash, :type, :size, :by, :at)
                        """)
                .param("tenant", tenantId)
                .param("petition", petitionId)
                .param("id", file.id())
                .param("part", file.part().code())
                .param("n", (short) file.n())
                .param("title", file.title())
                .param("hash", file.hash())
                .param("type", file.mediaType())
                .param("size", file.size())
                .param("by", file.addedBy())
                .param("at", Timestamp.from(at))
                .update();
    }

    /** @return whether it was there, of this hand, and in no step */
    boolean detach(Viewer viewer, UUID petitionId, UUID id) {
        return jdbc.sql("""
                        delete from petitions.attachment
                        where tenant_id = ? and petition_id = ? and id = ? and added_by = ? and seq is null
                        """)
                        .params(viewer.tenantId(), petitionId, id, viewer.accountId())
                        .update()
                == 1;
    }

    void takeUp(UUID tenantId, UUID petitionId, List<Attachment> files, int seq) {
        for (Attachment file : files) {
            int rows =
                    jdbc.sql("""
                            update petitions.attachment set seq = ?
                            where tenant_id = ? and petition_id = ? and id = ? and seq is null
                            """).params(seq, tenantId, petitionId, file.id()).update();
            Check.that(rows == 1, "a file is taken up once");
        }
    }

    /** The next number in the unit's register of a year; whoever wants one too waits until the transaction ends. */
    int nextRegistered(UUID tenantId, UUID unitId, int year) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("petitions.register/" + tenantId + "/" + unitId + "/" + year)
                .query((row, n) -> n)
                .single();
        return jdbc.sql("""
                        select coalesce(max(register_no), 0) + 1 from petitions.petition
                        where tenant_id = ? and cycle_unit = ? and register_year = ?
                        """)
                .params(tenantId, unitId, (short) year)
                .query((row, n) -> row.getInt(1))
                .single();
    }

    // Rules

    private static final String RULE = """
            select id, valid_from, acknowledge_days, opinion_days, late_days, stands_still, subordinates, decides, approval, shows_opinions,
                   head_after, basis
            from petitions.rule
            where tenant_id = :tenant
            """;

    private static final RowMapper<PetitionRule> RULES = (row, n) -> new PetitionRule(
            row.getObject("id", UUID.class),
            row.getObject("valid_from", LocalDate.class),
            row.getInt("acknowledge_days"),
            row.getInt("opinion_days"),
            row.getInt("late_days"),
            row.getBoolean("stands_still"),
            PetitionRule.read(PetitionRule.Subordinates.class, row.getString("subordinates"))
                    .orElseThrow(),
            PetitionRule.read(PetitionRule.Decides.class, row.getString("decides"))
                    .orElseThrow(),
            row.getBoolean("approval"),
            PetitionRule.read(PetitionRule.ShowsOpinions.class, row.getString("shows_opinions"))
                    .orElseThrow(),
            row.getInt("head_after"),
            row.getString("basis"));

    PetitionRule rule(UUID tenantId, LocalDate day) {
        return jdbc.sql(RULE + " and valid_from <= :day order by valid_from desc, id desc limit 1")
                .param("tenant", tenantId)
                .param("day", day)
                .query(RULES)
                .optional()
                .orElse(PetitionRule.SHIPPED);
    }

    PetitionRule rule(UUID tenantId, @Nullable UUID id) {
        return id == null
                ? PetitionRule.SHIPPED
                : jdbc.sql(RULE + " and id = :id")
                        .param("tenant", tenantId)
                        .param("id", id)
                        .query(RULES)
                        .single();
    }

    List<PetitionRule> rules(UUID tenantId) {
        return jdbc.sql(RULE + " order by valid_from desc, id desc limit :most")
                .param("tenant", tenantId)
                .param("most", MOST_RULES)
                .query(RULES)
                .list();
    }

    void setRule(Viewer viewer, PetitionRule rule, Instant at) {
        jdbc.sql("""
                        insert into petitions.rule
                            (tenant_id, id, valid_from, acknowledge_days, opinion_days, late_days, stands_still, subordinates, decides,
                             approval, shows_opinions, head_after, basis, set_by, set_at)
                        values (:tenant, :id, :from, :ack, :opinion, :late, :still, :sub, :decides, :approval, :shows, :head, :basis, :by, :at)
                        """)
                .param("tenant", viewer.tenantId())
                .param("id", rule.id())
                .param("from", rule.validFrom())
                .param("ack", (short) rule.acknowledgeDays())
                .param("opinion", (short) rule.opinionDays())
                .param("late", (short) rule.lateDays())
                .param("still", rule.standsStill())
                .param("sub", rule.subordinates().code())
                .param("decides", rule.decides().code())
                .param("approval", rule.approval())
                .param("shows", rule.showsOpinions().code())
                .param("head", (short) rule.headAfter())
                .param("basis", rule.basis())
                .param("by", viewer.accountId())
                .param("at", Timestamp.from(at))
                .update();
    }

    // Who

    /** Somebody who can act. @param username as they sign in */
    record Candidate(UUID account, @Nullable UUID person, String name, String username) {}

    private static final RowMapper<Candidate> CANDIDATE = (row, n) -> new Candidate(
            row.getObject("id", UUID.class),
            row.getObject("person_id", UUID.class),
            row.getString("display_name"),
            row.getString("username"));

    Optional<Candidate> candidate(UUID tenantId, String username) {
        return jdbc.sql("""
                        select id, person_id, display_name, username from access.account
                        where tenant_id = ? and username = ? and state = 'active'
                        """).params(tenantId, username).query(CANDIDATE).optional();
    }

    Optional<Candidate> candidate(UUID tenantId, UUID account) {
        return jdbc.sql("""
                        select id, person_id, display_name, username from access.account
                        where tenant_id = ? and id = ? and state = 'active'
                        """).params(tenantId, account).query(CANDIDATE).optional();
    }

    /** Who holds a post in the unit or above it, by name; at most 100. */
    List<Candidate> around(UUID tenantId, UUID unitId, LocalDate today) {
        return jdbc.sql("""
                        select a.id, a.person_id, a.display_name, a.username
                        from access.account a
                        where a.tenant_id = :tenant and a.state = 'active'
                          and exists (select from access.role_grant g
                                      join directory.unit_closure c on c.tenant_id = g.tenant_id and c.ancestor_id = g.unit_id
                                      where g.tenant_id = a.tenant_id and g.account_id = a.id and c.descendant_id = :unit
                                        and g.role in ('BOARD', 'CLERK', 'HEAD', 'INSPECTOR') and g.valid_from <= :today
                                        and g.valid_to is null)
                        order by a.display_name, a.username
                        limit 100
                        """)
                .param("tenant", tenantId)
                .param("unit", unitId)
                .param("today", today)
                .query(CANDIDATE)
                .list();
    }

    /** Whether somebody works, or holds a post, in a unit that one of these accounts heads. */
    boolean under(UUID tenantId, Candidate candidate, List<UUID> heads, LocalDate today) {
        return jdbc.sql("""
                        select exists (
                            select from access.role_grant h
                            join directory.unit_closure c on c.tenant_id = h.tenant_id and c.ancestor_id = h.unit_id
                            where h.tenant_id = :tenant and h.account_id = any (:heads) and h.role = 'HEAD' and h.valid_from <= :today
                              and h.valid_to is null
                              and (exists (select from directory.assignment w
                                           where w.tenant_id = :tenant and w.person_id = cast(:person as uuid) and w.unit_id = c.descendant_id
                                             and w.valid_from <= :today and (w.valid_to is null or w.valid_to > :today))
                                   or exists (select from access.role_grant g
                                              where g.tenant_id = :tenant and g.account_id = :account and g.unit_id = c.descendant_id
                                                and g.valid_from <= :today and g.valid_to is null)))
                        """)
                .param("tenant", tenantId)
                .param("heads", heads.toArray(UUID[]::new))
                .param("today", today)
                .param("person", candidate.person())
                .param("account", candidate.account())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    boolean isDuplicate(DuplicateKeyException e) {
        return String.valueOf(e.getMessage()).contains("petition_once");
    }
}
