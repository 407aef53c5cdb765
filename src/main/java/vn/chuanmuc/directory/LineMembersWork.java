package vn.chuanmuc.directory;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.LineMembers.Move;
import vn.chuanmuc.directory.LineMembers.Part;
import vn.chuanmuc.directory.LineMembers.Selection;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Progress;
import vn.chuanmuc.jobs.Step;
import vn.chuanmuc.jobs.Work;
import vn.chuanmuc.kernel.Reason;

/**
 * Brings many people into a line or out of it, a thousand in a transaction. Whoever was written is not chosen again: so it goes on
 * by itself after a stop, and what was done before a cancellation stays and is told.
 */
@Component
class LineMembersWork implements Work {
    static final String KIND = "directory.line-members";

    private final LineMembers members;

    LineMembersWork(LineMembers members) {
        this.members = members;
    }

    static Map<String, String> parameters(Scope scope, Selection selection, long expected, String reason) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("scope", scope.units().stream().map(UUID::toString).collect(Collectors.joining(" ")));
        parameters.put("move", selection.move().code());
        parameters.put("day", selection.day().toString());
        parameters.put("unit", selection.unitId().toString());
        parameters.put("bloc", text(selection.blocId()));
        parameters.put("position", text(selection.positionId()));
        parameters.put("withoutPost", String.valueOf(selection.withoutPost()));
        parameters.put("expected", String.valueOf(expected));
        parameters.put("reason", reason);
        return parameters;
    }

    private static String text(@Nullable UUID id) {
        return id == null ? "" : id.toString();
    }

    private static @Nullable UUID id(String text) {
        return text.isEmpty() ? null : UUID.fromString(text);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Step step(Job job, Progress progress) {
        List<UUID> units = Stream.of(job.parameter("scope").split(" "))
                .filter(unit -> !unit.isEmpty())
                .map(UUID::fromString)
                .toList();
        var selection = new Selection(
                Move.of(job.parameter("move")),
                LocalDate.parse(job.parameter("day")),
                UUID.fromString(job.parameter("unit")),
                id(job.parameter("bloc")),
                id(job.parameter("position")),
                Boolean.parseBoolean(job.parameter("withoutPost")));
        long expected = Long.parseLong(job.parameter("expected"));
        var scope = new Scope(job.tenantId(), job.requestedBy(), units);
        return switch (members.part(
                scope,
                job.subject(),
                selection,
                expected,
                job.parameter("reason"),
                job.progress().isEmpty())) {
            case Part.Refused(var why) -> new Step.Refused(why);
            case Part.Done(var people) -> {
                long done = job.done() + people;
                yield people < LineMembers.PEOPLE_A_STEP
                        ? new Step.Done(Reason.of(
                                "directory.line.job." + selection.move().code(), done))
                        : new Step.More("on", done, Math.max(done, expected));
            }
        };
    }

    @Override
    public String page(Job job) {
        return "/tuyen/" + job.subject();
    }
}
