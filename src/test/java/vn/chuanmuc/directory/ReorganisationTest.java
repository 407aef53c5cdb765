package vn.chuanmuc.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.chuanmuc.directory.ReorganisationGround.done;
import static vn.chuanmuc.directory.ReorganisationGround.refusal;
import static vn.chuanmuc.directory.ReorganisationGround.scope;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.ReorganisationDraft.Changed;
import vn.chuanmuc.directory.ReorganisationDraft.Rule;
import vn.chuanmuc.directory.ReorganisationDraft.State;
import vn.chuanmuc.directory.Reorganisations.CarriedOut;
import vn.chuanmuc.directory.Reorganisations.Mark;
import vn.chuanmuc.directory.Reorganisations.Row;
import vn.chuanmuc.directory.Reorganisations.Saved;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.Recorded;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

/** One dated command over many units: what it refuses, what it does, and that it does it once and whole. */
@ProductTest
class ReorganisationTest {
    private static final LocalDate DAY = LocalDate.of(2025, 7, 1);
    private static final UUID NOBODY = new UUID(0, 0);

    @Autowired
    TestBodies bodies;

    @Autowired
    ReorganisationGround ground;

    @Autowired
    Reorganisations reorganisations;

    @Autowired
    ReorganisationChore chore;

    @Autowired
    Units units;

    @Autowired
    People people;

    @Autowired
    Headcounts headcounts;

    @Autowired
    Access access;

    @Autowired
    JdbcClient jdbc;

    private Body body;
    private Viewer preparer;
    private Viewer approver;
    private UUID office;

    @BeforeEach
    void prepare() {
        body = bodies.create();
        office = units.addAll(
                        body.tenant,
                        NOBODY,
                        List.of(new Units.NewUnit("P1-VP", "Văn phòng Đảng ủy", Units.Kind.OFFICE, body.wardOne)))
                .getFirst();
        preparer = ground.board(body);
        approver = ground.board(body);
    }

    /** Puts people into the wards; everything is there since 2015. */
    private void people(int one, int two, int inOffice) {
        body.people(one, body.wardOne, body.partyBloc);
        body.people(two, body.wardTwo, body.stateBloc);
        body.people(inOffice, office, body.partyBloc);
        ground.since2015(body.tenant);
    }

    private int unitsOf(UUID unit, LocalDate day) {
        return headcounts.on(body.tenant, List.of(unit), day).getOrDefault(unit, 0);
    }

