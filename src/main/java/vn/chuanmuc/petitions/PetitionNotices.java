package vn.chuanmuc.petitions;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Holders;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.assessments.Results;
import vn.chuanmuc.assessments.Results.Deed;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.notifications.Kind;
import vn.chuanmuc.notifications.Notice;
import vn.chuanmuc.notifications.Notifications;
import vn.chuanmuc.petitions.Petition.Opinion;
import vn.chuanmuc.petitions.Petition.State;
import vn.chuanmuc.petitions.Petition.StepKind;

/**
 * Whom a step concerns hears of it, in the step's own transaction: the same people whose lists it changes ({@link PetitionLists}).
 * Whoever had a hand in what is contested is passed over where they may not act, up to the next one above who may.
 */
@Component
class PetitionNotices {
    private final PetitionStore store;
    private final Results results;
    private final Holders holders;
    private final Notifications notifications;

    PetitionNotices(PetitionStore store, Results results, Holders holders, Notifications notifications) {
        this.store = store;
        this.results = results;
        this.holders = holders;
        this.notifications = notifications;
    }

    /** @param before the petition as it stood before the step; {@code account} whose step it is */
    void tell(UUID tenant, Petition before, StepKind kind, Map<String, Object> said, UUID account) {
        var step = new Made(tenant, before, said, account);
        switch (kind) {
            case FILED -> {
                LocalDate ack = step.date("ackBy");
                step.tell(Kind.PETITION_FILED, step.clerks(), ack);
                step.tell(Kind.PETITION_FILED, step.boards(), ack);
            }
            case ACKNOWLEDGED -> step.tell(Kind.PETITION_RECEIVED, step.petitioner(), step.date("answerBy"));
            case ASSIGNED -> step.tell(Kind.PETITION_ASSIGNED, step.named("handler"), before.answerBy());
            case RECUSED -> step.tell(Kind.PETITION_FILED, step.boards(), before.answerBy());
            case ASKED ->
                step.tell(
                        Kind.PETITION_OPINION,
                        asked(tenant, Ids.read(step.text("account")), Ids.read(step.text("unit"))),
                        step.date("due"),
                        "/y-kien/" + step.number("n"));
            case PROPOSED -> step.tell(Kind.PETITION_TO_DECIDE, step.deciders(), before.answerBy());
            case DECIDED -> {
                if (!step.text("account").isEmpty()) {
                    step.tell(Kind.PETITION_ASSIGNED, step.named("account"), step.date("by"));
                } else if (Boolean.FALSE.equals(said.get("approved"))) {
                    step.tell(Kind.PETITION_TO_DECIDE, step.approvers(), before.answerBy());
                }
            }
            case SENT_BACK -> {
                UUID handler = before.handler();
                UUID decider = before.decidedBy();
                if (step.text("to").equals("handler") && handler != null) {
                    step.tell(Kind.PETITION_ASSIGNED, List.of(handler), before.answerBy());
                } else if (decider != null) {
                    step.tell(Kind.PETITION_TO_DECIDE, List.of(decider), before.answerBy());
                }
            }
            case ANSWERED -> step.tell(Kind.PETITION_ANSWERED, step.petitioner(), null);
            case ESCALATED ->
                step.tell(
                        Kind.PETITION_ESCALATED,
                        escalated(step),
                        step.date("due"),
                        step.text("clock").equals("opinion") ? "/y-kien/" + step.number("n") : "");
            case LATE_ACCEPTED, OPINED, RECALLED, REASSESSED, APPROVED, WITHDRAWN, RECKONED -> {}
        }
    }

    /** Nearly over: who must act; over: the board as well; long over: the head of the unit that answers. */
    private Collection<UUID> escalated(Made step) {
        int level = step.number("level");
        var told = new HashSet<UUID>();
        Petition petition = step.before();
        switch (step.text("clock")) {
            case "ack" -> told.addAll(step.clerks());
            case "opinion" ->
                store.opinions(step.tenant(), petition.id()).stream()
                        .filter(one -> one.n() == step.number("n") && one.state() == Opinion.Waits.ASKED)
                        .forEach(one -> told.addAll(asked(step.tenant(), one.account(), one.unit())));
            default -> {
                UUID handler = petition.handler();
                told.addAll(handler == null ? step.boards() : List.of(handler));
                if (petition.state() == State.PROPOSED) {
                    told.addAll(step.deciders());
                }
            }
        }
        if (level >= Terms.Urgency.OVER.level() && !step.text("clock").equals("opinion")) {
            told.addAll(step.boards());
        }
        if (level > Terms.Urgency.OVER.level()) {
            told.addAll(holders.in(step.tenant(), Permission.RATE_AS_HEAD, petition.cycleUnit()));
            told.removeAll(step.petitioner());
        }
        return told;
    }

