package vn.chuanmuc.directory;

import java.util.UUID;

/** Asked by work that runs later than it was asked for: a grant may have ended meanwhile. Brought by the module that knows grants. */
public interface PeopleAuthority {
    /** Whether the actor (an account or a token of another system) may change the people of the unit today. */
    boolean managesPeople(UUID tenantId, UUID actor, UUID unitId);
}
