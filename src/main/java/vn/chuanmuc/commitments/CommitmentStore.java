package vn.chuanmuc.commitments;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.campaigns.PaperLines;
import vn.chuanmuc.campaigns.Supplements;
import vn.chuanmuc.commitments.Commitments.Receipt;
import vn.chuanmuc.directory.Lines;
import vn.chuanmuc.office.Layout;

/** Writes and reads what people did about their commitments. */
@Component
class CommitmentStore {
    private static final String PLACE = """
            r.person_id, r.year, r.full_name, r.birth_date, r.position_name, r.unit_id, r.unit_name, r.bloc_id, r.bloc_name,
            r.set_id, r.left_on, c.id as campaign_id, c.title, c.plan_number, c.plan_date, c.decision_id, c.sign_by,
            c.methods, c.receiver_unit, c.state, c.launched_at, c.base_id, l.kind as line_kind, s.standing, s.version, s.at,
            f.list_id, f.since,
            (select coalesce(max(m.version), 0) from commitments.commitment m
             where m.tenant_id = r.tenant_id and m.year = r.year and m.person_id = r.person_id) as newest,
            (select n.title from campaigns.campaign n
             join campaigns.roster_entry o on o.tenant_id = n.tenant_id and o.campaign_id = n.id
             where n.tenant_id = c.tenant_id and n.base_id = c.id and o.person_id = r.person_id and o.left_on is null
             limit 1) as signs_in,
            (select case when p.full_name <> r.full_name or p.birth_date is distinct from r.birth_date then p.full_name end
             from directory.person p where p.tenant_id = r.tenant_id and p.id = r.person_id) as corrected
            """;
    private static final String FROM = """
            from campaigns.roster_entry r
            join campaigns.campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id
            join commitments.standing s
                on s.tenant_id = r.tenant_id and s.campaign_id = r.campaign_id and s.person_id = r.person_id
            left join directory.line l on l.tenant_id = c.tenant_id and l.id = c.line_id
            left join campaigns.freeze f on f.tenant_id = r.tenant_id and f.campaign_id = r.campaign_id
                and f.unit_id = r.unit_id and f.bloc_id = r.bloc_id
            where r.tenant_id = ? and r.campaign_id = ? and r.person_id = ?
            """;
    private static final String READ = "select " + PLACE + FROM;
    /** Reads and, in the same round trip, holds the list still: see Campaigns.lockBloc. */
    private static final String READ_LOCKED = "select " + PLACE
            + ", cast(pg_advisory_xact_lock_shared(campaigns.campaign_lock(r.campaign_id)) as text)"
            + ", cast(pg_advisory_xact_lock_shared(campaigns.bloc_lock(r.campaign_id, r.unit_id, r.bloc_id)) as text)"
            + FROM;

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final JdbcClient jdbc;
    private final RecentCounts recent;

    CommitmentStore(JdbcClient jdbc, RecentCounts recent) {
        this.jdbc = jdbc;
        this.recent = recent;
    }

    /**
     * A person's place in a campaign, all that signing needs to know.
     *
     * @param stood the version that says how they stand in this campaign; 0 when nothing was recorded in it
     * @param version the newest version of their year, in whichever campaign: the next one comes after it
     * @param baseId of a supplementary campaign: the campaign it stands on
     * @param corrected their name as the directory has it now, where that or the birth date was corrected since; otherwise null
     * @param signsIn the supplementary campaign on whose roster they are too: there they sign, and nothing changes here any more
     */
    record Place(
            UUID campaignId,
            String campaignTitle,
            String planNumber,
            @Nullable LocalDate planDate,
            UUID decisionId,
            LocalDate signBy,
            boolean electronic,
            boolean onPaper,
            boolean digital,
            UUID receiverUnit,
            boolean open,
            Looks looks,
            UUID personId,
            int year,
            String fullName,
            @Nullable LocalDate birthDate,
            String positionName,
            UUID unitId,
            String unitName,
            UUID blocId,
            String blocName,
            UUID setId,
            Standing standing,
            int stood,
            int version,
            @Nullable Instant at,
            @Nullable UUID frozenBy,
            @Nullable Instant frozenSince,
            @Nullable UUID baseId,
            @Nullable String signsIn,
            @Nullable String corrected) {}

