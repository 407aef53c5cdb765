package vn.chuanmuc.assessments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.chuanmuc.assessments.AssessmentGround.QUARTER;
import static vn.chuanmuc.assessments.AssessmentGround.draft;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.assessments.Cycles.Done;
import vn.chuanmuc.assessments.Forms.HandingIn;
import vn.chuanmuc.assessments.Forms.Saving;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Recheck;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** What is filled in, who may see it, how it is handed in, and the steps out of the ordinary: issue 5, The form; ADR 0016. */
@ProductTest
class FormsTest {
    private static final String SELF = "tu-danh-gia";
    private static final String HEAD = "thu-truong";

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Cycles cycles;

    @Autowired
    Forms forms;

    @Autowired
    Recheck recheck;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    /** A form of an official who is rated by the head of Ward One. */
    private record Case(AssessmentGround ground, UUID cycle, Viewer hoa, UUID form) {
        Viewer head() {
            return ground.head;
        }

        Viewer board() {
            return ground.board;
        }
    }

    private Case open() {
        var ground = new AssessmentGround(bodies.create(), campaigns, commitments, jdbc, "Trần Thị Hoà", "Đỗ Văn An")
                .signed();
        UUID cycle = ground.opened(cycles);
        Viewer hoa = ground.official("Trần Thị Hoà");
        return new Case(ground, cycle, hoa, ground.form(cycle, hoa));
    }

    private HandingIn handIn(Viewer viewer, UUID form, String stage) {
        int version =
                forms.sheet(viewer, QUARTER, form).stage(stage).orElseThrow().version();
        return forms.handIn(viewer, QUARTER, form, stage, version, draft(1, 2), false, null);
    }

    private int version(Viewer viewer, UUID form, String stage) {
        return ((Saving.Saved) forms.save(
                        viewer,
                        QUARTER,
                        form,
                        stage,
                        forms.sheet(viewer, QUARTER, form)
                                .stage(stage)
                                .orElseThrow()
                                .version(),
                        draft(3, null)))
                .version();
    }

    private boolean sees(Viewer viewer, UUID form, String stage) {
        return forms.sheet(viewer, QUARTER, form).stage(stage).orElseThrow().visible();
    }

    /** Issue 5, The form: “autosaved … two people editing: the second is told”; ADR 0016, Data (rating). */
    @Test
    void savesADraftReadsItBackAndTellsWhoIsBehind() {
        var c = open();
        var saved = (Saving.Saved) forms.save(
                c.hoa(),
                QUARTER,
                c.form(),
                SELF,
                0,
                new Forms.Draft(draft(2, null).levels(), Map.of(1, " Tốt  ", 2, "")));
        assertThat(saved.version()).isOne();
        var sheet = forms.sheet(c.hoa(), QUARTER, c.form());
        assertThat(sheet.stage(SELF).orElseThrow().levels()).containsExactly(2, null);
        assertThat(sheet.remarks(SELF)).isEqualTo(Map.of(1, "Tốt"));
        var behind = (Saving.Behind) forms.save(c.hoa(), QUARTER, c.form(), SELF, 0, draft(1, 1));
        assertThat(behind.theirs().levels()).containsExactly(2, null);
        assertThat(behind.theirs().version()).isOne();
        assertThat(forms.save(c.hoa(), QUARTER, c.form(), SELF, 1, draft(9, 1)))
                .isEqualTo(new Saving.Refused("muc-1", Reason.of("assessments.level.unknown", 1)));
        assertThat(forms.save(c.hoa(), QUARTER, c.form(), SELF, 1, draft(1)))
                .isEqualTo(new Saving.Refused("", Reason.of("assessments.level.count", 2)));
        assertThat(forms.save(
                        c.hoa(),
                        QUARTER,
                        c.form(),
                        SELF,
                        1,
                        new Forms.Draft(draft(2, 1).levels(), Map.of())))
                .isInstanceOf(Saving.Saved.class);
        assertThat(forms.sheet(c.hoa(), QUARTER, c.form()).remarks(SELF)).isEmpty();
    }

