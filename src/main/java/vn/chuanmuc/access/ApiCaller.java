package vn.chuanmuc.access;

import java.util.UUID;

/**
 * Another system, known by the token it showed.
 *
 * @param unitId it reaches this unit and all below it
 * @param scope what the token is good for
 */
public record ApiCaller(UUID tenantId, UUID tokenId, String name, UUID unitId, ApiScope scope) {
    boolean may(ApiScope wanted) {
        return wanted == ApiScope.READ || wanted == scope;
    }
}
