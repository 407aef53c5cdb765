package vn.chuanmuc.petitions;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a body does about petitions where the rule book says nothing: dated data. A petition goes by the rule of the day it was filed.
 *
 * @param id null: what ships, which stands on no document
 * @param acknowledgeDays working days to say in writing that it came, from the day after it was filed
 * @param opinionDays working days for whoever is asked, unless the handler says otherwise
 * @param lateDays working days behind the last day on which a petition with a good reason is still taken; 0: never
 * @param standsStill whether the clock of the answer stands still while opinions are waited for, at most until their own last day
 * @param approval whether another person approves a decision that leaves the level as it is; a new level is always approved
 * @param headAfter working days over the end after which the head is told
 * @param basis the document; empty: chưa có căn cứ
 */
public record PetitionRule(
        @Nullable UUID id,
        LocalDate validFrom,
        int acknowledgeDays,
        int opinionDays,
        int lateDays,
        boolean standsStill,
        Subordinates subordinates,
        Decides decides,
        boolean approval,
        ShowsOpinions showsOpinions,
        int headAfter,
        String basis) {
    /** Nobody knows an official number for any of these (domain.md, 3): usable until the body enters its own. */
    public static final PetitionRule SHIPPED = new PetitionRule(
            null,
            LocalDate.of(2021, 1, 1),
            2,
            3,
            10,
            false,
            Subordinates.WITH_REASON,
            Decides.EITHER,
            true,
            ShowsOpinions.ANSWERED,
            2,
            "");

    /** Whether somebody who works under whoever decided may handle a petition against it. */
    public enum Subordinates {
        NEVER,
        /** Whoever assigns says why. */
        WITH_REASON,
        ALLOWED;

        public String code() {
            return PetitionRule.code(this);
        }
    }

    /** Who has the authority to decide. */
    public enum Decides {
        BOARD,
        /** Whoever heads the unit of the decision or one above it, and is not who decided. */
        HEAD,
        EITHER;

        public String code() {
            return PetitionRule.code(this);
        }
    }

    /** Whether the petitioner sees what those said who were asked. */
    public enum ShowsOpinions {
        NEVER,
        ANSWERED,
        AT_ONCE;

        public String code() {
            return PetitionRule.code(this);
        }
    }

    static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> Optional<E> read(Class<E> type, String code) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> code(value).equals(code))
                .findFirst();
    }

    public boolean board() {
        return decides != Decides.HEAD;
    }

    public boolean head() {
        return decides != Decides.BOARD;
    }
}
