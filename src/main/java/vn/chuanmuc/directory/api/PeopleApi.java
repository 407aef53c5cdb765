package vn.chuanmuc.directory.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.access.ApiAllowed;
import vn.chuanmuc.access.ApiBody;
import vn.chuanmuc.access.ApiCaller;
import vn.chuanmuc.access.ApiProblem;
import vn.chuanmuc.access.ApiRequests;
import vn.chuanmuc.access.ApiScope;
import vn.chuanmuc.access.ApiWrites;
import vn.chuanmuc.access.OpenToAll;
import vn.chuanmuc.directory.DirectoryFeed;
import vn.chuanmuc.directory.PeopleImports;
import vn.chuanmuc.directory.PeopleImports.Ending;
import vn.chuanmuc.directory.PeopleImports.Import;
import vn.chuanmuc.directory.PersonJson;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;

/** Units and people for other systems (docs/api.md, docs/adr/0010). A token reaches its unit and all below it, never more. */
@RestController
@RequestMapping("/api/v1")
class PeopleApi {
    static final long MOST_LINES_BYTES = 50L << 20;
    private static final UUID FIRST = new UUID(0, 0);
    private static final int PAGE = 200;
    private static final String LINES = "application/x-ndjson";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** What a difference is called in JSON. */
    private static final Map<String, String> FIELDS =
            Map.of("name", "fullName", "birth", "birthDate", "code", "staffCode");

    private final DirectoryFeed feed;
    private final PeopleImports imports;
    private final ApiWrites writes;
    private final ApiProblem problem;
    private final Clock clock;

    PeopleApi(DirectoryFeed feed, PeopleImports imports, ApiWrites writes, ApiProblem problem, Clock clock) {
        this.feed = feed;
        this.imports = imports;
        this.writes = writes;
        this.problem = problem;
        this.clock = clock;
    }

    private static Scope scope(ApiCaller caller) {
        return new Scope(caller.tenantId(), caller.tokenId(), List.of(caller.unitId()));
    }

    @GetMapping(path = "/openapi.yaml", produces = "application/yaml")
    @OpenToAll("The description of the interface: it holds no data")
    ResponseEntity<byte[]> description() throws IOException {
        try (InputStream in = new ClassPathResource("api/openapi-v1.yaml").getInputStream()) {
            return ResponseEntity.ok()
                    .contentType(MediaType.parseMediaType("application/yaml;charset=UTF-8"))
                    .body(in.readAllBytes());
        }
    }

    @GetMapping("/units")
    @ApiAllowed(ApiScope.READ)
    Shapes.UnitPage units(
            ApiCaller caller,
            @RequestParam(name = "after", required = false) @Nullable UUID after,
            @RequestParam(name = "limit", defaultValue = "" + PAGE) int limit) {
        int size = Math.clamp(limit, 1, 1_000);
        var units = feed.units(scope(caller), after == null ? FIRST : after, size);
        return new Shapes.UnitPage(
                units.stream()
                        .map(unit -> new Shapes.Unit(unit.code(), unit.name(), unit.kind(), unit.parent()))
                        .toList(),
                units.size() < size ? null : units.getLast().id());
    }

    @GetMapping("/units/{code}/people")
    @ApiAllowed(ApiScope.READ)
    Shapes.PersonPage people(
            ApiCaller caller,
            @PathVariable("code") String code,
            @RequestParam(name = "asOf", required = false) @Nullable String asOf,
            @RequestParam(name = "below", defaultValue = "false") boolean below,
            @RequestParam(name = "after", required = false) @Nullable UUID after,
            @RequestParam(name = "limit", defaultValue = "" + PAGE) int limit) {
        int size = Math.clamp(limit, 1, 1_000);
        LocalDate day = asOf == null ? today() : PersonJson.day(asOf, "/asOf");
        UUID unit = feed.unit(scope(caller), code).orElseThrow(() -> new NotFound("unit"));
        var people = feed.people(scope(caller), unit, below, day, after == null ? FIRST : after, size);
        return new Shapes.PersonPage(
                day,
                people.stream()
                        .map(person -> new Shapes.Person(
                                person.staffCode(),
                                person.fullName(),
                                person.birthDate(),
                                person.unit(),
                                person.unitName(),
                                person.position(),
                                person.bloc(),
                                person.kind(),
                                person.main(),
                                person.order(),
                                person.note(),
                                person.from(),
                                person.to()))
                        .toList(),
                people.size() < size ? null : people.getLast().assignmentId());
    }

