package vn.chuanmuc.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import vn.chuanmuc.kernel.Reason;

/** Signing in with a passkey: the same session afterwards as with a password. */
final class PasskeySignIn extends AbstractAuthenticationProcessingFilter {
    static final String ASK = "/dang-nhap/thu-thach";
    private static final String ANSWER = "/dang-nhap/khoa-truy-cap";
    private static final String ANSWER_FIELD = "khoa";
    private static final String REASONS = "access.passkey.refused.";

    private final Passkeys passkeys;

    PasskeySignIn(Passkeys passkeys) {
        super(PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, ANSWER));
        this.passkeys = passkeys;
        setAuthenticationManager(request -> {
            throw new IllegalStateException("a passkey is checked here");
        });
        setAuthenticationFailureHandler((request, response, why) ->
                response.sendRedirect(AccessConfiguration.SIGN_IN + "?loi=" + why.getMessage()));
    }

    @Override
    public Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response) {
        String answer = request.getParameter(ANSWER_FIELD);
        return switch (passkeys.signIn(answer == null ? "" : answer)) {
            case Passkeys.SignIn.Welcome(var account) -> ViewerAuthentication.of(account);
            case Passkeys.SignIn.Refused(var why) -> throw new Refused(why);
        };
    }

    /** Its message is what the sign-in page looks up. */
    private static final class Refused extends AuthenticationException {
        Refused(Reason why) {
            super("khoa-" + why.key().substring(REASONS.length()));
        }
    }
}
