package vn.chuanmuc.figures.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.access.ApiAllowed;
import vn.chuanmuc.access.ApiBody;
import vn.chuanmuc.access.ApiCaller;
import vn.chuanmuc.access.ApiProblem;
import vn.chuanmuc.access.ApiProblem.Fault;
import vn.chuanmuc.access.ApiRequests;
import vn.chuanmuc.access.ApiScope;
import vn.chuanmuc.access.ApiWrites;
import vn.chuanmuc.directory.PersonJson;
import vn.chuanmuc.directory.Scope;
import vn.chuanmuc.figures.FigureIndexes;
import vn.chuanmuc.figures.FigureLists;
import vn.chuanmuc.figures.FigureLists.Brought;
import vn.chuanmuc.figures.FigureLists.FigureList;
import vn.chuanmuc.figures.FigureLists.Step;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;

/** Figures from other systems (docs/api.md, docs/adr/0027): a list is taken whole or not at all, and a person confirms it. */
@RestController
@RequestMapping("/api/v1")
class FiguresApi {
    static final long MOST_BYTES = 8L << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Where fields of the upload page stand in the JSON. */
    private static final Map<String, String> POINTERS = Map.of(
            "ten-vb", "/document/name",
            "so-vb", "/document/number",
            "ngay-vb", "/document/date");

    private final FigureLists lists;
    private final FigureIndexes indexes;
    private final ApiWrites writes;
    private final ApiProblem problem;
    private final Clock clock;

    FiguresApi(FigureLists lists, FigureIndexes indexes, ApiWrites writes, ApiProblem problem, Clock clock) {
        this.lists = lists;
        this.indexes = indexes;
        this.writes = writes;
        this.problem = problem;
        this.clock = clock;
    }

    private static Scope scope(ApiCaller caller) {
        return new Scope(caller.tenantId(), caller.tokenId(), List.of(caller.unitId()));
    }

    /** What can be brought in on a day. */
    @GetMapping("/indexes")
    @ApiAllowed(ApiScope.READ)
    FigureShapes.FigureIndexes indexes(
            ApiCaller caller, @RequestParam(name = "asOf", required = false) @Nullable String asOf) {
        LocalDate day = asOf == null ? LocalDate.now(clock) : PersonJson.day(asOf, "/asOf");
        return new FigureShapes.FigureIndexes(
                day,
                indexes.on(caller.tenantId(), day).stream()
                        .map(index -> new FigureShapes.FigureIndex(
                                index.code(),
                                index.words(),
                                index.unit(),
                                index.about().name().toLowerCase(Locale.ROOT),
                                index.least(),
                                index.most(),
                                index.basis()))
                        .toList());
    }

    @PostMapping(path = "/figures", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiAllowed(ApiScope.FIGURES)
    ResponseEntity<?> bring(
            ApiCaller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request)
            throws IOException {
        byte[] body = ApiBody.bytes(request, MOST_BYTES);
        return writes.once(caller, key, request, Sha256.of(body), () -> switch (lists.send(scope(caller), body)) {
            case Brought.Done(var id) -> taken(caller, 201, id);
            case Brought.Known(var id) -> taken(caller, 200, id);
            case Brought.Refused(var byField) ->
                throw new Refused(
                        byField.entrySet().stream()
                                .map(one -> problem.fault(POINTERS.getOrDefault(one.getKey(), ""), one.getValue()))
                                .toList(),
                        byField.size());
            case Brought.Wrong(var findings, int all) ->
                throw new Refused(
                        findings.stream()
                                .map(one -> problem.fault(one.cell(), one.why()))
                                .toList(),
                        all);
        });
    }

    private ApiRequests.Answer taken(ApiCaller caller, int status, UUID id) {
        return new ApiRequests.Answer(status, "/api/v1/figures/" + id, JSON.writeValueAsBytes(state(caller, id)));
    }

    @GetMapping("/figures/{id}")
    @ApiAllowed(ApiScope.FIGURES)
    FigureShapes.FigureListState state(ApiCaller caller, @PathVariable("id") UUID id) {
        FigureList list = lists.sent(scope(caller), id).orElseThrow(() -> new NotFound("list of figures"));
        Step judged = list.judged();
        Step withdrawn = list.withdrawn();
        Step last = withdrawn == null ? judged : withdrawn;
        return new FigureShapes.FigureListState(
                list.id(),
                list.state().code(),
                list.figures(),
                last == null || last.reason().isEmpty() ? null : last.reason(),
                HexFormat.of().formatHex(list.fileHash()),
                list.broughtAt(),
                last == null ? null : last.at());
    }

    /** A list that is not taken; thrown, so that the transaction is undone. */
    private static final class Refused extends RuntimeException {
        final transient List<Fault> faults;
        final int all;

        Refused(List<Fault> faults, int all) {
            super(null, null, false, false);
            this.faults = faults;
            this.all = all;
        }
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(Refused refused) {
        return problem.answer(422, "wrong", Reason.of("figures.data.wrong", refused.all), refused.faults);
    }

    @ExceptionHandler
    ResponseEntity<Object> wrong(PersonJson.Wrong wrong) {
        return problem.answer(422, "wrong", wrong.why(), List.of(problem.fault(wrong.pointer(), wrong.why())));
    }
}
