package vn.chuanmuc.access;

import static vn.chuanmuc.access.Permission.*;

import java.util.EnumSet;
import java.util.Set;

/**
 * A post as far as the system is concerned. An administrator has no authority over signatures or lists (design: two pairs
 * of eyes; separation of the one who runs the system from those who decide).
 */
public enum Role {
    /** Cán bộ nhập văn bản: imports decisions. */
    IMPORTER(READ_DECISIONS, IMPORT_DECISION),
    /** Cán bộ soát văn bản: proof-reads and publishes what another imported. */
    PROOFREADER(READ_DECISIONS, PROOFREAD_DECISION),
    /** Văn phòng Đảng ủy: people of the unit, who signed, compiling the list. */
    CLERK(
            READ_DECISIONS,
            READ_PEOPLE,
            MANAGE_PEOPLE,
            DECIDE_SETS,
            ISSUE_CODES,
            READ_CAMPAIGNS,
            RECORD_NOT_SIGNING,
            PRINT_COMMITMENTS,
            RECORD_PAPER_SIGNATURE,
            ENTER_PAPER_FORMS,
            READ_LISTS,
            COMPILE_LIST,
            CONFIRM_SIGNER,
            READ_PROGRESS,
            READ_RULES,
            CONVENE_PANEL,
            READ_OVERVIEW,
            READ_FIGURES,
            BRING_FIGURES,
            CONFIRM_FIGURES,
            RECORD_PETITION,
            MANAGE_MAIL),
    /** Thủ trưởng, người đứng đầu: approves the unit's list. */
    HEAD(
            READ_DECISIONS,
            READ_PEOPLE,
            READ_CAMPAIGNS,
            READ_LISTS,
            APPROVE_LIST,
            CONFIRM_SIGNER,
            SEAL,
            READ_PROGRESS,
            READ_RULES,
            RATE_AS_HEAD,
            CONVENE_PANEL,
            READ_ASSESSMENTS,
            READ_OVERVIEW,
            ISSUE_REPORT,
            READ_FIGURES,
            CONFIRM_FIGURES,
            DECIDE_PETITION),
    /** Ban Tổ chức: opens campaigns, receives lists, sees the whole. */
    BOARD(
            READ_DECISIONS,
            READ_PEOPLE,
            MANAGE_PEOPLE,
            MANAGE_UNITS,
            READ_REORGANISATIONS,
            PREPARE_REORGANISATION,
            APPROVE_REORGANISATION,
            DECIDE_SETS,
            READ_CAMPAIGNS,
            RUN_CAMPAIGN,
            WITHDRAW_SIGNATURE,
            READ_LISTS,
            DECIDE_ON_LIST,
            MANAGE_TRUST,
            CONFIRM_SIGNER,
            SEAL,
            READ_PROGRESS,
            READ_CHECKPOINTS,
            EXPORT_EVIDENCE,
            READ_RULES,
            ENTER_RULES,
            CONFIRM_RULES,
            RUN_CYCLE,
            CONVENE_PANEL,
            READ_ASSESSMENTS,
            READ_OVERVIEW,
            ISSUE_REPORT,
            READ_FIGURES,
            BRING_FIGURES,
            CONFIRM_FIGURES,
            RECORD_PETITION,
            RUN_PETITIONS,
            DECIDE_PETITION,
            READ_PETITIONS),
    /** Kiểm tra: reads everything, changes nothing. */
    INSPECTOR(
            READ_DECISIONS,
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
            READ_PETITIONS),
    /** Quản trị hệ thống: accounts and units; no people's records beyond that. */
    ADMINISTRATOR(MANAGE_ACCOUNTS, MANAGE_UNITS, ISSUE_CODES, READ_LEDGER, READ_CHECKPOINTS, MANAGE_TRUST, MANAGE_MAIL);

    private final Set<Permission> permissions;

    Role(Permission first, Permission... more) {
        permissions = EnumSet.of(first, more);
    }

    public boolean holds(Permission permission) {
        return permissions.contains(permission);
    }
}
