package vn.chuanmuc.panels;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.assessments.Period;

/**
 * A meeting that does one stage of the forms on its agenda.
 *
 * @param stage of the cycle: a panel's or the colleagues'
 * @param unitId its people and those below may stand on the agenda
 * @param ruleVersion the cycle's rule book, whose grades are voted on
 * @param ruleId the {@link PanelRule} of its day, from the convening on; null: what ships
 * @param minutes newest version of the minutes; 0 before
 * @param number of the minutes in the unit's run of numbers; null while it has none
 */
public record Meeting(
        UUID id,
        UUID cycleId,
        Period period,
        String stage,
        String stageName,
        UUID unitId,
        String unitName,
        UUID ruleVersion,
        String title,
        LocalDate heldOn,
        LocalTime heldAt,
        String place,
        @Nullable UUID ruleId,
        State state,
        int version,
        int minutes,
        String reason,
        UUID createdBy,
        Instant createdAt,
        @Nullable Instant convenedAt,
        @Nullable Instant openedAt,
        @Nullable Instant closedAt,
        @Nullable Integer number) {
    public enum State {
        DRAFT,
        CONVENED,
        OPEN,
        /** A round of votes is open. */
        VOTING,
        /** Everything is concluded and the minutes are made; they wait for their signatures. */
        COUNTED,
        CLOSED,
        CANCELLED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Who sits in it is at work. */
        public boolean underWay() {
            return switch (this) {
                case CONVENED, OPEN, VOTING, COUNTED -> true;
                case DRAFT, CLOSED, CANCELLED -> false;
            };
        }
    }

    public enum Role {
        CHAIR,
        SECRETARY,
        /** Counts the papers, and says of the count whether it is right. */
        COUNTER,
        MEMBER;

        public String code() {
            return MeetingStore.code(this);
        }

        static List<String> codes() {
            return Arrays.stream(values()).map(Role::code).toList();
        }
    }

    /** @param accountId with which they sign in; null: they have none, and vote by slip or hand */
    public record Seat(
            UUID personId,
            Role role,
            boolean votes,
            String fullName,
            String positionName,
            String unitName,
            @Nullable UUID accountId) {}

    /** About whom it is. */
    public record Item(UUID formId, UUID personId, String fullName, String positionName, String unitName) {}

    /** @param since as noted: came at, left at; {@code reason} why absent */
    public record Presence(
            UUID personId, int seq, boolean present, LocalTime since, String reason, UUID notedBy, Instant notedAt) {}

    public record Remark(UUID formId, int seq, String words, UUID notedBy, Instant notedAt) {}

    public enum Way {
        HANDS,
        SECRET,
        PAPER;

        public String code() {
            return MeetingStore.code(this);
        }
    }

    public enum RoundState {
        OPEN,
        COUNTED,
        ANNULLED;

        public String code() {
            return MeetingStore.code(this);
        }
    }

    /**
     * One vote.
     *
     * @param members with a vote in the meeting, {@code present} of them there, {@code entitled} of those with a vote here
     * @param issued codes or ballot papers
     * @param prints how often the slips with the codes were printed
     * @param count newest version of the count; 0 before
     * @param cast ballots in the urn while it is open
     */
    public record Round(
            UUID id,
            UUID meetingId,
            int number,
            Way way,
            RoundState state,
            int members,
            int present,
            int entitled,
            int issued,
            int prints,
            int count,
            String reason,
            UUID openedBy,
            Instant openedAt,
            @Nullable Instant endedAt,
            List<UUID> forms,
            int cast) {}

    public record Count(
            UUID roundId,
            int version,
            UUID formId,
            int issued,
            int returned,
            int invalid,
            List<Integer> votes,
            String reason,
            UUID enteredBy,
            Instant enteredAt) {}

    public record Witness(
            UUID roundId, int version, UUID personId, boolean agrees, String note, UUID accountId, Instant at) {}

    /** @param grade null: left for another meeting */
    public record Conclusion(
            UUID formId,
            int version,
            @Nullable UUID roundId,
            @Nullable String suggested,
            @Nullable String grade,
            @Nullable String gradeName,
            String reason,
            UUID concludedBy,
            Instant concludedAt) {}

    public record Minutes(int version, String content, byte[] hash, String reason, UUID madeBy, Instant madeAt) {}

    /** The ways to sign minutes, never mixed in one version (ADR 0014). */
    public enum Method {
        ELECTRONIC("xac-nhan-dien-tu"),
        DIGITAL("chu-ky-so"),
        PAPER("giay");

        private final String code;

        Method(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        static Method of(String code) {
            return Arrays.stream(values())
                    .filter(method -> method.code.equals(code))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * Somebody signed the minutes.
     *
     * @param hash of the minutes' content
     * @param confirmedBy {@code mat-khau} or {@code khoa-truy-cap} of an electronic confirmation; null: the password, before there
     *     was another
     * @param documentHash of the PDF with the digital signature, or of the scan of the signed paper
     * @param signedOn the day written on the paper
     */
    public record Signature(
            int version,
            Role role,
            UUID personId,
            UUID accountId,
            byte[] hash,
            Instant signedAt,
            Method method,
            @Nullable String confirmedBy,
            @Nullable UUID passkeyId,
            byte @Nullable [] documentHash,
            @Nullable LocalDate signedOn) {}

    /** In which way a version is to be signed, and the paper issued for it. */
    public record Copy(
            int version, int seq, Method method, @Nullable UUID paperId, UUID givenBy, Instant givenAt) {}

    /** @param why key of what stood in the way; empty when it is in the form */
    public record Delivery(UUID formId, int seq, boolean done, String why, Instant at) {}
}