    private Collection<UUID> asked(UUID tenant, @Nullable UUID account, @Nullable UUID unit) {
        if (account != null) {
            return List.of(account);
        }
        return unit == null ? List.of() : holders.in(tenant, Permission.RATE_AS_HEAD, unit);
    }

    /** A step with whom it may concern. */
    private final class Made {
        private final UUID tenant;
        private final Petition before;
        private final Map<String, Object> said;
        private final UUID account;

        Made(UUID tenant, Petition before, Map<String, Object> said, UUID account) {
            this.tenant = tenant;
            this.before = before;
            this.said = said;
            this.account = account;
        }

        UUID tenant() {
            return tenant;
        }

        Petition before() {
            return before;
        }

        String text(String key) {
            return String.valueOf(said.getOrDefault(key, ""));
        }

        int number(String key) {
            return said.get(key) instanceof Number number ? number.intValue() : 0;
        }

        @Nullable
        LocalDate date(String key) {
            String text = text(key);
            return text.isEmpty() || text.equals("null") ? null : LocalDate.parse(text);
        }

        Collection<UUID> named(String key) {
            UUID named = Ids.read(text(key));
            return named == null ? List.of() : List.of(named);
        }

        List<UUID> petitioner() {
            return holders.of(tenant, List.of(before.personId()));
        }

        /** Whoever registers it, and had no hand in what is contested. */
        List<UUID> clerks() {
            return holders.nearest(tenant, Permission.RECORD_PETITION, before.unitId(), hands(Deed.values()));
        }

        List<UUID> boards() {
            return holders.nearest(tenant, Permission.RUN_PETITIONS, before.cycleUnit(), hands(Deed.values()));
        }

        List<UUID> deciders() {
            Set<UUID> except = hands(Deed.values());
            UUID handler = before.handler();
            if (handler != null) {
                except.add(handler);
            }
            return judges(except, store.rule(tenant, before.ruleId()).decides());
        }

        List<UUID> approvers() {
            Set<UUID> except = hands(Deed.DECIDED);
            except.add(account);
            UUID handler = before.handler();
            if (handler != null) {
                except.add(handler);
            }
            return judges(except, PetitionRule.Decides.EITHER);
        }

        private List<UUID> judges(Set<UUID> except, PetitionRule.Decides decides) {
            var judges = new ArrayList<UUID>();
            if (decides != PetitionRule.Decides.HEAD) {
                judges.addAll(holders.nearest(tenant, Permission.RUN_PETITIONS, before.cycleUnit(), except));
            }
            if (decides != PetitionRule.Decides.BOARD) {
                judges.addAll(holders.nearest(tenant, Permission.RATE_AS_HEAD, before.deciderUnit(), except));
            }
            return judges;
        }

        /** The petitioner, and the accounts of whoever did any of these to what is contested. */
        private Set<UUID> hands(Deed... deeds) {
            var hands = new HashSet<UUID>(petitioner());
            results.contested(tenant, before.period(), before.formId(), before.toldVersion())
                    .ifPresent(about -> {
                        List<Results.Hand> those = about.hands().stream()
                                .filter(hand -> List.of(deeds).contains(hand.deed()))
                                .toList();
                        those.forEach(hand -> hands.add(hand.account()));
                        hands.addAll(holders.of(
                                tenant,
                                those.stream()
                                        .flatMap(hand -> Stream.ofNullable(hand.person()))
                                        .toList()));
                    });
            return hands;
        }

        void tell(Kind kind, Collection<UUID> accounts, @Nullable LocalDate due) {
            tell(kind, accounts, due, "");
        }

        /** A petitioner reads no name: it is their own. */
        void tell(Kind kind, Collection<UUID> accounts, @Nullable LocalDate due, String below) {
            boolean own = kind == Kind.PETITION_RECEIVED || kind == Kind.PETITION_ANSWERED;
            notifications.tell(
                    new Notice(
                            tenant,
                            kind,
                            account,
                            before.id(),
                            String.valueOf(before.steps() + 1),
                            own ? List.of(before.cycleTitle()) : List.of(before.fullName(), before.cycleTitle()),
                            "/kien-nghi/" + before.id() + below,
                            due),
                    accounts);
        }
    }
}