    /** What decides how the papers of a campaign look. */
    record Looks(Layout.Line line, LocalDate launchedOn) {}

    /** A new version of what a person did. */
    record Written(
            UUID id,
            int version,
            Standing standing,
            @Nullable String method,
            Instant at,
            UUID accountId,
            @Nullable ReasonKind kind,
            String reason,
            String headPart,
            byte @Nullable [] bodyHash,
            byte @Nullable [] documentHash,
            @Nullable UUID paperId,
            @Nullable LocalDate signedOn,
            @Nullable String confirmedBy) {}

    Optional<Place> place(UUID tenantId, UUID campaignId, UUID personId) {
        return jdbc.sql(READ)
                .param(tenantId)
                .param(campaignId)
                .param(personId)
                .query((row, n) -> place(row))
                .optional();
    }

    Optional<Place> placeLocked(UUID tenantId, UUID campaignId, UUID personId) {
        return jdbc.sql(READ_LOCKED)
                .param(tenantId)
                .param(campaignId)
                .param(personId)
                .query((row, n) -> place(row))
                .optional();
    }

    /** Of a campaign that was opened. */
    Optional<Looks> looks(UUID tenantId, UUID campaignId) {
        return jdbc.sql("""
                        select c.launched_at, l.kind as line_kind
                        from campaigns.campaign c
                        left join directory.line l on l.tenant_id = c.tenant_id and l.id = c.line_id
                        where c.tenant_id = ? and c.id = ? and c.launched_at is not null
                        """)
                .params(tenantId, campaignId)
                .query((row, n) -> looks(row))
                .optional();
    }

    private static Looks looks(ResultSet row) throws SQLException {
        String kind = row.getString("line_kind");
        return new Looks(
                PaperLines.of(kind == null ? null : Lines.Kind.of(kind)),
                LocalDate.ofInstant(row.getTimestamp("launched_at").toInstant(), ZONE));
    }

    private static final RowMapper<Commitments.Own> OWN = (row, n) -> {
        Timestamp at = row.getTimestamp("at");
        return new Commitments.Own(
                row.getObject("campaign_id", UUID.class),
                row.getString("title"),
                row.getInt("year"),
                row.getDate("sign_by").toLocalDate(),
                row.getString("state").equals("launched"),
                Standing.of(row.getString("standing")),
                at == null ? null : at.toInstant(),
                row.getBoolean("replaced"),
                row.getBoolean("supplementary"));
    };

    /** The same at the end of a day that is past, from evidence alone. */
    List<Commitments.Own> own(UUID tenantId, UUID personId, LocalDate day) {
        return jdbc.sql("""
                        select r.campaign_id, c.title, r.year, c.sign_by, s.standing, s.at, c.base_id is not null as supplementary,
                               coalesce((select case k.kind when 'close' then 'closed' else 'launched' end
                                         from campaigns.closing k
                                         where k.tenant_id = c.tenant_id and k.campaign_id = c.id and k.made_at < d.over
                                         order by k.id desc limit 1), 'launched') as state,
                               s.standing = 'signed' and exists (
                                   select from commitments.commitment k
                                   where k.tenant_id = r.tenant_id and k.year = r.year and k.person_id = r.person_id
                                     and k.campaign_id <> r.campaign_id and k.standing = 'signed' and k.at < d.over
                                     and k.version > (select max(o.version) from commitments.commitment o
                                                      where o.tenant_id = r.tenant_id and o.year = r.year
                                                        and o.person_id = r.person_id and o.campaign_id = r.campaign_id
                                                        and o.at < d.over)) as replaced
                        from (select (cast(:day as date) + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' as over) d
                        cross join campaigns.roster_entry r
                        join campaigns.campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id
                        cross join lateral (
                            select x.standing, x.at from commitments.standing_on(r.tenant_id, r.campaign_id, :day) x
                            where x.person_id = r.person_id) s
                        where r.tenant_id = :tenant and r.person_id = :person and c.launched_at < d.over
                        order by r.year desc, c.launched_at desc
                        limit 50
                        """)
                .param("tenant", tenantId)
                .param("person", personId)
                .param("day", Date.valueOf(day))
                .query(OWN)
                .list();
    }