    /** domain.md 3: “not assessed” is never zero, and never forgotten: whoever leaves items out says so. */
    @Test
    void handsInOnlyWhenWhatIsMissingIsSaidAndKeepsWhatWasHandedIn() {
        var c = open();
        var missing =
                (HandingIn.Missing) forms.handIn(c.hoa(), QUARTER, c.form(), SELF, 0, draft(1, null), false, null);
        assertThat(missing).isEqualTo(new HandingIn.Missing(1, List.of(2)));
        assertThat(forms.handIn(c.hoa(), QUARTER, c.form(), SELF, 1, null, true, null))
                .isEqualTo(new HandingIn.Done(1));
        assertThat(forms.handIn(c.hoa(), QUARTER, c.form(), SELF, 1, null, true, null))
                .isEqualTo(new HandingIn.Already());
        assertThat(forms.save(c.hoa(), QUARTER, c.form(), SELF, 1, draft(1, 1))).isInstanceOf(Saving.Refused.class);
        var kept = jdbc.sql(
                        "select content, hash, assessed, late from assessments.handing where tenant_id = ? and form_id = ?")
                .params(c.ground().body.tenant, c.form())
                .query((row, n) -> {
                    assertThat(row.getBytes("hash")).isEqualTo(Sha256.of(row.getString("content")));
                    assertThat(row.getInt("assessed")).isOne();
                    assertThat(row.getBoolean("late")).isTrue();
                    return row.getString("content");
                })
                .single();
        assertThat(kept)
                .contains("\"levels\":[1,null]")
                .contains("\"person\":\"" + c.hoa().personId());
        var act = ledger.newest(c.ground().body.tenant, c.form(), 1).getFirst();
        assertThat(act.act()).isEqualTo("assessments.handed-in");
        assertThat(act.documentHash()).isEqualTo(Sha256.of(kept));
        assertThat(jdbc.sql(
                                "select count(*) from ledger.record where tenant_id = ? and entry_id = ? and kind = 'assessments.handing'")
                        .params(c.ground().body.tenant, act.id())
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isOne();
    }

    /** ADR 0016: a blind stage sees no other stage of its own order before all of that order are handed in. */
    @Test
    void selfAndHeadSeeNothingOfEachOtherBeforeBothAreInAndNeitherDoesAnybodyElse() {
        var c = open();
        Viewer inspector = c.ground().body.viewer(Role.INSPECTOR, c.ground().body.root);
        version(c.hoa(), c.form(), SELF);
        version(c.head(), c.form(), HEAD);
        assertThat(sees(c.head(), c.form(), SELF)).isFalse();
        assertThat(handIn(c.hoa(), c.form(), SELF)).isEqualTo(new HandingIn.Done(1));
        assertThat(sees(c.head(), c.form(), SELF)).isFalse();
        assertThat(sees(c.hoa(), c.form(), HEAD)).isFalse();
        assertThat(sees(inspector, c.form(), SELF)).isFalse();
        assertThat(sees(c.board(), c.form(), SELF)).isFalse();
        var hidden = forms.sheet(c.head(), QUARTER, c.form()).stage(SELF).orElseThrow();
        assertThat(hidden.levels()).isEmpty();
        assertThat(hidden.version()).isZero();
        assertThat(hidden.savedBy()).isNull();
        assertThat(handIn(c.head(), c.form(), HEAD)).isEqualTo(new HandingIn.Done(1));
        assertThat(sees(c.head(), c.form(), SELF)).isTrue();
        assertThat(sees(c.hoa(), c.form(), HEAD)).isTrue();
        assertThat(sees(inspector, c.form(), HEAD)).isTrue();
        assertThat(forms.handedIn(c.board(), QUARTER, c.form())).hasSize(2);
        assertThat(forms.sheet(c.board(), QUARTER, c.form()).form().step()).isZero();
        assertThat(forms.sendBack(c.board(), QUARTER, c.form(), HEAD, "thiếu nội dung 2", ""))
                .isEqualTo(new Done.Now(1));
        assertThat(sees(c.hoa(), c.form(), HEAD))
                .as("open again, it is a draft again")
                .isFalse();
        assertThat(sees(c.board(), c.form(), SELF)).isFalse();
    }

    /** design.md, Authority: deny by default, and authority is checked where the data is read. */
    @Test
    void whoHasNothingToDoWithAFormDoesNotFindIt() {
        var c = open();
        Viewer an = c.ground().official("Đỗ Văn An");
        Viewer administrator = c.ground().body.viewer(Role.ADMINISTRATOR, c.ground().body.root);
        Viewer clerk = c.ground().body.viewer(Role.CLERK, c.ground().body.wardOne);
        Viewer other = c.ground().body.viewer(Role.HEAD, c.ground().body.wardTwo);
        for (Viewer stranger : List.of(an, administrator, clerk, other)) {
            assertThatThrownBy(() -> forms.sheet(stranger, QUARTER, c.form())).isInstanceOf(NotFound.class);
            assertThatThrownBy(() -> forms.save(stranger, QUARTER, c.form(), SELF, 0, draft(1, 1)))
                    .isInstanceOf(NotFound.class);
        }
        assertThatThrownBy(() -> forms.save(c.board(), QUARTER, c.form(), HEAD, 0, draft(1, 1)))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> forms.save(c.head(), QUARTER, c.form(), SELF, 0, draft(1, 1)))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> forms.save(c.hoa(), QUARTER, c.form(), HEAD, 0, draft(1, 1)))
                .as("nobody rates themself as head")
                .isInstanceOf(Forbidden.class);
    }

    /** Issue 5: 20 concurrent writers on one form – no mixture, no lost version. */
    @Test
    void twentyWritersOnOneFormLoseNoVersionAndMixNothing() throws Exception {
        var c = open();
        int writers = 20;
        int rounds = 10;
        record Wrote(int version, List<Integer> levels, String remark) {}
        var wrote = new ArrayList<Wrote>();
        try (var pool = Executors.newFixedThreadPool(writers)) {
            var tasks = new ArrayList<Callable<List<Wrote>>>();
            for (int writer = 0; writer < writers; writer++) {
                int level = 1 + writer % 4;
                String mark = "người " + writer;
                tasks.add(() -> {
                    var mine = new ArrayList<Wrote>();
                    for (int round = 0; round < rounds; ) {
                        int seen = forms.sheet(c.hoa(), QUARTER, c.form())
                                .stage(SELF)
                                .orElseThrow()
                                .version();
                        String remark = mark + " lần " + round;
                        Saving saving = forms.save(
                                c.hoa(),
                                QUARTER,
                                c.form(),
                                SELF,
                                seen,
                                new Forms.Draft(List.of(level, level), Map.of(0, remark, 1, remark)));
                        switch (saving) {
                            case Saving.Saved saved -> {
                                assertThat(saved.version()).isEqualTo(seen + 1);
                                mine.add(new Wrote(saved.version(), List.of(level, level), remark));
                                round++;
                            }
                            case Saving.Behind behind -> {
                                assertThat(behind.theirs().version()).isGreaterThan(seen);
                                assertThat(behind.theirs().levels().get(0))
                                        .as("what is shown is one person's whole")
                                        .isEqualTo(behind.theirs().levels().get(1));
                            }
                            case Saving.Refused refused ->
                                assertThat(refused.why().key()).isEqualTo("assessments.busy");
                        }
                    }
                    return mine;
                });
            }
            for (var done : pool.invokeAll(tasks)) {
                wrote.addAll(done.get());
            }
        }
        assertThat(new TreeSet<>(wrote.stream().map(Wrote::version).toList()))
                .as("every save that was acknowledged is a version of its own, without a gap")
                .hasSize(writers * rounds)
                .endsWith(writers * rounds);
        var last = wrote.stream()
                .filter(one -> one.version() == writers * rounds)
                .findFirst()
                .orElseThrow();
        var sheet = forms.sheet(c.hoa(), QUARTER, c.form());
        assertThat(sheet.stage(SELF).orElseThrow().levels()).containsExactlyElementsOf(new ArrayList<>(last.levels()));
        assertThat(new TreeMap<>(sheet.remarks(SELF)))
                .isEqualTo(new TreeMap<>(Map.of(0, last.remark(), 1, last.remark())));
    }

    /**
     * design.md, Data model 4: state moves are guarded in SQL and every write checks its row count. Whose turn it is: ADR 0016,
     * Stages.
     */
    @Test
    void ofTwoWhoHandInAtOnceOneDoesAndBothStagesAtOnceGiveTheTurnOn() throws Exception {
        var c = open();
        int own = version(c.hoa(), c.form(), SELF);
        int heads = version(c.head(), c.form(), HEAD);
        try (var pool = Executors.newFixedThreadPool(4)) {
            Callable<HandingIn> self = () -> forms.handIn(c.hoa(), QUARTER, c.form(), SELF, own, null, true, null);
            Callable<HandingIn> head = () -> forms.handIn(c.head(), QUARTER, c.form(), HEAD, heads, null, true, null);
            var told = new ArrayList<HandingIn>();
            for (var future : pool.invokeAll(List.of(self, self, head, head))) {
                told.add(future.get());
            }
            assertThat(told).containsOnly(new HandingIn.Done(1), new HandingIn.Already());
            assertThat(told.stream().filter(HandingIn.Done.class::isInstance)).hasSize(2);
        }
        assertThat(forms.sheet(c.board(), QUARTER, c.form()).form().step()).isZero();
        assertThat(jdbc.sql("select count(*) from assessments.handing where tenant_id = ? and form_id = ?")
                        .params(c.ground().body.tenant, c.form())
                        .query((row, n) -> row.getInt(1))
                        .single())
                .isEqualTo(2);
    }

    /** domain.md 4.7 (send back); ADR 0016, Data: the next handing in is the next version. */
    @Test
    void sentBackAStageIsFilledInAgainAndHandedInAsTheNextVersion() throws Exception {
        var c = open();
        handIn(c.hoa(), c.form(), SELF);
        assertThat(forms.sendBack(c.board(), QUARTER, c.form(), SELF, "", "")).isInstanceOf(Done.Refused.class);
        assertThatThrownBy(() -> forms.sendBack(c.head(), QUARTER, c.form(), SELF, "x", ""))
                .as("side by side, nobody sends the other's back")
                .isInstanceOf(Forbidden.class);
        try (var pool = Executors.newFixedThreadPool(2)) {
            Callable<Done> back = () -> forms.sendBack(c.board(), QUARTER, c.form(), SELF, "ghi rõ việc đã làm", "");
            var told = new ArrayList<Done>();
            for (var future : pool.invokeAll(List.of(back, back))) {
                told.add(future.get());
            }
            assertThat(told).containsExactlyInAnyOrder(new Done.Now(1), new Done.Already());
        }
        assertThat(forms.exceptions(
                        c.ground().body.tenant,
                        forms.sheet(c.hoa(), QUARTER, c.form()).form()))
                .hasSize(1)
                .first()
                .extracting(Exceptions.Made::reason)
                .isEqualTo("ghi rõ việc đã làm");
        assertThat(handIn(c.hoa(), c.form(), SELF)).isEqualTo(new HandingIn.Done(2));
        assertThat(forms.handings(c.hoa(), forms.sheet(c.hoa(), QUARTER, c.form())))
                .extracting(Forms.Handed::handing)
                .containsExactly(2, 1);
    }

    /** domain.md 4.7 (delegate); ADR 0016, Stages. */
    @Test
    void anotherActsInTheHeadsPlaceUntilItIsTakenBack() {
        var c = open();
        Viewer an = c.ground().official("Đỗ Văn An");
        assertThat(forms.delegate(c.head(), QUARTER, c.form(), HEAD, "khong.co", "đi công tác", ""))
                .isEqualTo(new Done.Refused("tai-khoan", Reason.of("assessments.delegate.unknown")));
        assertThat(forms.delegate(c.head(), QUARTER, c.form(), HEAD, c.hoa().username(), "đi công tác", ""))
                .isEqualTo(new Done.Refused("tai-khoan", Reason.of("assessments.delegate.self")));
        assertThat(forms.delegate(c.head(), QUARTER, c.form(), HEAD, an.username(), "đi công tác", "QĐ 7"))
                .isEqualTo(new Done.Now(1));
        assertThat(forms.delegate(c.head(), QUARTER, c.form(), HEAD, an.username(), "đi công tác", "QĐ 7"))
                .isEqualTo(new Done.Already());
        assertThat(forms.acting(an, new Forms.ActingQuery(null, null, ""), 0, 50))
                .hasSize(1);
        assertThat(forms.save(an, QUARTER, c.form(), HEAD, 0, draft(1, 1))).isInstanceOf(Saving.Saved.class);
        assertThatThrownBy(() -> forms.save(c.head(), QUARTER, c.form(), HEAD, 1, draft(2, 2)))
                .isInstanceOf(Forbidden.class);
        assertThat(forms.takeBack(c.head(), QUARTER, c.form(), HEAD, "đã về", ""))
                .isEqualTo(new Done.Now(1));
        assertThat(forms.save(c.head(), QUARTER, c.form(), HEAD, 1, draft(2, 2)))
                .isInstanceOf(Saving.Saved.class);
        assertThatThrownBy(() -> forms.sheet(an, QUARTER, c.form())).isInstanceOf(NotFound.class);
        assertThat(ledger.newest(c.ground().body.tenant, c.form(), 2))
                .extracting(entry -> entry.act())
                .containsExactly("assessments.stage-taken-back", "assessments.stage-delegated");
    }

    /** domain.md 4.7 (reroute); ADR 0016, Stages: found anew by rerouting or delegation only. */
    @Test
    void aStageGoesToTheHeadOfAnotherUnitWhoIsSomebodyElse() {
        var c = open();
        UUID wardTwo = c.ground().body.wardTwo;
        assertThat(forms.reroute(c.board(), QUARTER, c.form(), HEAD, wardTwo, "khuyết thủ trưởng", ""))
                .as("nobody heads it")
                .isEqualTo(new Done.Refused("don-vi", Reason.of("assessments.reroute.unit")));
        Viewer other = c.ground().body.viewer(Role.HEAD, wardTwo);
        assertThat(forms.reroute(c.board(), QUARTER, c.form(), HEAD, wardTwo, "khuyết thủ trưởng", ""))
                .isEqualTo(new Done.Now(1));
        assertThat(forms.reroute(c.board(), QUARTER, c.form(), HEAD, wardTwo, "khuyết thủ trưởng", ""))
                .isEqualTo(new Done.Already());
        assertThat(handIn(other, c.form(), HEAD)).isEqualTo(new HandingIn.Done(1));
        assertThat(forms.reroute(c.board(), QUARTER, c.form(), HEAD, c.ground().body.root, "x", ""))
                .isEqualTo(new Done.Refused("", Reason.of("assessments.step.handed-in")));
        assertThatThrownBy(() -> forms.reroute(c.head(), QUARTER, c.form(), HEAD, wardTwo, "x", ""))
                .isInstanceOf(Forbidden.class);
    }

    /** domain.md 4.7 (extend, cancel, reopen). */
    @Test
    void oneFormIsGivenMoreDaysCalledOffAndGoesOnWhereItStood() {
        var c = open();
        handIn(c.hoa(), c.form(), SELF);
        LocalDate later = LocalDate.now(clock).plusDays(9);
        assertThat(forms.extend(c.board(), QUARTER, c.form(), HEAD, later, "ốm", ""))
                .isEqualTo(new Done.Now(1));
        assertThat(forms.extend(c.board(), QUARTER, c.form(), HEAD, later, "ốm", ""))
                .isEqualTo(new Done.Already());
        assertThat(forms.extend(c.board(), QUARTER, c.form(), HEAD, later.minusDays(1), "ốm", ""))
                .isEqualTo(new Done.Refused("ngay", Reason.of("assessments.extend.earlier", later)));
        assertThat(forms.cancel(c.board(), QUARTER, c.form(), "chuyển đi", "")).isEqualTo(new Done.Now(1));
        assertThat(forms.cancel(c.board(), QUARTER, c.form(), "chuyển đi", "")).isEqualTo(new Done.Already());
        assertThat(forms.save(c.head(), QUARTER, c.form(), HEAD, 0, draft(1, 1)))
                .isEqualTo(new Saving.Refused("", Reason.of("assessments.locked.form.cancelled")));
        assertThat(forms.reopen(c.board(), QUARTER, c.form(), "ở lại", "")).isEqualTo(new Done.Now(1));
        assertThat(forms.sheet(c.hoa(), QUARTER, c.form())
                        .stage(SELF)
                        .orElseThrow()
                        .turn())
                .isEqualTo(Forms.Turn.HANDED_IN);
        assertThat(handIn(c.head(), c.form(), HEAD)).isEqualTo(new HandingIn.Done(1));
    }

    /** Issue 5, The form: “remark and evidence (files, links …)”; design.md, Files: never trusted by name or type. */
    @Test
    void aFileOfADraftIsOnRecordFromTheMomentItIsKept() {
        var c = open();
        UUID body = c.hoa().tenantId();
        recheck.settle(body);
        assertThat(forms.attachFile(c.hoa(), QUARTER, c.form(), SELF, 1, "giấy khen", Pictures.png()))
                .isInstanceOf(Forms.Attached.Done.class);
        assertThat(recheck.run(body, (done, total) -> {}).faults())
                .as("the nightly re-check finds nothing without a record")
                .noneMatch(fault -> fault.fault().equals(Fault.UNRECORDED));
    }

    @Test
    void attachesWhatItsBytesSayItIsAndKeepsItWithWhatWasHandedIn() {
        var c = open();
        assertThat(forms.attachFile(
                        c.hoa(),
                        QUARTER,
                        c.form(),
                        SELF,
                        1,
                        "giấy khen.pdf",
                        "<html>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Forms.Attached.Refused("tep", Reason.of("assessments.file.kind")));
        assertThat(forms.attachLink(c.hoa(), QUARTER, c.form(), SELF, 1, "Tin", "javascript:alert(1)"))
                .isEqualTo(new Forms.Attached.Refused("dia-chi", Reason.of("assessments.link.address")));
        assertThat(forms.attachFigure(c.hoa(), QUARTER, c.form(), SELF, 2, Ids.next()))
                .isEqualTo(new Forms.Attached.Refused("chi-so", Reason.of("assessments.figure.none")));
        var file = (Forms.Attached.Done)
                forms.attachFile(c.hoa(), QUARTER, c.form(), SELF, 1, "giấy khen", Pictures.png());
        var link = (Forms.Attached.Done) forms.attachLink(
                c.hoa(), QUARTER, c.form(), SELF, 2, "Tin trên cổng", "https://longbien.example.vn/tin/1");
        assertThat(forms.file(c.hoa(), QUARTER, c.form(), file.id()).mediaType())
                .isEqualTo("image/png");
        assertThatThrownBy(() -> forms.file(c.head(), QUARTER, c.form(), file.id()))
                .as("what a blind stage shows is as blind")
                .isInstanceOf(NotFound.class);
        forms.detach(c.hoa(), QUARTER, c.form(), SELF, link.id());
        assertThat(handIn(c.hoa(), c.form(), SELF)).isInstanceOf(HandingIn.Done.class);
        assertThat(forms.detach(c.hoa(), QUARTER, c.form(), SELF, file.id()))
                .isInstanceOf(Forms.Attached.Refused.class);
        assertThat(jdbc.sql("select content from assessments.handing where tenant_id = ? and form_id = ?")
                        .params(c.ground().body.tenant, c.form())
                        .query((row, n) -> row.getString(1))
                        .single())
                .contains("giấy khen")
                .doesNotContain("Tin trên cổng");
    }
}
