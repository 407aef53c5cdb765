package vn.chuanmuc.access;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whoever is signed in, as every query and command sees them.
 *
 * @param personId the official behind the account; null for an account that is no official's
 * @param grants roles with the unit they are held in (and all below it), valid today
 * @param mustSetPassword signed in with a one-time code and has chosen no password yet
 * @param shared at a shared counter computer
 */
public record Viewer(
        UUID tenantId,
        UUID accountId,
        @Nullable UUID personId,
        String name,
        String username,
        List<Grant> grants,
        boolean mustSetPassword,
        boolean shared)
        implements Serializable {
    /** A role held in a unit and everything below it. */
    public record Grant(Role role, UUID unitId) implements Serializable {}

    /** Whether they hold the permission anywhere; where exactly is asked of {@link Access}. */
    public boolean may(Permission permission) {
        return switch (permission) {
            case OWN_PAGES -> true;
            case SIGN_OWN -> personId != null;
            case READ_DECISIONS, READ_CAMPAIGNS -> personId != null || granted(permission);
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
