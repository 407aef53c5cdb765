package vn.chuanmuc.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.office.Cell;
import vn.chuanmuc.office.OfficeFiles;
import vn.chuanmuc.office.SheetLimits;
import vn.chuanmuc.office.SheetReading;
import vn.chuanmuc.office.SheetRow;
import vn.chuanmuc.rules.WorkingCalendar.Fixed;
import vn.chuanmuc.rules.WorkingCalendar.Kind;

/** The days a body works: public holidays and swapped days as dated data, each with its legal basis. Nothing is computed from the moon. */
@Component
public class WorkingDays {
    private static final List<Fixed> FIXED = load();
    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_DAYS = 4_000;
    private static final SheetLimits LIMITS = new SheetLimits(1 << 20, 500, 20);

    private final JdbcClient jdbc;
    private final Access access;
    private final Units units;
    private final Ledger ledger;
    private final Clock clock;

    WorkingDays(JdbcClient jdbc, Access access, Units units, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.access = access;
        this.units = units;
        this.ledger = ledger;
        this.clock = clock;
    }

    private static List<Fixed> load() {
        try (InputStream in = Objects.requireNonNull(WorkingDays.class.getResourceAsStream("/rules/holidays.json"))) {
            return List.copyOf(JsonMapper.builder().build().readValue(in, new TypeReference<List<Fixed>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A day as it was entered last. */
    public record Entry(LocalDate day, Kind kind, String name, String basis, UUID enteredBy, Instant enteredAt) {}

    /** A day to be entered, as it was typed. @param row its number, as whoever typed it sees it */
    public record Typed(int row, String day, String kind, String name, String basis) {
        boolean blank() {
            return day.isBlank() && kind.isBlank() && name.isBlank();
        }
    }

    /** What came of entering days: all of them, or none and what is wrong with which row, from 1. */
    public sealed interface Saved {
        record Done(int days) implements Saved {}

        record Refused(List<Wrong> wrong) implements Saved {}

        /** @param row 0 for the whole */
        record Wrong(int row, Reason why) {}
    }

    /** Whether the viewer may enter days: the calendar is one for the whole body. */
    public boolean mayEnter(Viewer viewer) {
        return viewer.may(Permission.ENTER_RULES)
                && access.covers(viewer, Permission.ENTER_RULES, units.root(viewer.tenantId()));
    }

    public static List<Fixed> shipped() {
        return FIXED;
    }

    public WorkingCalendar calendar(UUID tenantId) {
        return calendar(tenantId, null);
    }

    /** @param end as it was known before that moment; null for now */
    public WorkingCalendar calendar(UUID tenantId, @Nullable Instant end) {
        var days = new HashMap<LocalDate, Kind>();
        entries(tenantId, null, end).forEach(entry -> days.put(entry.day(), entry.kind()));
        return new WorkingCalendar(FIXED, days);
    }

    /** What is entered of a year, by day; of each day the newest entry. */
    public List<Entry> entries(UUID tenantId, @Nullable Integer year) {
        return entries(tenantId, year, null);
    }

    /** @param end what had been entered before that moment; null for now */
    public List<Entry> entries(UUID tenantId, @Nullable Integer year, @Nullable Instant end) {
        return jdbc.sql("""
                        select distinct on (day) day, kind, name, basis, entered_by, entered_at
                        from rules.calendar_day
                        where tenant_id = :tenant
                          and (cast(:year as int) is null or day between make_date(:year, 1, 1) and make_date(:year, 12, 31))
                          and (cast(:end as timestamptz) is null or entered_at < :end)
                        order by day, id desc
                        limit %d
                        """.formatted(MOST_DAYS))
                .param("tenant", tenantId)
                .param("year", year)
                .param("end", end == null ? null : Timestamp.from(end))
                .query((row, n) -> new Entry(
                        row.getDate("day").toLocalDate(),
                        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("name"),
                        row.getString("basis"),
                        row.getObject("entered_by", UUID.class),
                        row.getTimestamp("entered_at").toInstant()))
                .list();
    }

    private record Day(LocalDate day, Kind kind, String name, String basis) {}

    /** Enters days; all or none. What stands so already is not entered again. */
    @Transactional
    public Saved enter(Viewer viewer, List<Typed> typed) {
        access.require(viewer, Permission.ENTER_RULES, units.root(viewer.tenantId()));
        var wrong = new ArrayList<Saved.Wrong>();
        var days = new ArrayList<Day>();
        var seen = new HashSet<LocalDate>();
        for (Typed one : typed) {
            if (!one.blank()) {
                Day day = read(one, one.row(), wrong);
                if (day != null && !seen.add(day.day())) {
                    wrong.add(new Saved.Wrong(one.row(), Reason.of("rules.calendar.twice", day.day())));
                } else if (day != null) {
                    days.add(day);
                }
            }
        }
        if (wrong.isEmpty() && days.isEmpty()) {
            wrong.add(new Saved.Wrong(0, Reason.of("rules.calendar.nothing")));
        } else if (days.size() > MOST_AT_ONCE) {
            wrong.add(new Saved.Wrong(0, Reason.of("rules.calendar.many", MOST_AT_ONCE)));
        }
        if (!wrong.isEmpty()) {
            return new Saved.Refused(wrong);
        }
        int count = 0;
        for (Day day : days) {
            count += enter(viewer, day) ? 1 : 0;
        }
        return new Saved.Done(count);
    }

    private static @Nullable Day read(Typed typed, int row, List<Saved.Wrong> wrong) {
        int before = wrong.size();
        LocalDate day = null;
        if (VietnameseDates.parse(typed.day()) instanceof VietnameseDates.Parsed.Read(var read)) {
            day = read;
        } else {
            wrong.add(new Saved.Wrong(row, Reason.of("rules.calendar.day", row)));
        }
        Kind kind = kind(typed.kind());
        if (kind == null) {
            wrong.add(new Saved.Wrong(row, Reason.of("rules.calendar.kind", row)));
        }
        String name = Texts.oneLine(typed.name());
        String basis = Texts.oneLine(typed.basis());
        if (name.isEmpty() || name.length() > 200) {
            wrong.add(new Saved.Wrong(row, Reason.of("rules.calendar.name", row)));
        }
        if (basis.isEmpty() || basis.length() > 500) {
            wrong.add(new Saved.Wrong(row, Reason.of("rules.calendar.basis", row)));
        }
        return day == null || kind == null || wrong.size() > before ? null : new Day(day, kind, name, basis);
    }

    /** By its code, or as people write it in a sheet. */
    private static @Nullable Kind kind(String typed) {
        return switch (Texts.searchKey(typed.length() > 40 ? "" : typed)) {
            case "off", "nghi" -> Kind.OFF;
            case "work", "lam bu", "lam viec" -> Kind.WORK;
            case "usual", "binh thuong" -> Kind.USUAL;
            default -> null;
        };
    }

    private boolean enter(Viewer viewer, Day day) {
        UUID id = Ids.next();
        String kind = day.kind().name().toLowerCase(Locale.ROOT);
        int rows = jdbc.sql("""
                        insert into rules.calendar_day (tenant_id, id, day, kind, name, basis, entered_by, entered_at)
                        select :tenant, :id, :day, :kind, :name, :basis, :by, :at
                        where not exists (
                            select from (
                                select d.kind, d.name, d.basis from rules.calendar_day d
                                where d.tenant_id = :tenant and d.day = :day
                                order by d.id desc limit 1) newest
                            where newest.kind = :kind and newest.name = :name and newest.basis = :basis)
                        """)
                .param("tenant", viewer.tenantId())
                .param("id", id)
                .param("day", Date.valueOf(day.day()))
                .param("kind", kind)
                .param("name", day.name())
                .param("basis", day.basis())
                .param("by", viewer.accountId())
                .param("at", Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .update();
        Check.that(rows <= 1, "a day is one row");
        if (rows == 1) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("day", day.day().toString());
            facts.put("kind", kind);
            facts.put("name", day.name());
            facts.put("basis", day.basis());
            ledger.append(new Act(viewer.tenantId(), "rules.day-entered", id, viewer.accountId(), facts)
                    .with(Piece.of(RulesEvidence.DAY, id)));
        }
        return rows == 1;
    }

    /** What a sheet holds, or why it cannot be read. */
    public sealed interface Sheet {
        record Read(List<Typed> rows) implements Sheet {}

        record Refused(Reason why) implements Sheet {}
    }

    /** Reads columns Ngày · Loại · Tên ngày · Căn cứ below a heading row that begins with “Ngày”. */
    public Sheet read(Path file) {
        var rows = new ArrayList<SheetRow>();
        return switch (OfficeFiles.readFirstSheet(file, LIMITS, rows::add)) {
            case SheetReading.Refused(var why) ->
                new Sheet.Refused(
                        Reason.of("office.refused." + why.code(), why.args().toArray()));
            case SheetReading.Done done -> {
                int heading = -1;
                for (int at = 0; at < Math.min(rows.size(), 20) && heading < 0; at++) {
                    heading = Texts.searchKey(text(rows.get(at), 0)).equals("ngay") ? at : -1;
                }
                if (heading < 0) {
                    yield new Sheet.Refused(Reason.of("rules.calendar.heading"));
                }
                var read = new ArrayList<Typed>();
                for (SheetRow row : rows.subList(heading + 1, rows.size())) {
                    read.add(new Typed(row.number(), text(row, 0), text(row, 1), text(row, 2), text(row, 3)));
                }
                yield new Sheet.Read(read);
            }
        };
    }

    private static String text(SheetRow row, int column) {
        if (column >= row.cells().size()) {
            return "";
        }
        return switch (row.cells().get(column)) {
            case Cell.Text(var text) -> Texts.oneLine(text);
            case Cell.Day(var day) -> VietnameseDates.format(day);
            case Cell.Number(var number) -> number.toPlainString();
            case Cell.Fault(var code) -> code;
            case Cell.Blank blank -> "";
        };
    }
}
