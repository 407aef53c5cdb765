package vn.chuanmuc.panels.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.RequestContextUtils;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.office.SlipSheet;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.Meeting.Round;
import vn.chuanmuc.panels.Meeting.Way;
import vn.chuanmuc.panels.Meetings;
import vn.chuanmuc.panels.Meetings.Done;
import vn.chuanmuc.panels.Protocol;
import vn.chuanmuc.panels.Rounds;
import vn.chuanmuc.ui.Answer;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** Votes: opened, counted, confirmed by those who count, annulled; slips with codes. */
@Controller
class RoundsController {
    private static final String ROUNDS = MeetingsController.LIST + "/{id}/luot";
    private static final String ROUND = ROUNDS + "/{round}";

    private final MeetingsController live;
    private final Meetings meetings;
    private final Rounds rounds;
    private final MessageSource messages;
    private final String publicAddress;

    RoundsController(
            MeetingsController live,
            Meetings meetings,
            Rounds rounds,
            MessageSource messages,
            @Value("${chuanmuc.public-address}") String publicAddress) {
        this.live = live;
        this.meetings = meetings;
        this.rounds = rounds;
        this.messages = messages;
        this.publicAddress = publicAddress.strip().replaceAll("/+$", "");
    }

    private static String at(UUID id, UUID round) {
        return MeetingsController.LIST + "/" + id + "/luot/" + round;
    }

    @PostMapping(ROUNDS)
    @Allowed(Permission.RATE_SELF)
    Object open(Viewer viewer, @PathVariable("id") UUID id, @RequestParam MultiValueMap<String, String> fields) {
        var forms = new ArrayList<UUID>();
        for (String form : fields.getOrDefault("phieu", List.of())) {
            UUID read = Ids.read(form);
            if (read != null) {
                forms.add(read);
            }
        }
        String wanted = String.valueOf(fields.getFirst("cach"));
        Way way = java.util.Arrays.stream(Way.values())
                .filter(one -> one.code().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new NotFound("way of voting"));
        return switch (rounds.open(viewer, id, forms, way)) {
            case Rounds.Opening.Opened(var round) -> Answer.done(at(id, round), "round-opened");
            case Rounds.Opening.Refused(var why) ->
                live.page(viewer, id, MeetingsController.typed(fields), FormErrors.whole(why));
        };
    }

    @GetMapping(ROUND)
    @Allowed({Permission.RATE_SELF, Permission.CONVENE_PANEL, Permission.READ_ASSESSMENTS})
    View one(
            Viewer viewer, @PathVariable("id") UUID id, @PathVariable("round") UUID round, HttpServletRequest request) {
        return page(viewer, id, round, Map.of(), FormErrors.NONE, request);
    }

    private View page(
            Viewer viewer,
            UUID id,
            UUID roundId,
            Map<String, String> typed,
            FormErrors errors,
            HttpServletRequest request) {
        Protocol protocol = meetings.protocol(viewer, id);
        Round round = protocol.round(roundId).orElseThrow(() -> new NotFound("round"));
        boolean own = protocol.agenda().stream()
                .anyMatch(item -> round.forms().contains(item.formId()) && !protocol.shows(viewer, item));
        return new RoundPage(
                protocol,
                round,
                protocol.is(viewer, Role.CHAIR, Role.SECRETARY),
                protocol.confirmers(round).stream()
                        .anyMatch(seat -> seat.personId().equals(viewer.personId())),
                viewer.personId(),
                own,
                address(request),
                typed,
                errors);
    }

    /** Where this product is reached: as it was set, or as the secretary reaches it. */
    private String address(HttpServletRequest request) {
        String base = publicAddress;
        if (base.isEmpty()) {
            int port = request.getServerPort();
            boolean usual = port == (request.isSecure() ? 443 : 80);
            base = request.getScheme() + "://" + request.getServerName() + (usual ? "" : ":" + port);
        }
        return base + BallotController.AT;
    }

    private Object after(
            Viewer viewer,
            UUID id,
            UUID round,
            Done done,
            String code,
            Map<String, String> typed,
            HttpServletRequest request) {
        return done instanceof Done.Refused(var field, var why)
                ? page(viewer, id, round, typed, FormErrors.of(field, why), request)
                : Answer.done(at(id, round), code);
    }

    /** Numbers of a count as they were typed; what is not a number is not there. */
    private static Map<UUID, Rounds.Entry> entries(Protocol protocol, Round round, Map<String, String> typed) {
        var entries = new LinkedHashMap<UUID, Rounds.Entry>();
        for (UUID form : round.forms()) {
            var votes = new ArrayList<Integer>();
            for (int at = 0; at < protocol.grades().size(); at++) {
                int votesOf = number(typed, "muc" + at + "-" + form);
                if (votesOf >= 0) {
                    votes.add(votesOf);
                }
            }
            int invalid = number(typed, "khong-" + form);
            int sum = votes.stream().mapToInt(Integer::intValue).sum();
            if (round.way() == Way.HANDS && protocol.confirmed(round.way())) {
                int unvoted = number(typed, "vang-" + form);
                if (unvoted >= 0 && invalid >= 0) {
                    entries.put(form, new Rounds.Entry(sum + invalid + unvoted, sum + invalid, invalid, votes));
                }
            } else if (round.way() == Way.HANDS) {
                entries.put(form, new Rounds.Entry(round.entitled(), sum + Math.max(0, invalid), invalid, votes));
            } else {
                int issued = number(typed, "phat-" + form);
                int returned = number(typed, "thu-" + form);
                if (issued >= 0 && returned >= 0) {
                    entries.put(form, new Rounds.Entry(issued, returned, invalid, votes));
                }
            }
        }
        return entries;
    }

