package vn.chuanmuc.petitions;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.Period;

/**
 * A petition against a result, as it stands.
 *
 * @param cycleUnit whose board answers; {@code deciderUnit} whose head decided
 * @param toldVersion the version of the result that is contested, told on {@code toldOn} with {@code gradeName}
 * @param ruleId the body's rule of the day it was filed (for a draft: of today); null: what ships
 * @param fileDays, answerDays, remindDays, clocksBasis of the rule book of the assessment
 * @param steps how many steps were made: whoever acts says how many they saw
 * @param whole the level itself is contested; {@code items} single items that are
 * @param outcome proposed, then decided
 * @param newVersion of the result, where one came of it
 * @param approved what was decided may be answered
 */
public record Petition(
        UUID id,
        Period period,
        UUID formId,
        UUID cycleId,
        String cycleTitle,
        UUID cycleUnit,
        UUID unitId,
        String unitName,
        UUID deciderUnit,
        UUID personId,
        String fullName,
        String positionName,
        int toldVersion,
        LocalDate toldOn,
        String grade,
        String gradeName,
        @Nullable UUID ruleId,
        int fileDays,
        int answerDays,
        int remindDays,
        String clocksBasis,
        State state,
        int version,
        int steps,
        UUID openedBy,
        Instant savedAt,
        boolean whole,
        List<Integer> items,
        String grounds,
        String wish,
        String lateReason,
        boolean onPaper,
        @Nullable LocalDate receivedOn,
        @Nullable LocalDate filedOn,
        @Nullable LocalDate fileBy,
        boolean late,
        boolean lateAccepted,
        @Nullable LocalDate ackBy,
        @Nullable LocalDate ackOn,
        @Nullable Integer registerYear,
        @Nullable Integer registerNo,
        @Nullable LocalDate answerBy,
        @Nullable UUID handler,
        @Nullable UUID handlerPerson,
        @Nullable Outcome outcome,
        @Nullable UUID decidedBy,
        @Nullable UUID deciderPerson,
        @Nullable UUID reassessor,
        @Nullable LocalDate reassessBy,
        @Nullable Integer newVersion,
        boolean approved,
        int ackTold,
        int answerTold,
        @Nullable LocalDate closedOn) {

    public enum State {
        DRAFT,
        /** A draft that was thrown away. */
        DROPPED,
        /** In, and nobody handles it yet. */
        FILED,
        HANDLING,
        /** The handler has said what should be decided. */
        PROPOSED,
        /** Somebody else is to decide about the level anew. */
        REASSESSING,
        /** Waits for approval, or approved and to be answered. */
        DECIDED,
        ANSWERED,
        WITHDRAWN;

        public String code() {
            return PetitionRule.code(this);
        }

        /** Whether it was filed and is not at its end. */
        public boolean pending() {
            return switch (this) {
                case FILED, HANDLING, PROPOSED, REASSESSING, DECIDED -> true;
                case DRAFT, DROPPED, ANSWERED, WITHDRAWN -> false;
            };
        }

        /** Whether nothing is decided yet: it can be withdrawn, and given to another handler. */
        public boolean undecided() {
            return this == FILED || this == HANDLING || this == PROPOSED;
        }

        static State of(String code) {
            return PetitionRule.read(State.class, code).orElseThrow();
        }

        public static Optional<State> read(String code) {
            return PetitionRule.read(State.class, code).filter(state -> state != DRAFT && state != DROPPED);
        }
    }

    public enum Outcome {
        UPHOLD,
        CHANGE,
        REASSESS,
        INADMISSIBLE;

        public String code() {
            return PetitionRule.code(this);
        }

        /** Whether a new version of the result comes of it. */
        public boolean anew() {
            return this == CHANGE || this == REASSESS;
        }

        public static Optional<Outcome> read(String code) {
            return PetitionRule.read(Outcome.class, code);
        }
    }

    public enum StepKind {
        FILED,
        ACKNOWLEDGED,
        ASSIGNED,
        RECUSED,
        LATE_ACCEPTED,
        ASKED,
        OPINED,
        RECALLED,
        PROPOSED,
        DECIDED,
        REASSESSED,
        APPROVED,
        SENT_BACK,
        ANSWERED,
        WITHDRAWN,
        /** A clock was reckoned anew, because the calendar changed. */
        RECKONED,
        /** A clock has called somebody. */
        ESCALATED;

        public String code() {
            return PetitionRule.code(this);
        }

        static StepKind of(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(code))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What was done. @param said everything, by name; @param day it counts for */
    public record Step(
            int seq,
            StepKind kind,
            Map<String, Object> said,
            UUID account,
            @Nullable UUID person,
            String name,
            LocalDate day,
            Instant at) {
        public String text(String key) {
            return String.valueOf(said.getOrDefault(key, ""));
        }

        public @Nullable LocalDate date(String key) {
            String text = text(key);
            return text.isEmpty() ? null : LocalDate.parse(text);
        }

        public int number(String key) {
            return said.get(key) instanceof Number number ? number.intValue() : 0;
        }

        /** Files the step took up. */
        public List<Map<String, Object>> files() {
            if (!(said.get("files") instanceof List<?> list)) {
                return List.of();
            }
            return list.stream()
                    .filter(Map.class::isInstance)
                    .map(one -> {
                        var file = new java.util.LinkedHashMap<String, Object>();
                        ((Map<?, ?>) one).forEach((key, value) -> file.put(String.valueOf(key), value));
                        return (Map<String, Object>) file;
                    })
                    .toList();
        }
    }

    /** Who was asked. @param name as it was when they were asked; @param called how far its clock has called */
    public record Opinion(
            int n,
            @Nullable UUID account,
            @Nullable UUID unit,
            String name,
            LocalDate due,
            Waits state,
            String draft,
            int called) {
        public enum Waits {
            ASKED,
            GIVEN,
            RECALLED;

            public String code() {
                return PetitionRule.code(this);
            }
        }
    }

    /** What a file belongs to. */
    public enum Part {
        FILING,
        /** The paper itself, where it was filed on one. */
        SCAN,
        OPINION,
        HANDLING;

        public String code() {
            return PetitionRule.code(this);
        }
    }

    /** @param n which opinion it belongs to; {@code seq} the step that took it up, null while it can be taken away */
    public record Attachment(
            UUID id,
            Part part,
            int n,
            String title,
            byte[] hash,
            String mediaType,
            long size,
            UUID addedBy,
            @Nullable Integer seq) {}

    /** {@code 12/2026}; empty before it was registered. */
    public String registered() {
        return registerNo == null ? "" : registerNo + "/" + registerYear;
    }

    public boolean has(State... states) {
        return List.of(states).contains(state);
    }
}