    @PatchMapping(path = "/people", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiAllowed(ApiScope.WRITE)
    ResponseEntity<?> change(
            ApiCaller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        return send(caller, key, request, false);
    }

    @PutMapping(path = "/people", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiAllowed(ApiScope.WRITE)
    ResponseEntity<?> put(
            ApiCaller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        return send(caller, key, request, true);
    }

    private ResponseEntity<?> send(ApiCaller caller, @Nullable String key, HttpServletRequest request, boolean whole)
            throws IOException {
        byte[] body = ApiBody.bytes(request, SentBody.MOST_BYTES);
        return writes.once(caller, key, request, Sha256.of(body), () -> {
            SentBody sent = SentBody.read(body, whole);
            LocalDate from = sent.validFrom() == null ? today() : sent.validFrom();
            requireNotFuture(from, "/validFrom");
            PeopleImports.Sent came = imports.send(
                    scope(caller),
                    unit(caller, sent.unit(), "/unit"),
                    request.getMethod() + " /api/v1/people – " + caller.name(),
                    Sha256.of(body),
                    sent.people(),
                    from);
            return switch (came) {
                case PeopleImports.Sent.Done done ->
                    new ApiRequests.Answer(200, null, JSON.writeValueAsBytes(shape(done)));
                case PeopleImports.Sent.Refused refused -> throw new RefusedRows(refused.problems());
            };
        });
    }

    private static Shapes.SentPeople shape(PeopleImports.Sent.Done done) {
        return new Shapes.SentPeople(
                done.importId(),
                done.added(),
                done.changed(),
                done.unchanged(),
                done.rows().stream()
                        .map(row -> new Shapes.SentPerson(
                                row.staffCode(),
                                row.outcome().name().toLowerCase(java.util.Locale.ROOT),
                                row.differences().stream()
                                        .map(one -> {
                                            String field = one.key()
                                                    .substring(one.key().lastIndexOf('.') + 1);
                                            return new Shapes.Change(
                                                    FIELDS.getOrDefault(field, field), one.from(), one.to());
                                        })
                                        .toList()))
                        .toList());
    }

    @PostMapping(path = "/imports", consumes = LINES)
    @ApiAllowed(ApiScope.WRITE)
    ResponseEntity<?> take(
            ApiCaller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestParam(name = "unit", required = false) @Nullable String unit,
            @RequestParam(name = "validFrom", required = false) @Nullable String validFrom,
            @RequestParam(name = "endGoneFrom", required = false) @Nullable String endGoneFrom,
            @RequestParam(name = "endGoneReason", defaultValue = "") String endGoneReason,
            HttpServletRequest request)
            throws IOException {
        LocalDate from = validFrom == null ? today() : PersonJson.day(validFrom, "/validFrom");
        requireNotFuture(from, "/validFrom");
        Ending ending = endGoneFrom == null
                ? Ending.NONE
                : new Ending(Ending.Choice.ALL, PersonJson.day(endGoneFrom, "/endGoneFrom"), endGoneReason.strip());
        if (ending.day() != null) {
            requireNotFuture(ending.day(), "/endGoneFrom");
            if (ending.reason().isEmpty() || ending.reason().length() > 500) {
                throw new PersonJson.Wrong("/endGoneReason", Reason.of("directory.person.refused.reason"));
            }
        }
        UUID unitId = unit(caller, unit, "/unit");
        Path file = Files.createTempFile("api", ".ndjson");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                ApiBody.copy(request, out, MOST_LINES_BYTES);
            }
            byte[] content;
            try (InputStream in = Files.newInputStream(file)) {
                content = Sha256.of(in);
            }
            return writes.once(caller, key, request, content, () -> switch (imports.importLines(
                    scope(caller), unitId, "POST /api/v1/imports – " + caller.name(), file, from, ending)) {
                case PeopleImports.Uploaded.Read(var id) -> taken(caller, id);
                case PeopleImports.Uploaded.Known(var id) -> taken(caller, id);
                case PeopleImports.Uploaded.Refused(var why) -> throw new PersonJson.Wrong("", why);
            });
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private ApiRequests.Answer taken(ApiCaller caller, UUID id) {
        return new ApiRequests.Answer(202, "/api/v1/imports/" + id, JSON.writeValueAsBytes(state(known(caller, id))));
    }

    @GetMapping("/imports/{id}")
    @ApiAllowed(ApiScope.READ)
    Shapes.ImportState state(ApiCaller caller, @PathVariable("id") UUID id) {
        return state(known(caller, id));
    }

    private Shapes.ImportState state(Import known) {
        Optional<Job> work = imports.work(known);
        return new Shapes.ImportState(
                known.id(),
                known.state().code(),
                known.refusal() == null
                        ? null
                        : problem.fault("", known.refusal()).detail(),
                known.good(),
                known.bad(),
                known.added(),
                known.changed(),
                known.unchanged(),
                known.gone(),
                known.ended(),
                work.map(job -> new Shapes.ImportWork(job.state().code(), job.done(), job.total()))
                        .orElse(null),
                known.changeHash() == null ? null : HexFormat.of().formatHex(known.changeHash()),
                known.uploadedAt(),
                known.appliedAt());
    }

    @GetMapping("/imports/{id}/problems")
    @ApiAllowed(ApiScope.READ)
    Shapes.ImportProblemPage problems(
            ApiCaller caller,
            @PathVariable("id") UUID id,
            @RequestParam(name = "after", defaultValue = "0") int after,
            @RequestParam(name = "limit", defaultValue = "" + PAGE) int limit) {
        Import known = known(caller, id);
        int size = Math.clamp(limit, 1, 1_000);
        int offset = Math.max(0, after);
        return new Shapes.ImportProblemPage(
                imports.problems(known, offset, size).stream()
                        .map(one -> {
                            ApiProblem.Fault fault = problem.fault(one.field(), one.why());
                            return new Shapes.ImportProblem(one.number(), fault.pointer(), fault.detail());
                        })
                        .toList(),
                offset + size < known.bad() ? offset + size : null);
    }

    /** Stops reading or applying, or drops what waits. */
    @DeleteMapping("/imports/{id}")
    @ApiAllowed(ApiScope.WRITE)
    ResponseEntity<?> drop(ApiCaller caller, @PathVariable("id") UUID id) {
        known(caller, id);
        return imports.stop(scope(caller), id) || imports.drop(scope(caller), id)
                ? ResponseEntity.noContent().build()
                : problem.answer(409, "conflict", Reason.of("directory.imports.refused.not-waiting"), List.of());
    }

    private Import known(ApiCaller caller, UUID id) {
        return imports.find(scope(caller), id).orElseThrow(() -> new NotFound("import"));
    }

    private UUID unit(ApiCaller caller, @Nullable String code, String pointer) {
        return code == null
                ? caller.unitId()
                : feed.unit(scope(caller), code)
                        .orElseThrow(() ->
                                new PersonJson.Wrong(pointer, Reason.of("access.api.detail.no-unit", shortened(code))));
    }

    private void requireNotFuture(LocalDate day, String pointer) {
        if (day.isAfter(today())) {
            throw new PersonJson.Wrong(pointer, Reason.of("directory.person.refused.future"));
        }
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), 60));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    /** People that cannot be taken; thrown, so that the transaction is undone. */
    static final class RefusedRows extends RuntimeException {
        final transient List<PeopleImports.SentProblem> problems;

        RefusedRows(List<PeopleImports.SentProblem> problems) {
            super(null, null, false, false);
            this.problems = problems;
        }
    }
}
