package vn.chuanmuc.access;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.directory.Lines;

/**
 * Whoever is signed in, as every query and command sees them.
 *
 * @param personId the official behind the account; null for an account that is no official's
 * @param grants roles with the unit they are held in (and all below it), valid today
 * @param mustSetPassword signed in with a one-time code and has chosen no password yet
 * @param shared at a shared counter computer
 * @param duties what the official does in any unit of any line today. They open the pages of lists; which list it is about is asked
 *     of the line itself
 */
public record Viewer(
        UUID tenantId,
        UUID accountId,
        @Nullable UUID personId,
        String name,
        String username,
        List<Grant> grants,
        boolean mustSetPassword,
        boolean shared,
        Set<Lines.Duty> duties)
        implements Serializable {
    /** Somebody without a duty in any line. */
    public Viewer(
            UUID tenantId,
            UUID accountId,
            @Nullable UUID personId,
            String name,
            String username,
            List<Grant> grants,
            boolean mustSetPassword,
            boolean shared) {
        this(tenantId, accountId, personId, name, username, grants, mustSetPassword, shared, Set.of());
    }

    /** A role held in a unit and everything below it. */
    public record Grant(Role role, UUID unitId) implements Serializable {}

    /** Whether they hold the permission anywhere; where exactly is asked of {@link Access}. */
    public boolean may(Permission permission) {
        return switch (permission) {
            case OWN_PAGES -> true;
            case SIGN_OWN, RATE_SELF -> personId != null;
            case READ_DECISIONS, READ_CAMPAIGNS -> personId != null || granted(permission);
            case READ_LISTS -> granted(permission) || !duties.isEmpty();
            case COMPILE_LIST -> granted(permission) || duties.contains(Lines.Duty.CLERK);
            case APPROVE_LIST, DECIDE_ON_LIST -> granted(permission) || duties.contains(Lines.Duty.APPROVER);
            default -> granted(permission);
        };
    }

    /** The units in which (and below which) they hold the permission. */
    public UUID[] unitsWith(Permission permission) {
        return grants.stream()
                .filter(grant -> grant.role().holds(permission))
                .map(Grant::unitId)
                .distinct()
                .toArray(UUID[]::new);
    }

    private boolean granted(Permission permission) {
        return grants.stream().anyMatch(grant -> grant.role().holds(permission));
    }
}
