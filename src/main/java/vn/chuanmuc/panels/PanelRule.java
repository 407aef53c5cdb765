package vn.chuanmuc.panels;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;

/**
 * By what meetings go from a day on. Pure: no clock, no database. Shares are compared as whole numbers, so 2/3 of 9 is exactly 6.
 *
 * @param id null: what ships, which rules neither quorum nor majority
 * @param quorum part of the voting members who must be there; null: not ruled
 * @param majority part of the base that a grade needs; null: not ruled, and nothing is suggested
 * @param recusal a member has no vote about themself
 * @param hands how a show of hands is taken down; names are kept in no way
 * @param secretLeast with fewer ballots a secret vote tells who voted how, and that is said
 * @param basis the document; empty: chưa có căn cứ
 */
public record PanelRule(
        @Nullable UUID id,
        LocalDate validFrom,
        @Nullable Share quorum,
        @Nullable Share majority,
        Base base,
        boolean recusal,
        Hands hands,
        int secretLeast,
        String basis) {
    /** Nobody knows a share for these criteria, so none ships. */
    public static final PanelRule SHIPPED =
            new PanelRule(null, LocalDate.of(2021, 1, 1), null, null, Base.RETURNED, true, Hands.COUNTED, 5, "");

    /** @param more more than the part, not just as many */
    public record Share(int part, int of, boolean more) {
        boolean reached(int count, int whole) {
            long have = (long) count * of;
            long need = (long) part * whole;
            return whole > 0 && (more ? have > need : have >= need);
        }

        /** The smallest count that reaches it. */
        public int least(int whole) {
            int count = 0;
            while (count <= whole && !reached(count, whole)) {
                count++;
            }
            return count;
        }

        public String written() {
            return part + "/" + of;
        }
    }

    /** What a majority is taken of. */
    public enum Base {
        /** Ballots that name a grade. */
        VALID,
        /** All that came back. */
        RETURNED,
        /** All who have a vote in the round. */
        ENTITLED,
        /** All voting members, there or not. */
        MEMBERS;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Base of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    public enum Hands {
        /** Whoever leads the meeting counts and enters; who raised no hand is one number. */
        COUNTED,
        /** Who has no opinion and who does not vote are counted apart, and a second person says that the count is right. */
        CONFIRMED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Quorum {
        /** No rule says how many are needed. */
        NOT_RULED,
        THERE,
        MISSING;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Quorum quorum(int present, int members) {
        if (quorum == null) {
            return Quorum.NOT_RULED;
        }
        return quorum.reached(present, members) ? Quorum.THERE : Quorum.MISSING;
    }

    /**
     * What was counted about one person.
     *
     * @param votes by the grades of the book, in their order
     * @param issued ballot papers or codes; by hands all who have a vote
     * @param returned of those; by hands who said something, without those of whom a confirmed count says that they did not vote
     * @param invalid blank or void; by hands: no opinion
     */
    public record Tally(int members, int entitled, int issued, int returned, int invalid, List<Integer> votes) {
        public Tally {
            votes = List.copyOf(votes);
        }

        public int valid() {
            return votes.stream().mapToInt(Integer::intValue).sum();
        }

        /** Whether everybody who named a grade named the same: then everybody knows what each of them said. */
        public boolean unanimous() {
            return valid() > 0 && votes.stream().anyMatch(votes -> votes == valid());
        }

        int base(Base base) {
            return switch (base) {
                case VALID -> valid();
                case RETURNED -> returned;
                case ENTITLED -> entitled;
                case MEMBERS -> members;
            };
        }

        /** The grades with the most votes, from 0; none when nobody named one. */
        public List<Integer> most() {
            int most = votes.stream().mapToInt(Integer::intValue).max().orElse(0);
            var places = new ArrayList<Integer>();
            for (int at = 0; at < votes.size(); at++) {
                if (most > 0 && votes.get(at) == most) {
                    places.add(at);
                }
            }
            return places;
        }
    }

    /**
     * What the votes amount to under the rule. The product suggests; the meeting concludes.
     *
     * @param place of the suggested grade, from 0; null: nothing is suggested
     * @param why what it rests on, or why there is none
     */
    public record Suggestion(@Nullable Integer place, Reason why) {}

    public Suggestion suggest(Tally tally, List<String> names) {
        List<Integer> most = tally.most();
        if (most.isEmpty()) {
            return new Suggestion(null, Reason.of("panels.suggest.nobody"));
        }
        Share needed = majority;
        if (needed == null) {
            return most.size() > 1
                    ? new Suggestion(null, Reason.of("panels.suggest.tie", joined(most, names)))
                    : new Suggestion(
                            null,
                            Reason.of(
                                    "panels.suggest.not-ruled",
                                    names.get(most.getFirst()),
                                    tally.votes().get(most.getFirst())));
        }
        int whole = tally.base(base);
        Reason of = Reason.of("panels.base." + base.code());
        List<Integer> reached = most.stream()
                .filter(place -> needed.reached(tally.votes().get(place), whole))
                .toList();
        if (reached.size() == 1) {
            int place = reached.getFirst();
            return new Suggestion(
                    place,
                    Reason.of(
                            needed.more() ? "panels.suggest.more" : "panels.suggest.reached",
                            names.get(place),
                            tally.votes().get(place),
                            whole,
                            of,
                            needed.written()));
        }
        if (most.size() > 1) {
            return new Suggestion(null, Reason.of("panels.suggest.tie", joined(most, names)));
        }
        return new Suggestion(
                null,
                Reason.of(
                        needed.more() ? "panels.suggest.none.more" : "panels.suggest.none",
                        names.get(most.getFirst()),
                        tally.votes().get(most.getFirst()),
                        whole,
                        of,
                        needed.written()));
    }

    private static String joined(List<Integer> places, List<String> names) {
        return String.join(", ", places.stream().map(names::get).toList());
    }

    /**
     * Who votes about a person, out of voting members who are there.
     *
     * @param about the persons of one round
     */
    public int entitled(Set<UUID> present, Set<UUID> about) {
        return (int) present.stream()
                .filter(person -> !recusal || !about.contains(person))
                .count();
    }

    /** Someone of the agenda, to be put into rounds. @param member votes in the meeting and is there */
    public record Subject(UUID formId, UUID personId, boolean member) {}

    /**
     * Rounds in which all have the same voters: those who are no members together; by recusal every member alone, because one anonymous
     * ballot over several persons, with one of them left out, would say whose it is.
     */
    public List<List<UUID>> rounds(List<Subject> agenda) {
        var together = new ArrayList<UUID>();
        var alone = new ArrayList<List<UUID>>();
        for (Subject subject : agenda) {
            if (recusal && subject.member()) {
                alone.add(List.of(subject.formId()));
            } else {
                together.add(subject.formId());
            }
        }
        var rounds = new ArrayList<List<UUID>>();
        if (!together.isEmpty()) {
            rounds.add(List.copyOf(together));
        }
        rounds.addAll(alone);
        return rounds;
    }

    /** Members among those who are voted about together with others; empty when the round is sound. */
    public Set<UUID> mixed(List<Subject> round) {
        var mixed = new TreeSet<UUID>(Comparator.naturalOrder());
        if (recusal && round.size() > 1) {
            round.stream().filter(Subject::member).map(Subject::personId).forEach(mixed::add);
        }
        return mixed;
    }
}