    List<Commitments.Own> own(UUID tenantId, UUID personId) {
        return jdbc.sql("""
                        select r.campaign_id, c.title, r.year, c.sign_by, c.state, s.standing, s.at,
                               s.standing = 'signed' and not exists (
                                   select from commitments.v_in_force k
                                   where k.tenant_id = r.tenant_id and k.year = r.year and k.person_id = r.person_id
                                     and k.campaign_id = r.campaign_id) as replaced,
                               c.base_id is not null as supplementary
                        from campaigns.roster_entry r
                        join campaigns.campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id
                        join commitments.standing s
                            on s.tenant_id = r.tenant_id and s.campaign_id = r.campaign_id and s.person_id = r.person_id
                        where r.tenant_id = ? and r.person_id = ?
                        order by r.year desc, c.launched_at desc
                        limit 50
                        """).param(tenantId).param(personId).query(OWN).list();
    }

    private static Place place(ResultSet row) throws SQLException {
        Date planDate = row.getDate("plan_date");
        Date birthDate = row.getDate("birth_date");
        Timestamp at = row.getTimestamp("at");
        Timestamp since = row.getTimestamp("since");
        return new Place(
                row.getObject("campaign_id", UUID.class),
                row.getString("title"),
                row.getString("plan_number"),
                planDate == null ? null : planDate.toLocalDate(),
                row.getObject("decision_id", UUID.class),
                row.getDate("sign_by").toLocalDate(),
                row.getString("methods").contains(Commitments.ELECTRONIC),
                row.getString("methods").contains(Commitments.PAPER),
                row.getString("methods").contains(Commitments.DIGITAL),
                row.getObject("receiver_unit", UUID.class),
                row.getString("state").equals("launched"),
                looks(row),
                row.getObject("person_id", UUID.class),
                row.getInt("year"),
                row.getString("full_name"),
                birthDate == null ? null : birthDate.toLocalDate(),
                row.getString("position_name"),
                row.getObject("unit_id", UUID.class),
                row.getString("unit_name"),
                row.getObject("bloc_id", UUID.class),
                row.getString("bloc_name"),
                row.getObject("set_id", UUID.class),
                Standing.of(row.getString("standing")),
                row.getInt("version"),
                row.getInt("newest"),
                at == null ? null : at.toInstant(),
                row.getObject("list_id", UUID.class),
                since == null ? null : since.toInstant(),
                row.getObject("base_id", UUID.class),
                row.getString("signs_in"),
                row.getString("corrected"));
    }

    /**
     * Adds the version and moves the standing in one statement, unless somebody was quicker, the list was frozen, the campaign closed or a
     * supplementary one opened in which they sign now. What {@link #placeLocked} read may be older than the lock it waited for.
     *
     * @return false when nothing fits any more: the caller rolls back and looks again
     */
    boolean write(UUID tenantId, Place place, Written written) {
        recent.changed(tenantId, place.campaignId());
        ReasonKind kind = written.kind();
        return jdbc.sql("""
                                with made as (
                                    insert into commitments.commitment
                                        (tenant_id, year, person_id, version, campaign_id, id, standing, set_id, method, at,
                                         account_id, reason_kind, reason, head_part, body_hash, document_hash, paper_id, signed_on,
                                         confirmed_by)
                                    select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
                                    where not exists (
                                        select from campaigns.freeze
                                        where tenant_id = ? and campaign_id = ? and unit_id = ? and bloc_id = ?)
                                      and exists (
                                        select from campaigns.campaign
                                        where tenant_id = ? and id = ? and state = 'launched')
                                      and not exists (
                                        select from campaigns.campaign n
                                        join campaigns.roster_entry o
                                            on o.tenant_id = n.tenant_id and o.campaign_id = n.id and o.person_id = ?
                                        where n.tenant_id = ? and n.base_id = ? and o.left_on is null)
                                    on conflict (tenant_id, year, person_id, version) do nothing
                                    returning tenant_id, campaign_id, person_id, version, standing, at)
                                update commitments.standing s
                                set standing = made.standing, version = made.version, at = made.at
                                from made
                                where s.tenant_id = made.tenant_id and s.campaign_id = made.campaign_id
                                  and s.person_id = made.person_id and s.version = ? and s.standing <> 'left'
                                  and s.unit_id = ? and s.bloc_id = ?
                                """)
                        .param(tenantId)
                        .param(place.year())
                        .param(place.personId())
                        .param(written.version())
                        .param(place.campaignId())
                        .param(written.id())
                        .param(written.standing().code())
                        .param(place.setId())
                        .param(written.method())
                        .param(Timestamp.from(written.at()))
                        .param(written.accountId())
                        .param(kind == null ? null : kind.code())
                        .param(written.reason())
                        .param(written.headPart())
                        .param(written.bodyHash())
                        .param(written.documentHash())
                        .param(written.paperId())
                        .param(written.signedOn())
                        .param(written.confirmedBy())
                        .param(tenantId)
                        .param(place.campaignId())
                        .param(place.unitId())
                        .param(place.blocId())
                        .param(tenantId)
                        .param(place.campaignId())
                        .param(place.personId())
                        .param(tenantId)
                        .param(place.campaignId())
                        .param(place.stood())
                        .param(place.unitId())
                        .param(place.blocId())
                        .update()
                == 1;
    }

