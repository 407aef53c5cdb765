package vn.chuanmuc.ledger;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Issuance;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.CampaignSamples;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.CommitmentSamples;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.criteria.Criteria;
import vn.chuanmuc.criteria.Decisions;
import vn.chuanmuc.documents.Contents;
import vn.chuanmuc.documents.NumberBook;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.documents.PaperKind;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.submissions.Lists;
import vn.chuanmuc.submissions.Moved;
import vn.chuanmuc.testing.RealDecision;
import vn.chuanmuc.testing.TestBodies;

/** A body that has at least one row in every table of evidence, written by the product itself wherever that is short. */
@TestComponent
@Lazy
public class EvidenceGround {
    private final TestBodies bodies;
    private final Decisions decisions;
    private final Criteria criteria;
    private final Campaigns campaigns;
    private final Commitments commitments;
    private final Lists lists;
    private final Accounts accounts;
    private final Contents contents;
    private final Papers papers;
    private final Numbering numbering;
    private final NumberBook numberBook;
    private final Ledger ledger;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    EvidenceGround(
            TestBodies bodies,
            Decisions decisions,
            Criteria criteria,
            Campaigns campaigns,
            Commitments commitments,
            Lists lists,
            Accounts accounts,
            Contents contents,
            Papers papers,
            Numbering numbering,
            NumberBook numberBook,
            Ledger ledger,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.bodies = bodies;
        this.decisions = decisions;
        this.criteria = criteria;
        this.campaigns = campaigns;
        this.commitments = commitments;
        this.lists = lists;
        this.accounts = accounts;
        this.contents = contents;
        this.papers = papers;
        this.numbering = numbering;
        this.numberBook = numberBook;
        this.ledger = ledger;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** @param signer the official who signed, {@code person} who they are */
    public record Ground(
            TestBodies.Body body,
            UUID tenant,
            UUID campaign,
            Viewer board,
            Viewer inspector,
            Viewer signer,
            UUID person) {}

    public Ground make() {
        TestBodies.Body body = bodies.create();
        RealDecision decision = RealDecision.publish(decisions, criteria, body);
        UUID an = body.person("Nguyễn Thị An", body.wardOne, body.partyBloc, body.secretary);
        UUID binh = body.person("Trần Văn Bình", body.wardOne, body.partyBloc, body.staff);
        UUID chi = body.person("Lê Thị Chi", body.wardOne, body.partyBloc, body.staff);
        UUID dung = body.person("Phạm Văn Dũng", body.wardOne, body.partyBloc, body.staff);
        jdbc.sql("""
                        insert into criteria.applicability
                            (tenant_id, decision_id, person_id, set_id, proposed, reason, decided_by, decided_at)
                        select tenant_id, ?, id, ?, true, 'theo chức vụ', ?, now() from directory.person where tenant_id = ?
                        """)
                .params(decision.id(), decision.staffSet(), decision.importer().accountId(), body.tenant)
                .update();
        Viewer board = body.viewer(Role.BOARD, body.root);
        Viewer clerk = body.viewer(Role.CLERK, body.wardOne);
        Viewer head = body.viewer(Role.HEAD, body.wardOne);
        Viewer administrator = body.viewer(Role.ADMINISTRATOR, body.root);
        UUID campaign =
                CampaignSamples.draft(campaigns, board, CampaignSamples.plan(body, decision.id(), body.wardOne));
        Check.that(
                campaigns.launch(board, campaign) instanceof Campaigns.Launch.Launched, "the campaign can be opened");
        Viewer signer = body.official(an);
        Check.that(CommitmentSamples.sign(commitments, signer, campaign), "signs");
        commitments.excuse(clerk, campaign, chi, "om", "Nằm viện");
        var key = new Lists.Key(campaign, body.wardOne, body.partyBloc);
        int first = up(lists, clerk, head, key);
        done(lists.sendBack(board, key, first, "Lập lại", Map.of(binh, "Ghi rõ\tchức vụ\nvà đơn vị")));
        int second = up(lists, clerk, head, key);
        CommitmentSamples.sign(commitments, body.official(dung), campaign);
        done(lists.acceptAsItStands(board, key, second, "", "Hết hạn", lists.hashNow(board, lists.get(board, key))));
        done(lists.reopen(board, key, second, "Bổ sung"));
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
        Check.that(
                campaigns.leave(clerk, campaign, dung, today, "Chuyển công tác") instanceof Campaigns.Changed.Done,
                "leaves");
        UUID late = body.person("Vũ Thị Em", body.wardOne, body.partyBloc, body.staff);
        Check.that(
                campaigns.join(clerk, campaign, late, body.wardOne, decision.staffSet(), today, "Mới về")
                        instanceof Campaigns.Changed.Done,
                "joins");
        Check.that(campaigns.close(board, campaign, "Kết thúc đợt") instanceof Campaigns.Turned.Done, "closes");
        Check.that(
                accounts.openFor(
                                administrator,
                                "Văn phòng",
                                "van-phong." + body.tenant.toString().substring(30),
                                "Mở tài khoản",
                                accounts.newForm())
                        instanceof Issuance.Issued,
                "issues a code");
        directory(body.tenant, board.accountId(), body.wardOne, an, binh);
        papers(body.tenant, board.accountId(), body.wardOne, campaign, binh);
        signing(body.tenant, board.accountId(), body.wardOne, campaign);
        scans(body.tenant, board.accountId(), body.wardOne, campaign);
        sheets(body.tenant, board.accountId(), body.wardOne);
        supplement(body.tenant, board.accountId(), campaign, dung);
        assessment(body.tenant, board.accountId(), body.wardOne, campaign, an, decision.staffSet());
        rules(body.tenant, board.accountId(), body.root);
        figures(body.tenant, board.accountId(), body.wardOne, an);
        meeting(body.tenant, board.accountId(), body.wardOne, an, binh);
        return new Ground(body, body.tenant, campaign, board, body.viewer(Role.INSPECTOR, body.root), signer, an);
    }

    /** What a bundle of the campaign is about: it, its decision and the sets of that. */
    public List<UUID> subjects(Ground ground) {
        var subjects = new ArrayList<UUID>();
        subjects.add(ground.campaign());
        UUID decision = campaigns.get(ground.tenant(), ground.campaign()).decisionId();
        subjects.add(decision);
        criteria.sets(ground.tenant(), decision).forEach(set -> subjects.add(set.id()));
        return subjects;
    }

    private static int up(Lists lists, Viewer clerk, Viewer head, Lists.Key key) {
        var current = lists.get(clerk, key).current();
        int number = done(lists.compile(clerk, key, "", current == null ? 0 : current.number()));
        done(lists.approve(head, key, number));
        return done(lists.submit(clerk, key, number));
    }

    private static int done(Moved moved) {
        if (moved instanceof Moved.Done(int version)) {
            return version;
        }
        throw new AssertionError(moved.toString());
    }

    private void papers(UUID tenant, UUID account, UUID unit, UUID campaign, UUID person) {
        transaction.executeWithoutResult(status -> {
            byte[] words = contents.store(tenant, "text/plain", "Nội dung".getBytes(StandardCharsets.UTF_8));
            ledger.append(new Act(tenant, "commitments.words-kept", campaign, account, Map.of(), words)
                    .with(Piece.of("documents.content", words)));
            var paper = papers.issue(new Papers.Draft(
                    tenant, "cam-ket", campaign, person, "party-36-2018", "thu", "Kính gửi\n", words, account));
            papers.printed(paper, Sha256.of("tệp in"), 2, account);
            papers.withdraw(paper, "In nhầm", account);
            LocalDate day = LocalDate.of(2026, 11, 20);
            numbering.setRule(
                    tenant,
                    new Numbering.Rule(
                            Layout.Line.STATE, LocalDate.of(2026, 1, 1), Numbering.Period.YEAR, "Quy chế", true),
                    account);
            numbering.addTerm(tenant, unit, "2025–2030", LocalDate.of(2025, 6, 1), "Nghị quyết đại hội", account);
            var taken = (Numbering.Taking.Taken) numbering.take(new Numbering.Request(
                    tenant,
                    unit,
                    Layout.Line.STATE,
                    PaperKind.LIST,
                    day,
                    paper.id(),
                    "Danh sách",
                    "Lê Thị Yến",
                    account));
            numbering.cancel(tenant, taken.bearing().series(), taken.bearing().number(), "Không dùng", account);
        });
        UUID root = jdbc.sql("""
                        select ancestor_id from directory.unit_closure
                        where tenant_id = ? and descendant_id = ? order by depth desc limit 1
                        """)
                .params(tenant, unit)
                .query((row, n) -> row.getObject(1, UUID.class))
                .single();
        Viewer office = new Viewer(
                tenant, account, null, "Văn thư", "vanthu", List.of(new Viewer.Grant(Role.BOARD, root)), false, false);
        numberBook.setType(office, "state", "bien-ban", LocalDate.of(2026, 1, 1), "BBH", "Quy chế văn thư", false);
        numberBook.setIssuer(office, unit, "state", LocalDate.of(2026, 1, 1), "UBND", "Giang Biên", "", true);
        numberBook.reserve(office, unit, "state", "bien-ban", "12", "Sổ giấy đã cấp");
        UUID reserved = numberBook.reservations(office, unit).getFirst().id();
        Viewer second = new Viewer(
                tenant,
                Ids.next(),
                null,
                "Chánh văn phòng",
                "cvp",
                List.of(new Viewer.Grant(Role.BOARD, root)),
                false,
                false);
        numberBook.answer(second, reserved, true, "");
    }

    /** As scans are kept; the module's own tests look at its own acts. */
    private void scans(UUID tenant, UUID account, UUID unit, UUID campaign) {
        transaction.executeWithoutResult(status -> {
            UUID pile = Ids.next();
            UUID file = Ids.next();
            UUID retention = Ids.next();
            jdbc.sql("""
                            insert into scans.pile (tenant_id, id, campaign_id, unit_id, label, created_by, created_at)
                            values (?, ?, ?, ?, 'Chồng thứ nhất', ?, now())
                            """).params(tenant, pile, campaign, unit, account).update();
            jdbc.sql("""
                            insert into scans.file
                                (tenant_id, id, pile_id, seq, name, kind, hash, size, pages, uploaded_by, uploaded_at)
                            values (?, ?, ?, 1, 'quét 1.pdf', 'pdf', sha256('quet'), 4, 1, ?, now())
                            """).params(tenant, file, pile, account).update();
            jdbc.sql("""
                            insert into scans.retention (tenant_id, id, valid_from, days, basis, set_by, set_at)
                            values (?, ?, date '2026-01-01', 30, 'Quy chế thử', ?, now())
                            """).params(tenant, retention, account).update();
            ledger.append(new Act(tenant, "scans.file-taken", pile, account, Map.of())
                    .with(Piece.of("scans.file", file), Piece.of("scans.retention", retention)));
        });
    }

    /** As forms on paper are kept; the module's own tests look at its own acts. */
    private void sheets(UUID tenant, UUID account, UUID unit) {
        transaction.executeWithoutResult(status -> {
            UUID pile = Ids.next();
            UUID file = Ids.next();
            UUID sheet = Ids.next();
            jdbc.sql("""
                            insert into sheets.pile (tenant_id, id, unit_id, label, created_by, created_at)
                            values (?, ?, ?, 'Phiếu quý IV', ?, now())
                            """).params(tenant, pile, unit, account).update();
            jdbc.sql("""
                            insert into sheets.file
                                (tenant_id, id, pile_id, seq, name, kind, hash, size, pages, uploaded_by, uploaded_at)
                            values (?, ?, ?, 1, 'quét 1.pdf', 'pdf', sha256('quet'), 4, 1, ?, now())
                            """).params(tenant, file, pile, account).update();
            jdbc.sql("""
                            insert into sheets.sheet (tenant_id, id, period, form_id, stage, cycle_id, unit_id, made_by, made_at)
                            values (?, ?, 20264, ?, 'tu-danh-gia', ?, ?, ?, now())
                            """)
                    .params(tenant, sheet, Ids.next(), Ids.next(), unit, account)
                    .update();
            ledger.append(new Act(tenant, "sheets.file-taken", pile, account, Map.of())
                    .with(Piece.of("sheets.file", file), Piece.of("sheets.sheet", sheet)));
            UUID said = Ids.next();
            int rows = jdbc.sql("""
                            insert into sheets.witnessing
                                (tenant_id, id, paper_id, clerk_id, witness_id, reason, agrees, words, read_hash, at)
                            select tenant_id, ?, id, ?, ?, 'Một văn thư', true, 'Mục 7 mờ', sha256('phieu'), now()
                            from documents.paper where tenant_id = ? limit 1
                            """).params(said, account, Ids.next(), tenant).update();
            Check.that(rows == 1, "there is a paper to compare");
            ledger.append(new Act(tenant, "sheets.witnessed", sheet, account, Map.of())
                    .with(Piece.of("sheets.witnessing", said)));
        });
    }

    /** As a supplementary campaign keeps whom it concerns; its own tests look at its own acts. */
    private void supplement(UUID tenant, UUID account, UUID campaign, UUID person) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                            insert into campaigns.supplement_person (tenant_id, campaign_id, person_id, verdict)
                            values (?, ?, ?, 'left')
                            """).params(tenant, campaign, person).update();
            ledger.append(new Act(tenant, "campaigns.launched", campaign, account, Map.of())
                    .with(Piece.of("campaigns.supplement_person", campaign)));
        });
    }

    /** A form that went all its way, as the module keeps it; its own tests look at its own acts. */
    private void assessment(UUID tenant, UUID account, UUID unit, UUID campaign, UUID person, UUID set) {
        UUID cycle = Ids.next();
        UUID form = Ids.next();
        UUID exception = Ids.next();
        UUID petition = Ids.next();
        UUID signRule = Ids.next();
        UUID threshold = Ids.next();
        transaction.executeWithoutResult(status -> {
            for (String row : List.of(
                    """
                    insert into assessments.cycle (tenant_id, id, period, campaign_id, unit_id, rule_version, title, opens_on, levels,
                        state, forms, not_assessed, created_by, created_at, opened_by, opened_at)
                    values (:tenant, :cycle, 20264, :campaign, :unit, :cycle, 'Quý IV', date '2026-12-25', 4, 'open', 1, 0, :account,
                        now(), :account, now())
                    """,
                    """
                    insert into assessments.cycle_stage (tenant_id, cycle_id, code, ord, actor, applies, blind, name, due)
                    values (:tenant, :cycle, 'tu-danh-gia', 1, 'self', 'all', true, 'Tự đánh giá', date '2026-12-30')
                    """,
                    """
                    insert into assessments.form (tenant_id, period, id, cycle_id, person_id, segment, segments, unit_id, unit_name,
                        full_name, position_name, sort_key, search_key, leads, sample, day_from, day_to, set_id, items, commitment_id,
                        document_hash, route, step, state)
                    select :tenant, 20264, :form, :cycle, :person, 1, 1, :unit, 'Phường Một', 'Nguyễn Thị An', 'Công chức', '\\x01', 'an',
                        false, false, date '2026-10-01', date '2026-12-31', :set, 1, id, document_hash, array['tu-danh-gia'], 0, 'told'
                    from commitments.commitment
                    where tenant_id = :tenant and campaign_id = :campaign and person_id = :person and standing = 'signed'
                    """,
                    """
                    insert into assessments.rating (tenant_id, period, form_id, stage, cycle_id, ord, actor, blind, due, state, levels,
                        version, handing, handed_at)
                    values (:tenant, 20264, :form, 'tu-danh-gia', :cycle, 1, 'self', true, date '2026-12-30', 'handed-in',
                        array[1]::smallint[], 1, 1, now())
                    """,
                    """
                    insert into assessments.handing (tenant_id, period, form_id, stage, handing, levels, assessed, content, hash, seconds,
                        late, account_id, at)
                    values (:tenant, 20264, :form, 'tu-danh-gia', 1, array[1]::smallint[], 1, '{}', sha256('{}'), 30, false, :account, now())
                    """,
                    """
                    insert into assessments.exception (tenant_id, id, cycle_id, kind, said, forms, reason, made_by, made_at)
                    values (:tenant, :exception, :cycle, 'extend', '{}', 1, 'Lụt', :account, now())
                    """,
                    """
                    insert into assessments.decision (tenant_id, period, form_id, version, cycle_id, person_id, unit_id, grade, grade_name,
                        rank, reason, remark, content, hash, origin, decided_by, decided_at)
                    select :tenant, 20264, :form, 1, :cycle, :person, :unit, 'dat', 'Đạt', 1, '', '', c, sha256(convert_to(c, 'UTF8')),
                        'route', :account, now()
                    from (values ('{"grade":"dat","reason":"","remark":"","version":1}')) as x (c)
                    """,
                    """
                    insert into assessments.approval (tenant_id, period, form_id, version, verdict, reason, made_by, made_at)
                    values (:tenant, 20264, :form, 1, 'approved', '', :petition, now())
                    """,
                    """
                    insert into assessments.telling (tenant_id, period, form_id, version, way, told_on, note, told_by, told_at)
                    values (:tenant, 20264, :form, 1, 'in-app', date '2026-12-31', '', :account, now())
                    """,
                    """
                    insert into assessments.sighting (tenant_id, period, form_id, version, account_id, seen_at)
                    values (:tenant, 20264, :form, 1, :account, now())
                    """,
                    """
                    insert into assessments.growth (tenant_id, period, form_id, side, version, notes, plan, written_by, written_at)
                    values (:tenant, 20264, :form, 'person', 1, 'Học thêm', 'Quý sau', :account, now())
                    """,
                    """
                    insert into assessments.petition_mark (tenant_id, period, form_id, petition_id, kind, marked_by, marked_at)
                    values (:tenant, 20264, :form, :petition, 'pending', :account, now())
                    """,
                    """
                    insert into assessments.unit_grade (tenant_id, cycle_id, unit_id, version, grade, rank, basis, set_by, set_at)
                    values (:tenant, :cycle, :unit, 1, 'dat', 1, 'Thông báo', :account, now())
                    """,
                    """
                    insert into assessments.sign_rule (tenant_id, id, valid_from, seconds, people, basis, set_by, set_at)
                    values (:tenant, :sign, date '2026-01-01', 20, 3, '', :account, now())
                    """,
                    """
                    insert into assessments.result (tenant_id, period, form_id, cycle_id, unit_id, version, state, grade, rank, decided_by,
                        standing, standing_grade, standing_name, tell_by, told)
                    values (:tenant, 20264, :form, :cycle, :unit, 1, 'told', 'dat', 1, :account, 1, 'dat', 'Đạt', date '2027-01-05', 1)
                    """,
                    """
                    insert into overview.threshold (tenant_id, id, valid_from, people, basis, set_by, set_at)
                    values (:tenant, :threshold, date '2026-01-01', 5, '', :account, now())
                    """,
                    """
                    insert into overview.report (tenant_id, paper_id, cycle_id, unit_id, sealed, closed, issued_by, issued_at)
                    values (:tenant, :threshold, :cycle, :unit, false, true, :account, now())
                    """,
                    """
                    insert into petitions.rule (tenant_id, id, valid_from, acknowledge_days, opinion_days, late_days, stands_still,
                        subordinates, decides, approval, shows_opinions, head_after, basis, set_by, set_at)
                    values (:tenant, :sign, date '2027-06-01', 3, 3, 0, false, 'never', 'board', true, 'never', 1, 'Quy chế', :account, now())
                    """,
                    """
                    insert into petitions.petition (tenant_id, id, period, form_id, cycle_id, cycle_title, cycle_unit, unit_id, unit_name,
                        decider_unit, person_id, full_name, position_name, sort_key, search_key, told_version, told_on, grade, grade_name,
                        file_days, answer_days, remind_days, clocks_basis, state, steps, opened_by, opened_at, saved_at, whole, grounds,
                        filed_on, file_by, ack_by, answer_by)
                    values (:tenant, :petition, 20264, :form, :cycle, 'Quý IV', :unit, :unit, 'Phường Một', :unit, :person, 'Nguyễn Thị An',
                        'Công chức', '\\x01', 'an', 1, date '2026-12-31', 'dat', 'Đạt', 5, 10, 2, '', 'filed', 1, :account, now(), now(),
                        true, 'Chưa đúng', date '2027-01-04', date '2027-01-08', date '2027-01-06', date '2027-01-18')
                    """,
                    """
                    insert into petitions.step (tenant_id, petition_id, seq, kind, said, hash, account_id, day, at)
                    select :tenant, :petition, 1, 'filed', c, sha256(convert_to(c, 'UTF8')), :account, date '2027-01-04', now()
                    from (values ('{"ackBy":"2027-01-06","answerBy":"2027-01-18","fileBy":"2027-01-08","grade":"dat","grounds":"Chưa đúng",'
                        || '"items":[],"late":false,"lateReason":"","rule":"","toldOn":"2026-12-31","version":1,"whole":true,"wish":""}')) as x (c)
                    """)) {
                Check.that(
                        jdbc.sql(row)
                                        .param("tenant", tenant)
                                        .param("account", account)
                                        .param("unit", unit)
                                        .param("campaign", campaign)
                                        .param("person", person)
                                        .param("set", set)
                                        .param("cycle", cycle)
                                        .param("form", form)
                                        .param("exception", exception)
                                        .param("petition", petition)
                                        .param("sign", signRule)
                                        .param("threshold", threshold)
                                        .update()
                                == 1,
                        row);
            }
            ledger.append(new Act(tenant, "assessments.told", form, account, Map.of())
                    .with(
                            Piece.of("assessments.cycle", cycle),
                            Piece.of("assessments.cycle_stage", cycle),
                            Piece.of("assessments.handing", 20264, form, "tu-danh-gia", 1),
                            Piece.of("assessments.exception", exception),
                            Piece.of("assessments.decision", 20264, form, 1),
                            Piece.of("assessments.approval", 20264, form, 1),
                            Piece.of("assessments.telling", 20264, form, 1, "in-app"),
                            Piece.of("assessments.sighting", 20264, form, 1),
                            Piece.of("assessments.growth", 20264, form, "person", 1),
                            Piece.of("assessments.petition_mark", 20264, form, petition, "pending"),
                            Piece.of("assessments.unit_grade", cycle, unit, 1),
                            Piece.of("assessments.sign_rule", signRule),
                            Piece.of("overview.threshold", threshold),
                            Piece.of("overview.report", threshold),
                            Piece.of("petitions.rule", signRule),
                            Piece.of("petitions.step", petition, 1)));
        });
    }

    /** A meeting that went all its way, as the module keeps it; its own tests look at its own acts. */
    private void meeting(UUID tenant, UUID account, UUID unit, UUID chair, UUID secretary) {
        UUID meeting = Ids.next();
        UUID round = Ids.next();
        UUID form = Ids.next();
        UUID rule = Ids.next();
        transaction.executeWithoutResult(status -> {
            for (String row : List.of("""
                    insert into panels.rule (tenant_id, id, valid_from, quorum_part, quorum_of, quorum_more, majority_more, majority_base,
                        recusal, hands, secret_least, basis, set_by, set_at)
                    values (:tenant, :rule, date '2026-01-01', 2, 3, false, false, 'returned', true, 'confirmed', 5, 'Quy chế', :account,
                        now())
                    """, """
                    insert into panels.meeting (tenant_id, id, cycle_id, period, stage, stage_name, unit_id, unit_name, rule_version, title,
                        held_on, held_at, place, rule_id, state, minutes, created_by, created_at, convened_at, opened_at, closed_at)
                    select :tenant, :meeting, id, period, 'tap-the', 'Tập thể họp', :unit, 'Phường Một', rule_version, 'Họp', date '2026-12-26',
                        '14:00', 'Phòng họp', :rule, 'closed', 1, :account, now(), now(), now(), now()
                    from assessments.cycle where tenant_id = :tenant
                    """, """
                    insert into panels.seat (tenant_id, meeting_id, person_id, ord, role, votes, full_name, position_name, unit_name)
                    select :tenant, :meeting, p, 1, r, true, 'Tên', 'Chức vụ', 'Đơn vị'
                    from (values (:chair, 'chair'), (:secretary, 'secretary')) as x (p, r)
                    """, """
                    insert into panels.agenda (tenant_id, meeting_id, form_id, ord, person_id, full_name, position_name, unit_name)
                    values (:tenant, :meeting, :form, 1, :form, 'Tên', 'Chức vụ', 'Đơn vị')
                    """, """
                    insert into panels.presence (tenant_id, meeting_id, person_id, seq, present, since, reason, noted_by, noted_at)
                    values (:tenant, :meeting, :chair, 1, true, '14:00', '', :account, now())
                    """, """
                    insert into panels.remark (tenant_id, meeting_id, form_id, seq, words, noted_by, noted_at)
                    values (:tenant, :meeting, :form, 1, 'Tốt', :account, now())
                    """, """
                    insert into panels.round (tenant_id, id, meeting_id, number, way, state, members, present, entitled, issued, count,
                        opened_by, opened_at, ended_by, ended_at)
                    values (:tenant, :round, :meeting, 1, 'secret', 'counted', 2, 2, 2, 2, 1, :account, now(), :account, now())
                    """, """
                    insert into panels.round_form (tenant_id, round_id, form_id) values (:tenant, :round, :form)
                    """, """
                    insert into panels.count (tenant_id, round_id, version, form_id, issued, returned, invalid, votes, reason, entered_by,
                        entered_at)
                    values (:tenant, :round, 1, :form, 2, 2, 0, array[2, 0, 0], '', :account, now())
                    """, """
                    insert into panels.witness (tenant_id, round_id, version, person_id, agrees, note, account_id, at)
                    values (:tenant, :round, 1, :chair, true, '', :account, now())
                    """, """
                    insert into panels.conclusion (tenant_id, meeting_id, form_id, version, round_id, suggested, grade, grade_name, reason,
                        concluded_by, concluded_at)
                    values (:tenant, :meeting, :form, 1, :round, 'dat', 'dat', 'Đạt', '', :account, now())
                    """, """
                    insert into panels.minutes (tenant_id, meeting_id, version, content, hash, reason, made_by, made_at)
                    values (:tenant, :meeting, 1, '{}', sha256('{}'), '', :account, now())
                    """, """
                    insert into panels.minutes_copy (tenant_id, meeting_id, version, seq, method, given_by, given_at)
                    values (:tenant, :meeting, 1, 1, 'xac-nhan-dien-tu', :account, now())
                    """, """
                    insert into panels.signature (tenant_id, meeting_id, version, role, person_id, account_id, hash, signed_at, method,
                        confirmed_by, passkey_id)
                    select :tenant, :meeting, 1, r, p, :account, sha256('{}'), now(), 'xac-nhan-dien-tu', 'khoa-truy-cap', :account
                    from (values (:chair, 'chair'), (:secretary, 'secretary')) as x (p, r)
                    """, """
                    insert into panels.delivery (tenant_id, meeting_id, form_id, seq, done, why, at)
                    values (:tenant, :meeting, :form, 1, true, '', now())
                    """)) {
                Check.that(
                        jdbc.sql(row)
                                        .param("tenant", tenant)
                                        .param("account", account)
                                        .param("unit", unit)
                                        .param("chair", chair)
                                        .param("secretary", secretary)
                                        .param("meeting", meeting)
                                        .param("round", round)
                                        .param("form", form)
                                        .param("rule", rule)
                                        .update()
                                > 0,
                        row);
            }
            ledger.append(new Act(tenant, "panels.meeting-closed", meeting, account, Map.of())
                    .with(
                            Piece.of("panels.rule", rule),
                            Piece.of("panels.meeting", meeting),
                            Piece.of("panels.seat", meeting),
                            Piece.of("panels.agenda", meeting),
                            Piece.of("panels.presence", meeting, chair, 1),
                            Piece.of("panels.remark", meeting, form, 1),
                            Piece.of("panels.round", round),
                            Piece.of("panels.round_form", round),
                            Piece.of("panels.count", round, 1),
                            Piece.of("panels.witness", round, 1, chair),
                            Piece.of("panels.conclusion", meeting, form, 1),
                            Piece.of("panels.minutes", meeting, 1),
                            Piece.of("panels.minutes_copy", meeting, 1, 1),
                            Piece.of("panels.signature", meeting, 1, "chair"),
                            Piece.of("panels.signature", meeting, 1, "secretary"),
                            Piece.of("panels.delivery", meeting, form, 1)));
        });
    }

    private void rules(UUID tenant, UUID account, UUID unit) {
        UUID book = Ids.next();
        UUID version = Ids.next();
        UUID day = Ids.next();
        transaction.executeWithoutResult(status -> {
            for (String row : List.of(
                    "insert into rules.book (tenant_id, id, unit_id, purpose, last) values (:tenant, :book, :unit, 'year', 1)",
                    """
                    insert into rules.version (tenant_id, id, book_id, number, content, hash, valid_from, origin, entered_by, entered_at)
                    values (:tenant, :version, :book, 1, '{}', sha256('{}'), date '2026-01-01', '', :account, now())
                    """,
                    """
                    insert into rules.verdict (tenant_id, version_id, confirmed, reason, decided_by, decided_at)
                    values (:tenant, :version, true, '', :book, now())
                    """,
                    """
                    insert into rules.withdrawal (tenant_id, version_id, withdrawn_from, reason, withdrawn_by, withdrawn_at)
                    values (:tenant, :version, date '2026-06-01', 'Nhầm', :account, now())
                    """,
                    """
                    insert into rules.calendar_day (tenant_id, id, day, kind, name, basis, entered_by, entered_at)
                    values (:tenant, :day, date '2026-09-02', 'off', 'Quốc khánh', 'Bộ luật Lao động', :account, now())
                    """)) {
                jdbc.sql(row)
                        .param("tenant", tenant)
                        .param("account", account)
                        .param("unit", unit)
                        .param("book", book)
                        .param("version", version)
                        .param("day", day)
                        .update();
            }
            ledger.append(new Act(tenant, "rules.withdrawn", version, account, Map.of())
                    .with(
                            Piece.of("rules.version", version),
                            Piece.of("rules.verdict", version),
                            Piece.of("rules.withdrawal", version),
                            Piece.of("rules.calendar_day", day)));
        });
    }

    private void figures(UUID tenant, UUID account, UUID unit, UUID person) {
        UUID list = Ids.next();
        UUID index = Ids.next();
        transaction.executeWithoutResult(status -> {
            byte[] hash =
                    contents.store(tenant, "application/octet-stream", "so-lieu".getBytes(StandardCharsets.UTF_8));
            for (String row : List.of("""
                    insert into figures.index_entry (tenant_id, id, code, words, measure, counted, least, most, about, basis, valid_from,
                                                     entered_by, entered_at)
                    values (:tenant, :index, 'dung_han', 'Đúng hạn', 'share', '', '0', '100', 'person', '', date '2026-01-01', :account, now())
                    """, """
                    insert into figures.list (tenant_id, id, unit_id, document_name, document_number, document_date, file_name, file_hash,
                                              figures, blank, brought_by, brought_at)
                    values (:tenant, :list, :unit, 'Báo cáo', '12-BC/VP', date '2026-09-30', 'a.xlsx', :hash, 2, 0, :account, now())
                    """, """
                    insert into figures.figure (tenant_id, list_id, row_number, id, person_id, unit_id, index_code, words, measure, counted,
                                                value, on_day)
                    values (:tenant, :list, 4, :list, :person, :unit, 'dung_han', 'Đúng hạn', 'share', '', '92.5', date '2026-09-25'),
                           (:tenant, :list, 5, :index, null, :unit, 'dung_han', 'Đúng hạn', 'share', '', '90', date '2026-09-25')
                    """, """
                    insert into figures.verdict (tenant_id, list_id, confirmed, reason, decided_by, decided_at)
                    values (:tenant, :list, true, '', :index, now())
                    """, """
                    insert into figures.withdrawal (tenant_id, list_id, reason, withdrawn_by, withdrawn_at)
                    values (:tenant, :list, 'Nhầm', :account, now())
                    """)) {
                jdbc.sql(row)
                        .param("tenant", tenant)
                        .param("account", account)
                        .param("unit", unit)
                        .param("person", person)
                        .param("list", list)
                        .param("index", index)
                        .param("hash", hash)
                        .update();
            }
            ledger.append(new Act(tenant, "figures.withdrawn", list, account, Map.of())
                    .with(
                            Piece.of("figures.index_entry", index),
                            Piece.of("figures.list", list),
                            Piece.of("figures.figure", list),
                            Piece.of("figures.verdict", list),
                            Piece.of("figures.withdrawal", list)));
        });
    }

    /** As signing keeps it; its own tests look at its own acts. */
    private void signing(UUID tenant, UUID account, UUID unit, UUID campaign) {
        transaction.executeWithoutResult(status -> {
            UUID request = Ids.next();
            UUID check = Ids.next();
            UUID signature = Ids.next();
            UUID preserved = Ids.next();
            UUID revocation = Ids.next();
            UUID manifest = Ids.next();
            byte[] file = contents.store(tenant, "application/pdf", "%PDF".getBytes(StandardCharsets.UTF_8));
            byte[] report = contents.store(tenant, "application/xml", "<bao-cao/>".getBytes(StandardCharsets.UTF_8));
            jdbc.sql("""
                            insert into signing.request
                                (tenant_id, id, purpose, subject, title, field, certifies, signer_name, unit_id, unit_name, paper,
                                 paper_hash, asked_by, asked_at, expires_at)
                            values (?, ?, 'thu', ?, 'Thử', 'Chu-ky', false, 'Văn phòng', ?, 'Phường Một', '\\x25', ?, ?, now(), now())
                            """)
                    .params(tenant, request, campaign + "/" + request, unit, file, account)
                    .update();
            jdbc.sql("""
                            insert into signing.checked
                                (tenant_id, id, request_id, document_hash, at, account_id, verdict, reasons, simple_hash)
                            values (?, ?, ?, ?, now(), ?, 'valid', '[]', ?)
                            """).params(tenant, check, request, file, account, report).update();
            jdbc.sql("""
                            insert into signing.signature
                                (tenant_id, id, request_id, check_id, document_hash, paper_hash, paper_length, field, certificate,
                                 certificate_hash, way, claimed_at, accepted_at, account_id)
                            values (?, ?, ?, ?, ?, ?, 1, 'Chu-ky', '\\x30', ?, 'con-dau', now(), now(), ?)
                            """)
                    .params(tenant, signature, request, check, file, file, file, account)
                    .update();
            jdbc.sql(
                            "insert into signing.preserved (tenant_id, id, signature_id, preserved_hash, at) values (?, ?, ?, ?, now())")
                    .params(tenant, preserved, signature, file)
                    .update();
            jdbc.sql("""
                            insert into signing.revocation
                                (tenant_id, id, kind, issuer, this_update, content_hash, brought_by, brought_at)
                            values (?, ?, 'crl', 'CN=Thử', now(), ?, ?, now())
                            """).params(tenant, revocation, file, account).update();
            jdbc.sql("""
                            insert into signing.manifest
                                (tenant_id, id, request_id, purpose, subject, title, document_hash, canonical_hash, sealed_at)
                            values (?, ?, ?, 'thu', 'thu', 'Danh sách', ?, ?, now())
                            """).params(tenant, manifest, request, file, file).update();
            jdbc.sql("""
                            insert into signing.manifest_row (tenant_id, manifest_id, position, record_id, document_hash)
                            values (?, ?, 1, ?, ?)
                            """).params(tenant, manifest, Ids.next(), file).update();
            trusted(tenant, account, unit);
            ledger.append(new Act(tenant, "signing.accepted", request, account, Map.of(), file)
                    .with(
                            Piece.of("documents.content", file),
                            Piece.of("documents.content", report),
                            Piece.of("signing.checked", check),
                            Piece.of("signing.signature", signature),
                            Piece.of("signing.preserved", preserved),
                            Piece.of("signing.revocation", revocation),
                            Piece.of("signing.manifest", manifest),
                            Piece.of("signing.manifest_row", manifest)));
        });
    }

    /** A certificate proposed as a unit's, confirmed by another: its row changed on its way. */
    private void trusted(UUID tenant, UUID account, UUID unit) {
        UUID id = Ids.next();
        jdbc.sql("""
                        insert into signing.trusted
                            (tenant_id, id, kind, name, certificate, certificate_hash, unit_id, key_alias, valid_from, basis,
                             proposed_by, proposed_at)
                        values (?, ?, 'co-quan', 'CN=Con dấu', '\\x30', sha256('\\x30'), ?, 'con-dau', date '2026-01-01', 'Quyết định',
                                ?, now())
                        """).params(tenant, id, unit, account).update();
        ledger.append(
                new Act(tenant, "signing.trust-proposed", id, account, Map.of()).with(Piece.of("signing.trusted", id)));
        UUID other = Ids.next();
        jdbc.sql("""
                        update signing.trusted set state = 'confirmed', decided_by = ?, decided_at = now()
                        where tenant_id = ? and id = ?
                        """).params(other, tenant, id).update();
        ledger.append(
                new Act(tenant, "signing.trust-confirmed", id, other, Map.of()).with(Piece.of("signing.trusted", id)));
    }

    /** What takes long to bring about through the pages; the tests of imports and re-organisations look at their own records. */
    private void directory(UUID tenant, UUID actor, UUID unit, UUID one, UUID other) {
        transaction.executeWithoutResult(status -> {
            UUID importId = Ids.next();
            jdbc.sql("""
                            insert into directory.people_import
                                (tenant_id, id, unit_id, file_name, file_hash, uploaded_by, uploaded_at, valid_from, default_kind,
                                 new_blocs, state, report)
                            values (?, ?, ?, 'a.xlsx', sha256('a'), ?, now(), date '2021-01-01', 'can-bo', false, 'applied', '{}')
                            """).params(tenant, importId, unit, actor).update();
            for (int part = 0; part < 2; part++) {
                jdbc.sql(
                                "insert into directory.people_import_change (tenant_id, import_id, part, lines) values (?, ?, ?, ?)")
                        .params(tenant, importId, part, "{\"a\":\"" + part + "\"}\n")
                        .update();
            }
            UUID reorganisation = Ids.next();
            jdbc.sql("""
                            insert into directory.reorganisation
                                (tenant_id, id, title, effective, has_basis, state, hands, prepared_by, prepared_at)
                            values (?, ?, 'Sắp xếp', date '2030-01-01', false, 'draft', array[?], ?, now())
                            """).params(tenant, reorganisation, actor, actor).update();
            jdbc.sql("""
                            insert into directory.unit_succession
                                (tenant_id, id, reorganisation_id, day, kind, from_id, from_name, to_id, to_name, people)
                            values (?, ?, ?, date '2030-01-01', 'rename', ?, 'Phường Một', ?, 'Phường Nhất', 3)
                            """).params(tenant, Ids.next(), reorganisation, unit, unit).update();
            jdbc.sql("""
                            insert into directory.not_same (tenant_id, one_id, other_id, reason, made_by, made_at)
                            values (?, least(cast(? as uuid), cast(? as uuid)), greatest(cast(? as uuid), cast(? as uuid)),
                                    'Hai người', ?, now())
                            """).params(tenant, one, other, one, other, actor).update();
            var pieces = new ArrayList<Piece>();
            pieces.add(Piece.of("directory.people_import_change", importId));
            pieces.add(Piece.of("directory.unit_succession", reorganisation));
            List<UUID> pair =
                    one.toString().compareTo(other.toString()) < 0 ? List.of(one, other) : List.of(other, one);
            pieces.add(Piece.of("directory.not_same", pair.get(0), pair.get(1)));
            ledger.append(new Act(tenant, "directory.people-imported", importId, actor, Map.of()).with(pieces));
        });
    }
}
