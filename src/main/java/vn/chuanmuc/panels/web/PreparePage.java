package vn.chuanmuc.panels.web;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import vn.chuanmuc.assessments.PanelStages.Waiting;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.panels.Meeting;
import vn.chuanmuc.panels.Meeting.Seat;
import vn.chuanmuc.panels.Meetings;
import vn.chuanmuc.panels.Protocol;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/** A meeting that is being planned, with everything as it was entered. */
record PreparePage(
        String at,
        String back,
        @Nullable UUID meetingId,
        Meetings.Occasion occasion,
        List<Waiting> candidates,
        List<Seat> people,
        Typed typed,
        FormErrors errors)
        implements View {
    /** @param roles by person; empty: not convened */
    record Typed(
            String title,
            String day,
            String time,
            String place,
            List<UUID> forms,
            Map<UUID, String> roles,
            Set<UUID> mute,
            String words,
            int version) {
        private static final int LONGEST = 400;

        static Typed blank(String title, LocalDate day, List<UUID> forms) {
            return new Typed(title, VietnameseDates.format(day), "14:00", "", forms, Map.of(), Set.of(), "", 0);
        }

        static Typed of(Protocol protocol) {
            var roles = new LinkedHashMap<UUID, String>();
            protocol.seats()
                    .forEach(seat -> roles.put(seat.personId(), seat.role().code()));
            Meeting meeting = protocol.meeting();
            return new Typed(
                    meeting.title(),
                    VietnameseDates.format(meeting.heldOn()),
                    meeting.heldAt().toString(),
                    meeting.place(),
                    protocol.agenda().stream().map(Meeting.Item::formId).toList(),
                    roles,
                    protocol.seats().stream()
                            .filter(seat -> !seat.votes())
                            .map(Seat::personId)
                            .collect(java.util.stream.Collectors.toSet()),
                    "",
                    meeting.version());
        }

        static Typed of(MultiValueMap<String, String> fields) {
            var forms = new ArrayList<UUID>();
            for (String form : fields.getOrDefault("phieu", List.of())) {
                UUID id = Ids.read(form);
                if (id != null) {
                    forms.add(id);
                }
            }
            var roles = new LinkedHashMap<UUID, String>();
            var mute = new java.util.HashSet<UUID>();
            fields.forEach((name, values) -> {
                UUID person = name.startsWith("vai-") ? Ids.read(name.substring(4)) : null;
                if (person != null && !values.getFirst().isEmpty()) {
                    roles.put(person, values.getFirst());
                }
                UUID quiet = name.startsWith("khong-bp-") ? Ids.read(name.substring(9)) : null;
                if (quiet != null) {
                    mute.add(quiet);
                }
            });
            return new Typed(
                    text(fields, "ten"),
                    text(fields, "ngay"),
                    text(fields, "gio"),
                    text(fields, "noi"),
                    forms,
                    roles,
                    mute,
                    text(fields, "tim-nguoi"),
                    (int) Math.min(number(text(fields, "ban")), Integer.MAX_VALUE));
        }

        private static long number(String text) {
            return text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
        }

        private static String text(MultiValueMap<String, String> fields, String name) {
            String value = fields.getFirst(name);
            return value == null ? "" : value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        }

        Optional<LocalDate> readDay() {
            return VietnameseDates.parse(day) instanceof VietnameseDates.Parsed.Read(var read)
                    ? Optional.of(read)
                    : Optional.empty();
        }

        Optional<LocalTime> readTime() {
            return Times.read(time);
        }

        List<Meetings.Chosen> seats() {
            var seats = new ArrayList<Meetings.Chosen>();
            for (Meeting.Role role : Meeting.Role.values()) { // the chair first, members last
                roles.forEach((person, code) -> {
                    if (code.equals(role.code())) {
                        seats.add(new Meetings.Chosen(person, role, !mute.contains(person)));
                    }
                });
            }
            return seats;
        }
    }

    boolean chosen(Waiting one) {
        return typed.forms().contains(one.formId());
    }

    String role(Seat seat) {
        return typed.roles().getOrDefault(seat.personId(), "");
    }

    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }
}