    /** The newest signature of a person in a campaign. */
    Optional<Receipt> receipt(UUID tenantId, UUID campaignId, UUID personId) {
        return jdbc.sql("""
                        select k.id, k.campaign_id, k.person_id, k.year, k.version, k.at, k.method, k.set_id, k.document_hash, k.paper_id,
                               k.signed_on, k.confirmed_by, c.sign_by
                        from campaigns.roster_entry r
                        join campaigns.campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id
                        join commitments.commitment k on k.tenant_id = r.tenant_id and k.year = r.year
                            and k.person_id = r.person_id and k.campaign_id = r.campaign_id and k.standing = 'signed'
                        where r.tenant_id = ? and r.campaign_id = ? and r.person_id = ?
                        order by k.version desc
                        limit 1
                        """)
                .param(tenantId)
                .param(campaignId)
                .param(personId)
                .query((row, n) -> new Receipt(
                        row.getObject("id", UUID.class),
                        row.getObject("campaign_id", UUID.class),
                        row.getObject("person_id", UUID.class),
                        row.getInt("year"),
                        row.getInt("version"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("method"),
                        row.getObject("set_id", UUID.class),
                        row.getBytes("document_hash"),
                        row.getDate("sign_by").toLocalDate(),
                        row.getObject("paper_id", UUID.class),
                        row.getObject("signed_on", LocalDate.class),
                        row.getString("confirmed_by")))
                .optional();
    }

    /** The set of the newest signature of a person before. */
    record Earlier(int year, UUID setId) {}

    /** In a year before or, when the campaign is a supplementary one, in another campaign of the year. */
    Optional<Earlier> earlier(UUID tenantId, UUID personId, int year, UUID campaignId) {
        return jdbc.sql("""
                        select k.year, k.set_id
                        from campaigns.roster_entry r
                        join commitments.commitment k
                            on k.tenant_id = r.tenant_id and k.year = r.year and k.person_id = r.person_id
                            and k.campaign_id = r.campaign_id
                        join campaigns.campaign c on c.tenant_id = :tenant and c.id = :campaign
                        where r.tenant_id = :tenant and r.person_id = :person and k.standing = 'signed'
                          and (r.year < :year or c.base_id is not null and r.year = :year and r.campaign_id <> c.id)
                        order by k.year desc, k.version desc
                        limit 1
                        """)
                .param("tenant", tenantId)
                .param("campaign", campaignId)
                .param("person", personId)
                .param("year", year)
                .query((row, n) -> new Earlier(row.getInt("year"), row.getObject("set_id", UUID.class)))
                .optional();
    }

    /** What somebody had signed for the year in other campaigns before a version. */
    record Before(UUID campaignId, UUID commitmentId) {}

    List<Before> before(UUID tenantId, int year, UUID personId, UUID campaignId) {
        return jdbc.sql("""
                        select distinct on (campaign_id) campaign_id, id
                        from commitments.commitment
                        where tenant_id = ? and year = ? and person_id = ? and campaign_id <> ? and standing = 'signed'
                        order by campaign_id, version desc
                        """)
                .params(tenantId, year, personId, campaignId)
                .query((row, n) ->
                        new Before(row.getObject("campaign_id", UUID.class), row.getObject("id", UUID.class)))
                .list();
    }

    /** What the supplementary campaigns on a campaign say about somebody on its roster, the first first. */
    List<Commitments.Later> later(UUID tenantId, UUID campaignId, UUID personId) {
        return jdbc.sql("""
                        select c.id, c.title, c.sign_by, c.state, d.number_normalised, d.signed_on, p.verdict,
                               r.person_id is not null as concerned, s.standing, s.at
                        from campaigns.campaign c
                        join criteria.decision d on d.tenant_id = c.tenant_id and d.id = c.decision_id
                        left join campaigns.supplement_person p
                            on p.tenant_id = c.tenant_id and p.campaign_id = c.id and p.person_id = :person
                        left join campaigns.roster_entry r
                            on r.tenant_id = c.tenant_id and r.campaign_id = c.id and r.person_id = :person
                                and r.left_on is null
                        left join commitments.standing s
                            on s.tenant_id = r.tenant_id and s.campaign_id = r.campaign_id and s.person_id = r.person_id
                        where c.tenant_id = :tenant and c.base_id = :campaign and c.state <> 'draft'
                        order by c.launched_at
                        limit 50
                        """)
                .param("tenant", tenantId)
                .param("campaign", campaignId)
                .param("person", personId)
                .query((row, n) -> {
                    String standing = row.getString("standing");
                    Timestamp at = row.getTimestamp("at");
                    return new Commitments.Later(
                            row.getObject("id", UUID.class),
                            row.getString("title"),
                            row.getString("number_normalised"),
                            row.getDate("signed_on").toLocalDate(),
                            row.getDate("sign_by").toLocalDate(),
                            row.getString("state").equals("launched"),
                            Supplements.Verdict.find(String.valueOf(row.getString("verdict")))
                                    .orElse(null),
                            row.getBoolean("concerned"),
                            standing == null ? null : Standing.of(standing),
                            at == null ? null : at.toInstant());
                })
                .list();
    }

    /** Whether a signature stands for its year. */
    boolean inForce(UUID tenantId, int year, UUID personId, UUID commitmentId) {
        return jdbc.sql("""
                        select exists (select from commitments.v_in_force
                                       where tenant_id = ? and year = ? and person_id = ? and id = ?)
                        """)
                .params(tenantId, year, personId, commitmentId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    record Held(UUID tenantId, UUID paperId) {}

    /** Whose signed document has this SHA-256. */
    Optional<Held> ofDocument(byte[] hash) {
        return jdbc.sql("""
                        select tenant_id, paper_id from commitments.commitment
                        where document_hash = ? and paper_id is not null
                        order by id desc
                        limit 1
                        """)
                .param(hash)
                .query((row, n) ->
                        new Held(row.getObject("tenant_id", UUID.class), row.getObject("paper_id", UUID.class)))
                .optional();
    }

    /** The two parts of a signed document. */
    record Parts(String head, byte[] bodyHash, byte[] documentHash) {}

    Optional<Parts> parts(UUID tenantId, UUID commitmentId) {
        return jdbc.sql("""
                        select head_part, body_hash, document_hash from commitments.commitment
                        where tenant_id = ? and id = ? and standing = 'signed'
                        """)
                .param(tenantId)
                .param(commitmentId)
                .query((row, n) ->
                        new Parts(row.getString("head_part"), row.getBytes("body_hash"), row.getBytes("document_hash")))
                .optional();
    }

    /** Every version of what a person did in a campaign's year, the newest first. */
    List<Commitments.Version> versions(UUID tenantId, int year, UUID personId) {
        return jdbc.sql("""
                        select version, standing, at, account_id, reason_kind, reason
                        from commitments.commitment
                        where tenant_id = ? and year = ? and person_id = ?
                        order by version desc
                        limit 100
                        """)
                .params(tenantId, year, personId)
                .query((row, n) -> new Commitments.Version(
                        row.getInt("version"),
                        Standing.of(row.getString("standing")),
                        row.getTimestamp("at").toInstant(),
                        row.getObject("account_id", UUID.class),
                        kind(row.getString("reason_kind")),
                        row.getString("reason")))
                .list();
    }

    static @Nullable ReasonKind kind(@Nullable String code) {
        return code == null ? null : ReasonKind.find(code).orElseThrow();
    }
}
