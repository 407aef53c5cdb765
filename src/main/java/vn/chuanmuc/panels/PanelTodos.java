package vn.chuanmuc.panels;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Todo;
import vn.chuanmuc.access.Todos;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Reason;

/** Meetings one is convened to, counts that wait for a second word, minutes that wait for a signature, drafts that are not convened. */
@Component
class PanelTodos implements Todos {
    private static final int MOST = 20;

    private final JdbcClient jdbc;
    private final Clock clock;

    PanelTodos(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Waiting(
            UUID id,
            String title,
            LocalDate heldOn,
            String state,
            @Nullable String role,
            boolean signed,
            @Nullable UUID toConfirm) {}

    @Override
    public List<Todo> of(Viewer viewer) {
        var todos = new ArrayList<Todo>();
        LocalDate today = LocalDate.now(clock);
        for (Waiting one : sitting(viewer)) {
            String at = "/hop/" + one.id();
            boolean leads = "chair".equals(one.role()) || "secretary".equals(one.role());
            switch (one.state()) {
                case "convened" ->
                    todos.add(
                            leads && !one.heldOn().isAfter(today)
                                    ? new Todo(Reason.of("panels.todo.open", one.title()), at, one.heldOn(), 8)
                                    : new Todo(
                                            Reason.of("panels.todo.come", one.title(), one.heldOn()),
                                            at,
                                            one.heldOn(),
                                            15));
                case "open", "voting" -> {
                    if (leads) {
                        todos.add(new Todo(Reason.of("panels.todo.go-on", one.title()), at, one.heldOn(), 7));
                    } else if (one.toConfirm() != null) {
                        todos.add(new Todo(
                                Reason.of("panels.todo.witness", one.title()),
                                at + "/luot/" + one.toConfirm(),
                                one.heldOn(),
                                6));
                    }
                }
                default -> {
                    if (leads && !one.signed()) {
                        todos.add(new Todo(Reason.of("panels.todo.sign", one.title()), at, one.heldOn(), 9));
                    }
                }
            }
        }
        if (viewer.may(Permission.CONVENE_PANEL)) {
            for (Waiting one : drafts(viewer)) {
                todos.add(new Todo(Reason.of("panels.todo.draft", one.title()), "/hop/" + one.id(), one.heldOn(), 14));
            }
        }
        return todos;
    }

    private List<Waiting> sitting(Viewer viewer) {
        UUID person = viewer.personId();
        if (person == null) {
            return List.of();
        }
        return jdbc.sql("""
                        select m.id, m.title, m.held_on, m.state, s.role,
                               exists (select from panels.signature g
                                       where g.tenant_id = m.tenant_id and g.meeting_id = m.id and g.version = m.minutes
                                         and g.role = s.role) as signed,
                               (select r.id
                                from panels.round r
                                where s.role = 'counter' and r.tenant_id = m.tenant_id and r.meeting_id = m.id and r.state = 'open'
                                  and r.way <> 'secret' and r.count > 0
                                  and not exists (select from panels.witness w
                                                  where w.tenant_id = r.tenant_id and w.round_id = r.id
                                                    and w.version = r.count and w.person_id = s.person_id)
                                  and not exists (select from panels.round_form f
                                                  join panels.agenda a on a.tenant_id = f.tenant_id and a.meeting_id = r.meeting_id
                                                      and a.form_id = f.form_id and a.person_id = s.person_id
                                                  where f.tenant_id = r.tenant_id and f.round_id = r.id)) as to_confirm
                        from panels.seat s
                        join panels.meeting m on m.tenant_id = s.tenant_id and m.id = s.meeting_id
                            and m.state in ('convened', 'open', 'voting', 'counted')
                        where s.tenant_id = ? and s.person_id = ?
                        order by m.held_on, m.id
                        limit ?
                        """)
                .params(viewer.tenantId(), person, MOST)
                .query((row, n) -> new Waiting(
                        row.getObject("id", UUID.class),
                        row.getString("title"),
                        row.getObject("held_on", LocalDate.class),
                        row.getString("state"),
                        row.getString("role"),
                        row.getBoolean("signed"),
                        row.getObject("to_confirm", UUID.class)))
                .list();
    }

    private List<Waiting> drafts(Viewer viewer) {
        return jdbc.sql("""
                        select m.id, m.title, m.held_on, m.state
                        from panels.meeting m
                        where m.tenant_id = ? and m.state = 'draft' and m.created_by = ?
                          and m.unit_id in (select d.descendant_id from directory.unit_closure d
                                            where d.tenant_id = m.tenant_id and d.ancestor_id = any (?))
                        order by m.held_on, m.id
                        limit ?
                        """)
                .params(viewer.tenantId(), viewer.accountId(), viewer.unitsWith(Permission.CONVENE_PANEL), MOST)
                .query((row, n) -> new Waiting(
                        row.getObject("id", UUID.class),
                        row.getString("title"),
                        row.getObject("held_on", LocalDate.class),
                        row.getString("state"),
                        null,
                        false,
                        null))
                .list();
    }
}