    private static int number(Map<String, String> typed, String field) {
        String text = typed.getOrDefault(field, "").strip();
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
    }

    @PostMapping(ROUND + "/dem")
    @Allowed(Permission.RATE_SELF)
    Object count(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("round") UUID roundId,
            @RequestParam MultiValueMap<String, String> fields,
            HttpServletRequest request) {
        Map<String, String> typed = MeetingsController.typed(fields);
        Protocol protocol = meetings.protocol(viewer, id);
        Round round = protocol.round(roundId).orElseThrow(() -> new NotFound("round"));
        Map<UUID, Rounds.Entry> entries = entries(protocol, round, typed);
        String reason = typed.getOrDefault("ly-do", "");
        Done done = switch (round.way()) {
            case HANDS -> rounds.countHands(viewer, id, roundId, entries, reason);
            case PAPER -> rounds.enterPapers(viewer, id, roundId, entries, reason);
            case SECRET -> throw new NotFound("count by hand of a secret vote");
        };
        return after(viewer, id, roundId, done, "count-entered", typed, request);
    }

    @PostMapping(ROUND + "/kiem")
    @Allowed(Permission.RATE_SELF)
    Object end(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("round") UUID roundId,
            HttpServletRequest request) {
        Round round = meetings.protocol(viewer, id).round(roundId).orElseThrow(() -> new NotFound("round"));
        if (round.way() != Way.SECRET) {
            throw new NotFound("urn");
        }
        return after(viewer, id, roundId, rounds.countSecret(viewer, id, roundId), "round-counted", Map.of(), request);
    }

    @PostMapping(ROUND + "/chung-kien")
    @Allowed(Permission.RATE_SELF)
    Object witness(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("round") UUID roundId,
            @RequestParam MultiValueMap<String, String> fields,
            HttpServletRequest request) {
        Map<String, String> typed = MeetingsController.typed(fields);
        String said = typed.getOrDefault("dung", "");
        Done done = said.isEmpty()
                ? new Done.Refused("dung", Reason.of("panels.witness.choose"))
                : rounds.witness(
                        viewer,
                        id,
                        roundId,
                        Math.max(0, number(typed, "ban")),
                        said.equals("co"),
                        typed.getOrDefault("ghi-chu", ""));
        String code = done instanceof Done.Already ? "count-confirmed-before" : "count-witnessed";
        return after(viewer, id, roundId, done, code, typed, request);
    }

    @PostMapping(ROUND + "/huy")
    @Allowed(Permission.RATE_SELF)
    Object annul(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("round") UUID roundId,
            @RequestParam MultiValueMap<String, String> fields,
            HttpServletRequest request) {
        Map<String, String> typed = MeetingsController.typed(fields);
        Done done = rounds.annul(viewer, id, roundId, typed.getOrDefault("ly-do-huy", ""));
        return after(
                viewer,
                id,
                roundId,
                done instanceof Done.Refused(var field, var why) && field.equals("ly-do")
                        ? new Done.Refused("ly-do-huy", why)
                        : done,
                "round-annulled",
                typed,
                request);
    }

    /** The slips, to be cut and drawn by lot: in one file, in an order nobody chose. */
    @PostMapping(ROUND + "/phieu-ma")
    @Allowed(Permission.RATE_SELF)
    Object slips(
            Viewer viewer,
            @PathVariable("id") UUID id,
            @PathVariable("round") UUID roundId,
            HttpServletRequest request) {
        return switch (rounds.slips(viewer, id, roundId)) {
            case Rounds.Slips.Refused(var why) -> page(viewer, id, roundId, Map.of(), FormErrors.whole(why), request);
            case Rounds.Slips.Printed printed -> file(printed, request);
        };
    }

    private ResponseEntity<byte[]> file(Rounds.Slips.Printed printed, HttpServletRequest request) {
        Locale locale = RequestContextUtils.getLocale(request);
        String address = address(request);
        var meeting = printed.protocol().meeting();
        var sheet = new SlipSheet(
                messages.getMessage("panels.slips.title", null, locale),
                List.of(
                        messages.getMessage(
                                "panels.slips.about",
                                new Object[] {
                                    meeting.title(),
                                    VietnameseDates.format(meeting.heldOn()),
                                    String.valueOf(printed.round().number())
                                },
                                locale),
                        messages.getMessage("panels.slips.how", new Object[] {address}, locale)),
                printed.codes().stream()
                        .map(code -> new SlipSheet.Slip(code.written(), address + "#" + code.signs()))
                        .toList(),
                messages.getMessage("panels.slips.cut", null, locale));
        var out = new ByteArrayOutputStream(1 << 16);
        try {
            sheet.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return MeetingsController.sent(
                "phieu-ma-luot-" + printed.round().number() + ".pdf", "application/pdf", out.toByteArray());
    }
}
