package vn.chuanmuc.access;

/** A thing that may be allowed or refused. Roles hold permissions; routes and commands ask for them. */
public enum Permission {
    /** Anyone signed in. */
    OWN_PAGES,
    READ_DECISIONS,
    IMPORT_DECISION,
    PROOFREAD_DECISION,
    READ_PEOPLE,
    MANAGE_PEOPLE,
    MANAGE_UNITS,
    READ_REORGANISATIONS,
    PREPARE_REORGANISATION,
    APPROVE_REORGANISATION,
    DECIDE_SETS,
    ISSUE_CODES,
    READ_CAMPAIGNS,
    RUN_CAMPAIGN,
    SIGN_OWN,
    RECORD_NOT_SIGNING,
    PRINT_COMMITMENTS,
    RECORD_PAPER_SIGNATURE,
    WITHDRAW_SIGNATURE,
    READ_LISTS,
    COMPILE_LIST,
    APPROVE_LIST,
    DECIDE_ON_LIST,
    READ_PROGRESS,
    MANAGE_ACCOUNTS,
    READ_LEDGER,
    /** Trust anchors, time-stamp services, revocation data: proposes, confirms what another proposed, ends. */
    MANAGE_TRUST,
    /** Says that a certificate is whose it claims to be. */
    CONFIRM_SIGNER,
    /** Uses the agency's digital seal. */
    SEAL,
    /** Signed tree heads and keys: nothing about anybody. */
    READ_CHECKPOINTS,
    EXPORT_EVIDENCE,
    READ_RULES,
    ENTER_RULES,
    /** Puts in force what another entered, and withdraws it. */
    CONFIRM_RULES,
    /** Plans and opens cycles of assessment; extends, reroutes, sends back, calls off, opens again. */
    RUN_CYCLE,
    /** Fills in one's own form, and others' in whose head's place one was put. */
    RATE_SELF,
    /** Rates the people of the unit as its head, and the heads below as their superior. */
    RATE_AS_HEAD,
    /** Prints blank forms of the unit's people, and enters what somebody reads on those that were filled in by hand. */
    ENTER_PAPER_FORMS,
    /** Plans meetings that assess together, convenes them and calls them off. */
    CONVENE_PANEL,
    /** Progress of cycles, and what was handed in, once it may be seen. */
    READ_ASSESSMENTS,
    /** Figures of assessment for whole units; small groups are hidden where they do not also read the forms. */
    READ_OVERVIEW,
    /** Issues the quarterly report of a unit under a number of its own. */
    ISSUE_REPORT,
    READ_FIGURES,
    /** Brings in figures about work from documents. */
    BRING_FIGURES,
    /** Says that figures another brought in are as their document says. */
    CONFIRM_FIGURES,
    /** Registers petitions, says in writing that they came, enters those on paper. */
    RECORD_PETITION,
    /** Gives petitions to a handler, answers them, sets their rules. */
    RUN_PETITIONS,
    /** Decides on petitions, or approves such a decision: another than whoever decided what is contested. */
    DECIDE_PETITION,
    READ_PETITIONS,
    /** Sees which mails arrive and which do not, sends again, enters people's addresses; reads no mail and no notice. */
    MANAGE_MAIL;

    /** Reading is all that is left of a unit that is dissolved: for those who keep its records. */
    boolean reads() {
        return switch (this) {
            case READ_DECISIONS,
                    READ_PEOPLE,
                    READ_REORGANISATIONS,
                    READ_CAMPAIGNS,
                    READ_LISTS,
                    READ_PROGRESS,
                    READ_LEDGER,
                    READ_CHECKPOINTS,
                    EXPORT_EVIDENCE,
                    READ_RULES,
                    READ_ASSESSMENTS,
                    READ_OVERVIEW,
                    READ_FIGURES,
                    READ_PETITIONS -> true;
            default -> false;
        };
    }
}
