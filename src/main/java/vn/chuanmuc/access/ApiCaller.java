package vn.chuanmuc.access;

import java.util.UUID;

/**
 * Another system, known by the token it showed.
 *
 * @param unitId it reaches this unit and all below it
 * @param writes whether it may change anything
 */
public record ApiCaller(UUID tenantId, UUID tokenId, String name, UUID unitId, boolean writes) {}
