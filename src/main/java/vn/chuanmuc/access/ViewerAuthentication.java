package vn.chuanmuc.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A viewer, as Spring Security carries them. Permissions are asked of the viewer, not of authorities. */
final class ViewerAuthentication extends AbstractAuthenticationToken {
    private final Viewer viewer;

    ViewerAuthentication(Viewer viewer) {
        super(List.of());
        this.viewer = viewer;
        setAuthenticated(true);
    }

    static ViewerAuthentication of(AccountStore.Account account) {
        return new ViewerAuthentication(new Viewer(
                account.tenantId(),
                account.id(),
                account.personId(),
                account.displayName(),
                account.username(),
                List.of(), // read anew with every request
                account.passwordHash() == null,
                false));
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Viewer getPrincipal() {
        return viewer;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ViewerAuthentication that && that.viewer.equals(viewer);
    }

    @Override
    public int hashCode() {
        return viewer.hashCode();
    }
}
