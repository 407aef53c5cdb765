package vn.chuanmuc.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.rules.WorkingCalendar.Kind;
import vn.chuanmuc.rules.WorkingDays.Saved;
import vn.chuanmuc.rules.WorkingDays.Typed;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** domain.md 5: working days need a holiday calendar (Tết, swapped days) as data. */
@ProductTest
class WorkingDaysTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    WorkingDays days;

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    @Test
    void countsMondayToFriday() {
        var calendar = new WorkingCalendar(List.of(), Map.of());
        assertThat(calendar.after(day("2026-11-20"), 1)).isEqualTo(day("2026-11-23")); // Friday to Monday
        assertThat(calendar.after(day("2026-11-21"), 5)).isEqualTo(day("2026-11-27"));
        assertThat(calendar.after(day("2026-11-20"), 0)).isEqualTo(day("2026-11-20"));
        assertThat(calendar.between(day("2026-11-20"), day("2026-11-27"))).isEqualTo(5);
    }

    @Test
    void leavesOutHolidaysAndCountsDaysWorkedInTheirPlace() {
        // 30/4 and 1/5/2026 are Thursday and Friday; a made-up swap: Monday 4/5 off, Saturday 9/5 worked.
        var calendar = new WorkingCalendar(
                WorkingDays.shipped(), Map.of(day("2026-05-04"), Kind.OFF, day("2026-05-09"), Kind.WORK));
        assertThat(calendar.after(day("2026-04-29"), 1)).isEqualTo(day("2026-05-05"));
        assertThat(calendar.after(day("2026-04-29"), 5)).isEqualTo(day("2026-05-09"));
        assertThat(calendar.due(day("2026-04-29"), 5).certain()).isTrue();
        assertThat(new WorkingCalendar(WorkingDays.shipped(), Map.of())
                        .due(day("2026-12-30"), 3)
                        .unknownYears())
                .containsExactlyInAnyOrder(2026, 2027);
        var usual = new WorkingCalendar(WorkingDays.shipped(), Map.of(day("2026-04-30"), Kind.USUAL));
        assertThat(usual.works(day("2026-04-30"))).isTrue();
    }

    /** domain.md, marks: what was not seen in a source is a default that an administrator can change. */
    @Test
    void everyShippedDayNamesItsLawAndIsUnverified() {
        assertThat(WorkingDays.shipped()).hasSize(4).allSatisfy(fixed -> {
            assertThat(fixed.basis()).contains("45/2019/QH14");
            assertThat(fixed.verified()).isFalse();
        });
    }

    @Test
    void theNewestEntryOfADayCountsAndAllAreKept() {
        var body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        String basis = "Thông báo nghỉ lễ năm 2026";
        Saved saved = days.enter(
                board,
                List.of(
                        new Typed(1, "16/02/2026", "off", "Tết Nguyên đán", basis),
                        new Typed(2, " 17.2.2026 ", "Nghỉ", "Tết Nguyên đán", basis),
                        new Typed(3, "", "", "", "")));
        assertThat(saved).isEqualTo(new Saved.Done(2));
        assertThat(days.calendar(body.tenant).works(day("2026-02-17"))).isFalse();
        Typed again = new Typed(1, "17/02/2026", "Bình thường", "Nhập nhầm", basis);
        assertThat(days.enter(board, List.of(again))).isEqualTo(new Saved.Done(1));
        assertThat(days.enter(board, List.of(again))).isEqualTo(new Saved.Done(0));
        assertThat(days.calendar(body.tenant).works(day("2026-02-17"))).isTrue();
        assertThat(days.entries(body.tenant, 2026)).hasSize(2);
        assertThat(days.entries(body.tenant, 2025)).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithWhichRowAndKeepsNothing() {
        var body = bodies.create();
        Viewer board = body.viewer(Role.BOARD, body.root);
        Saved saved = days.enter(
                board,
                List.of(
                        new Typed(1, "01/01/2027", "off", "Tết Dương lịch", "Luật"),
                        new Typed(2, "31/02/2027", "off", "x", "Luật"),
                        new Typed(3, "02/01/2027", "lễ", "x", "Luật"),
                        new Typed(4, "03/01/2027", "off", "", ""),
                        new Typed(5, "01/01/2027", "work", "x", "Luật")));
        assertThat(((Saved.Refused) saved).wrong())
                .extracting(Saved.Wrong::row, wrong -> wrong.why().key())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, "rules.calendar.day"),
                        org.assertj.core.groups.Tuple.tuple(3, "rules.calendar.kind"),
                        org.assertj.core.groups.Tuple.tuple(4, "rules.calendar.name"),
                        org.assertj.core.groups.Tuple.tuple(4, "rules.calendar.basis"),
                        org.assertj.core.groups.Tuple.tuple(5, "rules.calendar.twice"));
        assertThat(days.entries(body.tenant, null)).isEmpty();
        Viewer ward = body.viewer(Role.BOARD, body.wardOne);
        assertThatThrownBy(() -> days.enter(ward, List.of())).isInstanceOf(Forbidden.class);
    }
}