    private List<UUID> membersOn(UUID unit, LocalDate day) {
        return jdbc.sql("""
                        select person_id from directory.assignment
                        where tenant_id = ? and unit_id = ? and valid_from <= ? and (valid_to is null or valid_to > ?)
                        """)
                .params(body.tenant, unit, Date.valueOf(day), Date.valueOf(day))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Otherwise what came there later would count there from the day on, too. */
    @Test
    void movesNothingOnADayBeforeWhatIsAboveOrBelowItCameThere() {
        people(3, 2, 4);
        UUID first = ground.draft(preparer, DAY);
        done(reorganisations.change(
                scope(preparer),
                first,
                office,
                new Changed("P1-VP", "Văn phòng Đảng ủy", Units.Kind.OFFICE, body.wardTwo)));
        ground.approve(preparer, approver, first, "");
        assertThat(ground.carryOut(body.tenant, first)).isInstanceOf(CarriedOut.Done.class);

        for (LocalDate day : List.of(DAY.minusDays(30), DAY.plusDays(30))) {
            UUID below = ground.draft(preparer, day);
            done(reorganisations.change(
                    scope(preparer),
                    below,
                    body.wardTwo,
                    new Changed("P2", "Phường Hai", Units.Kind.WARD, body.wardOne)));
            UUID above = ground.draft(preparer, day);
            ground.newWard(preparer, above, "PM", "Phường Mới", office);
            for (UUID id : List.of(below, above)) {
                assertThat(ground.gates(preparer, id).containsKey("unit-begins-too-late"))
                        .isEqualTo(day.isBefore(DAY));
            }
        }
    }

    @Test
    void mergesTwoWardsIntoANewOneWithEverybodyInIt() {
        people(7, 5, 2);
        UUID id = ground.draft(preparer, DAY);
        UUID merged = ground.newWard(preparer, id, "PM", "Phường Mới", body.root);
        ground.end(preparer, id, body.wardOne, merged, merged);
        ground.end(preparer, id, body.wardTwo, merged, merged);
        var preview = reorganisations.preview(scope(preparer), id);
        assertThat(preview.after())
                .filteredOn(branch -> branch.id().equals(merged))
                .allSatisfy(branch -> {
                    assertThat(branch.people()).isEqualTo(14);
                    assertThat(branch.mark()).isEqualTo(Mark.BEGINS);
                })
                .hasSize(1);
        assertThat(preview.before())
                .filteredOn(branch -> branch.mark() == Mark.ENDS)
                .hasSize(3);
        ground.approve(preparer, approver, id, "");
        assertThat(ground.carryOut(body.tenant, id)).isEqualTo(new CarriedOut.Done(14));
        Recorded.byItsAct(jdbc, body.tenant, "directory.unit_succession");

        assertThat(unitsOf(merged, DAY)).isEqualTo(14);
        assertThat(unitsOf(merged, DAY.minusDays(1))).isZero();
        assertThat(unitsOf(body.wardOne, DAY.minusDays(1))).isEqualTo(9);
        assertThat(unitsOf(body.wardOne, DAY)).isZero();
        assertThat(unitsOf(body.root, DAY)).isEqualTo(14);
        assertThat(ground.wrongCounts(body.tenant, DAY.minusDays(1))).isEmpty();
        assertThat(ground.wrongCounts(body.tenant, DAY)).isEmpty();
        assertThat(membersOn(office, DAY.minusDays(1))).hasSize(2);
        assertThat(units.names(body.tenant, List.of(body.wardOne)))
                .containsEntry(body.wardOne, "Phường Một"); // the name it bore last
        var history = units.history(body.tenant, body.wardOne).orElseThrow();
        assertThat(history.alive()).isFalse();
        assertThat(history.after()).singleElement().satisfies(next -> {
            assertThat(next.kind()).isEqualTo("merge");
            assertThat(next.to()).isEqualTo(merged);
            assertThat(next.people()).isEqualTo(7);
            assertThat(next.basisNumber()).isEqualTo("1656/NQ-THỬ");
        });
        assertThat(history.custodians())
                .singleElement()
                .satisfies(custody -> assertThat(custody.custodian()).isEqualTo(merged));
        assertThat(units.history(body.tenant, merged).orElseThrow().before()).hasSize(3);
        assertThat(units.history(body.tenant, merged).orElseThrow().keeps()).hasSize(3);
    }

    @Test
    void splitsAWardByNameUnitPositionAndBlocAndKeepsEverythingOfAnAssignment() {
        people(0, 0, 2);
        UUID lan = body.person("Nguyễn Thị Lan", body.wardOne, body.stateBloc, body.secretary);
        UUID hoa = body.person("Trần Văn Hòa", body.wardOne, body.stateBloc, body.staff);
        UUID mai = body.person("Lê Thị Mai", body.wardOne, body.partyBloc, body.staff);
        body.assign(mai, body.wardTwo, body.partyBloc, body.staff, false);
        ground.since2015(body.tenant);
        jdbc.sql("""
                        update directory.assignment set rank_order = 7, note = 'ghi chú', mode = 'acting', share = 60
                        where tenant_id = ? and person_id = ? and unit_id = ?
                        """).params(body.tenant, mai, body.wardOne).update();
        UUID id = ground.draft(preparer, DAY);
        UUID east = ground.newWard(preparer, id, "PD", "Phường Đông", body.root);
        UUID west = ground.newWard(preparer, id, "PT", "Phường Tây", body.root);
        done(reorganisations.table(scope(preparer), id, List.of(new Row(body.wardOne, true, null, east))));
        assertThat(ground.gates(preparer, id)).containsEntry("person-without-destination", 5);
        assertThat(refusal(reorganisations.submit(scope(preparer), id, ground.version(preparer, id))))
                .isEqualTo("directory.reorg.refused.blocked");
        done(reorganisations.putParts(scope(preparer), id, body.wardOne, Rule.UNIT, List.of(office), west));
        done(reorganisations.putParts(scope(preparer), id, body.wardOne, Rule.BLOC, List.of(body.stateBloc), east));
        done(reorganisations.putParts(scope(preparer), id, body.wardOne, Rule.POSITION, List.of(body.staff), west));
        // Hòa is staff and of the State bloc: two parts want him, until he is named
        assertThat(ground.gates(preparer, id))
                .containsEntry("person-with-two-destinations", 1)
                .doesNotContainKey("person-without-destination");
        done(reorganisations.putParts(scope(preparer), id, body.wardOne, Rule.PERSON, List.of(hoa), east));
        assertThat(ground.gates(preparer, id)).doesNotContainKey("person-with-two-destinations");
        ground.approve(preparer, approver, id, "");
        assertThat(ground.carryOut(body.tenant, id)).isEqualTo(new CarriedOut.Done(5));
        assertThat(membersOn(east, DAY)).containsExactlyInAnyOrder(lan, hoa);
        assertThat(membersOn(west, DAY)).hasSize(3).contains(mai);
        assertThat(membersOn(body.wardTwo, DAY)).containsExactly(mai);
        assertThat(jdbc.sql("""
                                select position_id || ' ' || bloc_id || ' ' || kind || ' ' || main || ' ' || rank_order || ' ' || note
                                       || ' ' || mode || ' ' || share || ' ' || valid_from
                                from directory.assignment where tenant_id = ? and person_id = ? and unit_id = ?
                                """)
                        .params(body.tenant, mai, west)
                        .query((row, n) -> row.getString(1))
                        .single())
                .isEqualTo(body.staff + " " + body.partyBloc + " can-bo true 7 ghi chú acting 60 2025-07-01");
        assertThat(ground.wrongCounts(body.tenant, DAY)).isEmpty();
        assertThat(units.history(body.tenant, body.wardOne).orElseThrow().after())
                .extracting(Units.Succession::kind)
                .containsOnly("split");
    }

    @Test
    void renamesAndMovesAWardWithAllBelowItAndItsPeopleStay() {
        people(3, 4, 2);
        UUID id = ground.draft(preparer, DAY);
        done(reorganisations.change(
                scope(preparer),
                id,
                body.wardOne,
                new Changed("P1", "Phường Một Mới", Units.Kind.OTHER, body.wardTwo)));
        var preview = reorganisations.preview(scope(preparer), id);
        assertThat(preview.after())
                .filteredOn(branch -> branch.id().equals(body.wardTwo))
                .singleElement()
                .satisfies(branch -> assertThat(branch.people()).isEqualTo(9));
        ground.approve(preparer, approver, id, "");
        assertThat(ground.carryOut(body.tenant, id)).isEqualTo(new CarriedOut.Done(0));
        assertThat(unitsOf(body.wardTwo, DAY.minusDays(1))).isEqualTo(4);
        assertThat(unitsOf(body.wardTwo, DAY)).isEqualTo(9);
        assertThat(ground.wrongCounts(body.tenant, DAY)).isEmpty();
        assertThat(units.names(body.tenant, List.of(body.wardOne))).containsValue("Phường Một Mới");
        assertThat(units.history(body.tenant, body.wardOne).orElseThrow().versions())
                .extracting(Units.Version::name)
                .containsExactly("Phường Một Mới", "Phường Một");
        assertThat(units.history(body.tenant, body.wardOne).orElseThrow().before())
                .extracting(Units.Succession::kind)
                .containsExactlyInAnyOrder("rename", "move");
    }

    @Test
    void twoPostsOfAPersonThatMeetInOneUnitBecomeOneAndTheMainOneIsKept() {
        people(0, 0, 0);
        UUID lan = body.person("Nguyễn Thị Lan", body.wardOne, body.partyBloc, body.secretary);
        body.assign(lan, office, body.partyBloc, body.staff, false);
        UUID hoa = body.person("Trần Văn Hòa", body.wardOne, body.partyBloc, body.secretary);
        body.assign(hoa, body.wardTwo, body.partyBloc, body.staff, false);
        ground.since2015(body.tenant);
        UUID id = ground.draft(preparer, DAY);
        ground.end(preparer, id, body.wardOne, body.wardTwo, body.wardTwo);
        assertThat(ground.gates(preparer, id)).containsEntry("two-posts-become-one", 2);
        ground.approve(preparer, approver, id, "");
        assertThat(ground.carryOut(body.tenant, id)).isInstanceOf(CarriedOut.Done.class);
        assertThat(jdbc.sql("""
                                select position_id from directory.assignment
                                where tenant_id = ? and unit_id = ? and valid_to is null and main
                                """)
                        .params(body.tenant, body.wardTwo)
                        .query((row, n) -> row.getObject(1, UUID.class))
                        .list())
                .containsExactly(body.secretary, body.secretary);
        assertThat(ground.wrongCounts(body.tenant, DAY)).isEmpty();
        assertThat(unitsOf(body.wardTwo, DAY)).isEqualTo(2);
    }

    @Test
    void namesEverythingThatStandsInTheWay() {
        people(2, 2, 1);
        UUID young = units.addAll(
                        body.tenant, NOBODY, List.of(new Units.NewUnit("P3", "Phường Ba", Units.Kind.WARD, body.root)))
                .getFirst();
        UUID late = body.person("Phạm Đến Sau", body.wardOne, body.partyBloc, body.staff);
        jdbc.sql("update directory.assignment set valid_from = ? where tenant_id = ? and person_id = ?")
                .params(Date.valueOf(DAY.plusDays(3)), body.tenant, late)
                .update();
        UUID id = ground.draft(preparer, DAY);
        assertThat(ground.gates(preparer, id)).containsEntry("nothing-changes", 1);
        UUID one = ground.newWard(preparer, id, "P2", "Phường Hai", body.root);
        done(reorganisations.table(
                scope(preparer),
                id,
                List.of(
                        new Row(body.root, true, one, one),
                        new Row(young, true, one, null),
                        new Row(body.wardOne, true, one, young))));
        assertThat(ground.gates(preparer, id))
                .containsKeys(
                        "top-unit-ends",
                        "unit-without-custodian",
                        "custodian-not-alive",
                        "unit-begins-too-late",
                        "assignment-begins-too-late");
        UUID two = ground.draft(preparer, DAY);
        UUID first = ground.newWard(preparer, two, "P2", "Phường Hai", body.root);
        assertThat(ground.gates(preparer, two)).containsKeys("code-taken", "name-taken", "new-unit-empty");
        assertThat(refusal(
                        reorganisations.putUnit(scope(preparer), two, null, "p2", "Khác", Units.Kind.WARD, body.root)))
                .isEqualTo("directory.reorg.refused.code-in-draft");
        done(reorganisations.putUnit(scope(preparer), two, first, "PX", "Phường X", Units.Kind.WARD, body.wardOne));
        done(reorganisations.change(
                scope(preparer), two, body.wardOne, new Changed("P1", "Phường Một", Units.Kind.WARD, first)));
        assertThat(ground.gates(preparer, two)).containsKey("cycle");
        ground.end(preparer, two, body.wardOne, body.wardOne, body.wardTwo);
        assertThat(ground.gates(preparer, two))
                .containsKeys("destination-not-alive", "parent-not-alive")
                .doesNotContainKey("cycle");
        assertThat(refusal(reorganisations.removeUnit(scope(preparer), id, one)))
                .isEqualTo("directory.reorg.refused.in-use");
    }

    @Test
    void nobodyApprovesWhatTheyHadAHandInAndOnlyTheTopUnitsBoardDecides() {
        people(1, 1, 0);
        UUID id = ground.draft(preparer, DAY);
        ground.end(preparer, id, body.wardOne, body.wardTwo, body.wardTwo);
        Viewer third = ground.board(body);
        done(reorganisations.submit(scope(approver), id, ground.version(preparer, id)));
        int version = ground.version(preparer, id);
        for (Viewer own : List.of(preparer, approver)) {
            assertThat(refusal(reorganisations.approve(scope(own), id, version, "")))
                    .isEqualTo("directory.reorg.refused.own");
        }
        assertThat(refusal(reorganisations.table(scope(preparer), id, List.of())))
                .isEqualTo("directory.reorg.refused.no-draft");
        Viewer wardBoard = body.viewer(Role.BOARD, body.wardOne);
        assertThatThrownBy(() -> reorganisations.find(scope(wardBoard), id)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> reorganisations.approve(scope(wardBoard), id, version, ""))
                .isInstanceOf(NotFound.class);
        assertThat(refusal(reorganisations.approve(scope(third), id, version - 1, "")))
                .isEqualTo("directory.reorg.refused.changed");
        done(reorganisations.approve(scope(third), id, version, ""));
    }

    @Test
    void waitsForItsDayAndCanBeWithdrawnUntilThen() {
        people(2, 1, 0);
        LocalDate later = LocalDate.now(java.time.ZoneId.of("Asia/Ho_Chi_Minh")).plusDays(40);
        UUID id = ground.draft(preparer, later);
        ground.end(preparer, id, body.wardOne, body.wardTwo, body.wardTwo);
        ground.approve(preparer, approver, id, "");
        assertThat(ground.carryOut(body.tenant, id)).isInstanceOf(CarriedOut.NotDue.class);
        chore.run();
        assertThat(membersOn(body.wardOne, later)).hasSize(2);
        assertThat(refusal(reorganisations.withdraw(scope(approver), id, "  ")))
                .isEqualTo("directory.reorg.refused.reason");
        done(reorganisations.withdraw(scope(approver), id, "Có văn bản mới"));
        assertThat(refusal(reorganisations.withdraw(scope(approver), id, "Có văn bản mới")))
                .isEqualTo("directory.reorg.refused.changed");
        assertThat(reorganisations.find(scope(preparer), id).orElseThrow().state())
                .isEqualTo(State.WITHDRAWN);
    }

    @Test
    void doesNotRunWhenItNoLongerHoldsAndRunsOnceMended() {
        people(1, 1, 0);
        UUID id = ground.draft(preparer, DAY);
        done(reorganisations.table(scope(preparer), id, List.of(new Row(body.wardOne, true, null, body.wardTwo))));
        done(reorganisations.putParts(
                scope(preparer), id, body.wardOne, Rule.BLOC, List.of(body.partyBloc), body.wardTwo));
        ground.approve(preparer, approver, id, "");
        UUID late = body.person("Vũ Mới Về", body.wardOne, body.stateBloc, body.staff);
        assertThat(ground.carryOut(body.tenant, id))
                .isInstanceOfSatisfying(
                        CarriedOut.Blocked.class,
                        blocked -> assertThat(blocked.gates())
                                .extracting(gate -> gate.kind().code())
                                .contains("person-without-destination"));
        assertThat(membersOn(body.wardOne, DAY)).hasSize(2);
        assertThat(reorganisations
                        .find(scope(preparer), id)
                        .orElseThrow()
                        .facts()
                        .triedAt())
                .isNotNull();
        int version = ground.version(preparer, id);
        done(reorganisations.sendBack(scope(approver), id, version, "Có người mới"));
        done(reorganisations.putParts(scope(preparer), id, body.wardOne, Rule.PERSON, List.of(late), body.wardTwo));
        ground.approve(preparer, approver, id, "");
        chore.run();
        assertThat(reorganisations.find(scope(preparer), id).orElseThrow().state())
                .isEqualTo(State.DONE);
        assertThat(membersOn(body.wardTwo, DAY)).hasSize(3);
    }

    @Test
    void oneOfManyWhoApproveWithdrawAndCarryOutAtOnceWins() throws Exception {
        people(20, 5, 3);
        for (int round = 0; round < 3; round++) {
            UUID id = ground.draft(preparer, DAY);
            ground.end(preparer, id, round % 2 == 0 ? body.wardOne : body.wardTwo, office(round), office(round));
            done(reorganisations.submit(scope(preparer), id, ground.version(preparer, id)));
            int version = ground.version(preparer, id);
            Viewer third = ground.board(body);
            var wishes = new ArrayList<Callable<Object>>();
            for (Viewer who : List.of(approver, third)) {
                wishes.add(() -> reorganisations.approve(scope(who), id, version, ""));
                wishes.add(() -> reorganisations.carryOut(body.tenant, id));
            }
            wishes.add(() -> reorganisations.withdraw(scope(approver), id, "Thôi"));
            try (var threads = Executors.newFixedThreadPool(5)) {
                for (var outcome : threads.invokeAll(wishes)) {
                    assertThat(outcome.get()).isNotNull();
                }
            }
            assertThat(jdbc.sql("""
                                    select count(*) from ledger.entry
                                    where tenant_id = ? and subject_id = ?
                                      and act in ('directory.reorganisation-withdrawn', 'directory.reorganised')
                                    """)
                            .params(body.tenant, id)
                            .query((row, n) -> row.getInt(1))
                            .single())
                    .isLessThanOrEqualTo(1);
            ReorganisationDraft draft =
                    reorganisations.find(scope(preparer), id).orElseThrow();
            if (draft.state() == State.APPROVED) {
                try (var threads = Executors.newFixedThreadPool(2)) {
                    var runs = threads.invokeAll(List.<Callable<CarriedOut>>of(
                            () -> ground.carryOut(body.tenant, id), () -> ground.carryOut(body.tenant, id)));
                    int done = 0;
                    for (var run : runs) {
                        done += run.get() instanceof CarriedOut.Done ? 1 : 0;
                    }
                    assertThat(done).isEqualTo(1);
                }
            }
            if (reorganisations.find(scope(preparer), id).orElseThrow().state() == State.DONE) {
                break;
            }
        }
        assertThat(ground.wrongCounts(body.tenant, DAY)).isEmpty();
        assertThat(headcounts.on(body.tenant, List.of(body.root), DAY)).containsEntry(body.root, 28);
    }

    /** Another ward takes them in, whichever ends. */
    private UUID office(int round) {
        return round % 2 == 0 ? body.wardTwo : body.wardOne;
    }

    @Test
    void theOldWardsClerkLosesTheirRoleAndTheCustodiansReadsOnly() {
        people(3, 1, 0);
        Viewer oldClerk = body.viewer(Role.CLERK, body.wardOne);
        Viewer newClerk = body.viewer(Role.CLERK, body.wardTwo);
        UUID id = ground.draft(preparer, DAY);
        ground.end(preparer, id, body.wardOne, body.wardTwo, body.wardTwo);
        assertThat(ground.gates(preparer, id)).containsEntry("role-ends", 1);
        ground.approve(preparer, approver, id, "");
        ground.carryOut(body.tenant, id);
        assertThat(body.browser(oldClerk).get("/can-bo").status()).isEqualTo(403);
        assertThat(access.covers(newClerk, Permission.READ_LISTS, body.wardOne)).isTrue();
        assertThat(access.covers(newClerk, Permission.COMPILE_LIST, body.wardOne))
                .isFalse();
        assertThat(access.covers(newClerk, Permission.MANAGE_PEOPLE, body.wardOne))
                .isFalse();
        var clerkScope = new Scope(body.tenant, newClerk.accountId(), List.of(body.wardTwo));
        assertThatThrownBy(() -> people.add(
                        clerkScope,
                        body.wardOne,
                        "Ngô Thị Muộn",
                        LocalDate.of(1990, 1, 1),
                        "",
                        new People.Post("Chuyên viên", false, "Khối chính quyền", PersonKind.CIVIL_SERVANT, null, ""),
                        DAY,
                        false))
                .isInstanceOf(NotFound.class);
        assertThat(units.add(
                        body.tenant,
                        NOBODY,
                        new Units.NewUnit("P1-X", "Văn phòng mới", Units.Kind.OFFICE, body.wardOne)))
                .isInstanceOfSatisfying(
                        Units.Added.Refused.class,
                        refused -> assertThat(refused.field()).isEqualTo("cha"));
    }

    @Test
    void recordsPassOnWhenTheirCustodianEndsAndFollowOneThatMoves() {
        people(2, 2, 0);
        UUID third = units.addAll(
                        body.tenant, NOBODY, List.of(new Units.NewUnit("P3", "Phường Ba", Units.Kind.WARD, body.root)))
                .getFirst();
        ground.since2015(body.tenant);
        UUID first = ground.draft(preparer, DAY);
        ground.end(preparer, first, body.wardOne, body.wardTwo, body.wardTwo);
        ground.approve(preparer, approver, first, "");
        ground.carryOut(body.tenant, first);
        LocalDate next = DAY.plusMonths(3);
        UUID second = ground.draft(preparer, next);
        ground.end(preparer, second, body.wardTwo, third, third);
        ground.approve(preparer, approver, second, "");
        assertThat(ground.carryOut(body.tenant, second)).isInstanceOf(CarriedOut.Done.class);
        Viewer clerk = body.viewer(Role.CLERK, third);
        assertThat(access.covers(clerk, Permission.READ_LISTS, body.wardOne)).isTrue();
        assertThat(access.covers(clerk, Permission.READ_LISTS, body.wardTwo)).isTrue();
        assertThat(units.history(body.tenant, body.wardOne).orElseThrow().custodians())
                .extracting(Units.Custody::custodian)
                .containsExactly(third, body.wardTwo);
        // below another parent, whoever is above it now reads them
        LocalDate last = DAY.plusMonths(6);
        UUID move = ground.draft(preparer, last);
        UUID district = ground.newWard(preparer, move, "KV", "Khu vực", body.root);
        done(reorganisations.change(
                scope(preparer), move, third, new Changed("P3", "Phường Ba", Units.Kind.WARD, district)));
        ground.approve(preparer, approver, move, "");
        assertThat(ground.carryOut(body.tenant, move)).isInstanceOf(CarriedOut.Done.class);
        assertThat(access.covers(body.viewer(Role.CLERK, district), Permission.READ_LISTS, body.wardOne))
                .isTrue();
    }

    @Test
    void anImportThatWaitsForAnEndingUnitStandsInTheWay() {
        people(1, 1, 0);
        jdbc.sql("""
                        insert into directory.people_import (tenant_id, id, unit_id, file_name, file_hash, uploaded_by,
                            uploaded_at, valid_from, default_kind, new_blocs, state, report)
                        values (?, gen_random_uuid(), ?, 'ds.xlsx', decode(repeat('ab', 32), 'hex'), ?, now(), ?, 'can-bo',
                            false, 'read', '{}')
                        """)
                .params(body.tenant, body.wardOne, preparer.accountId(), Date.valueOf(DAY))
                .update();
        UUID id = ground.draft(preparer, DAY);
        ground.end(preparer, id, body.wardOne, body.wardTwo, body.wardTwo);
        assertThat(ground.gates(preparer, id)).containsEntry("import-waiting", 1);
    }

    @Test
    void whatHappenedOnTheDayItselfIsInTheNewUnitFromItsFirstDay() {
        people(1, 1, 0);
        UUID same = body.person("Đỗ Đúng Ngày", body.wardOne, body.partyBloc, body.staff);
        UUID gone = body.person("Hồ Đã Thôi", body.wardOne, body.partyBloc, body.staff);
        ground.since2015(body.tenant);
        jdbc.sql("update directory.assignment set valid_from = ? where tenant_id = ? and person_id = ?")
                .params(Date.valueOf(DAY), body.tenant, same)
                .update();
        jdbc.sql("update directory.assignment set valid_to = ? where tenant_id = ? and person_id = ?")
                .params(Date.valueOf(DAY.plusDays(10)), body.tenant, gone)
                .update();
        remake();
        UUID id = ground.draft(preparer, DAY);
        ground.end(preparer, id, body.wardOne, body.wardTwo, body.wardTwo);
        ground.approve(preparer, approver, id, "");
        assertThat(ground.carryOut(body.tenant, id)).isInstanceOf(CarriedOut.Done.class);
        assertThat(membersOn(body.wardTwo, DAY)).contains(same, gone).hasSize(4);
        assertThat(membersOn(body.wardTwo, DAY.plusDays(10))).doesNotContain(gone);
        assertThat(membersOn(body.wardOne, DAY)).isEmpty();
        for (int days : List.of(-1, 0, 9, 10)) {
            assertThat(ground.wrongCounts(body.tenant, DAY.plusDays(days))).isEmpty();
        }
    }

    /** Head-counts of what the test wrote behind the back of the commands. */
    private void remake() {
        jdbc.sql("delete from directory.headcount where tenant_id = ?")
                .param(body.tenant)
                .update();
        List<UUID> all = jdbc.sql("select id from directory.unit where tenant_id = ?")
                .param(body.tenant)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
        headcounts.withUnits(body.tenant, all);
    }

    /** How long it takes is the bench's to say. */
    @Test
    void carriesOutFourteenWardsWithFiveThousandPeopleLosingNobody() {
        var big = ground.fourteenWards(body.tenant, body.root, preparer, approver, DAY);
        assertThat(ground.carryOut(body.tenant, big.id())).isEqualTo(new CarriedOut.Done(5_000));
        assertThat(ground.wrongCounts(body.tenant, DAY)).isEmpty();
        assertThat(big.fresh().stream().mapToInt(unit -> unitsOf(unit, DAY)).sum())
                .isEqualTo(5_000);
    }

    @Test
    void savesNothingThatCannotBeAndSaysWhy() {
        var noNumber = new ReorganisationDraft.Head(
                "Sắp xếp", DAY, new ReorganisationDraft.Basis(true, " ", DAY, "Cơ quan", ""));
        assertThat(reorganisations.create(scope(preparer), noNumber))
                .isInstanceOfSatisfying(
                        Saved.Refused.class,
                        refused -> assertThat(refused.field()).isEqualTo("so"));
        UUID id = done(reorganisations.create(
                scope(preparer), new ReorganisationDraft.Head("Sắp xếp", DAY, ReorganisationDraft.Basis.NONE)));
        assertThat(ground.gates(preparer, id)).containsKey("no-basis");
        assertThat(refusal(reorganisations.change(
                        scope(preparer),
                        id,
                        body.wardOne,
                        new Changed("P1", "Phường Một", Units.Kind.WARD, body.root))))
                .isEqualTo("directory.reorg.refused.same");
        assertThat(reorganisations.named(
                        scope(preparer),
                        reorganisations.find(scope(preparer), id).orElseThrow(),
                        "p1"))
                .isEqualTo(new Reorganisations.Named.Found(body.wardOne));
        assertThat(reorganisations.named(
                        scope(preparer),
                        reorganisations.find(scope(preparer), id).orElseThrow(),
                        "P2 – Phường Hai"))
                .isEqualTo(new Reorganisations.Named.Found(body.wardTwo));
        assertThat(reorganisations.named(
                        scope(preparer),
                        reorganisations.find(scope(preparer), id).orElseThrow(),
                        "Phường Chín"))
                .isInstanceOf(Reorganisations.Named.Refused.class);
    }
}
