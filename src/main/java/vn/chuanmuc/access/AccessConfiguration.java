package vn.chuanmuc.access;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import vn.chuanmuc.kernel.Reason;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
    /** Nothing from outside, nothing inline, nobody may frame us. */
    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'";

    static final String SIGN_IN = "/dang-nhap";
    static final String SIGN_OUT = "/dang-xuat";
    /** Programs on signers' computers: no cookie, no form, a one-time token in the address. */
    private static final String TOOLS = "/ky-so/cong-cu/*";
    /** Anybody may have a file checked here; how large and how often is for that page's own door. */
    private static final String PUBLIC_CHECK = "/kiem-tra";

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    /** For other systems: a token with every request; no cookie, no session, no form. */
    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, ApiTokens tokens, ApiProblem problem, Clock clock) {
        http.securityMatcher("/api/**")
                .authorizeHttpRequests(
                        routes -> routes.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers(ApiGate.DESCRIPTION)
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .addFilterBefore(new ApiGate(tokens, problem, clock), AuthorizationFilter.class)
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .csrf(csrf -> csrf.disable())
                .formLogin(form -> form.disable())
                .httpBasic(basic -> basic.disable())
                .logout(out -> out.disable())
                .anonymous(nobody -> nobody.disable())
                .exceptionHandling(errors -> errors.authenticationEntryPoint((request, response, why) ->
                        problem.write(response, 401, "no-token", Reason.of("access.api.detail.no-token"))))
                .headers(headers -> headers.contentSecurityPolicy(
                        policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'")));
        return http.build();
    }

    @Bean
    SecurityFilterChain web(HttpSecurity http, Sessions sessions, SignIn signIn, Passkeys passkeys) {
        var afterSignIn = new SavedRequestAwareAuthenticationSuccessHandler();
        var remembered = new CookieRequestCache();
        afterSignIn.setRequestCache(remembered);
        afterSignIn.setDefaultTargetUrl("/viec");
        var byPasskey = new PasskeySignIn(passkeys);
        byPasskey.setSecurityContextRepository(sessions);
        byPasskey.setAuthenticationSuccessHandler(afterSignIn);
        http.authorizeHttpRequests(routes -> routes.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/assets/**", "/webjars/**", "/actuator/health/**", "/actuator/health")
                        .permitAll()
                        .requestMatchers(
                                "/",
                                SIGN_IN,
                                PasskeySignIn.ASK,
                                "/thiet-lap",
                                "/ngon-ngu",
                                "/error",
                                PUBLIC_CHECK,
                                "/v/*",
                                "/v/*/*/*",
                                "/V/*",
                                "/V/*/*/*",
                                "/bo-phieu",
                                "/bo-phieu/*",
                                TOOLS)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .authenticationProvider(signIn)
                .addFilterBefore(
                        new BodyGate(new OrRequestMatcher(route(TOOLS), route(PUBLIC_CHECK))), CsrfFilter.class)
                .addFilterBefore(byPasskey, UsernamePasswordAuthenticationFilter.class)
                .securityContext(context -> context.securityContextRepository(sessions))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.requestCache(remembered))
                .csrf(csrf -> csrf.csrfTokenRepository(new CookieCsrfTokenRepository())
                        .ignoringRequestMatchers(TOOLS))
                .formLogin(form -> form.loginPage(SIGN_IN)
                        .loginProcessingUrl(SIGN_IN)
                        .usernameParameter("ten")
                        .passwordParameter("mat-khau")
                        .failureUrl(SIGN_IN + "?loi")
                        .successHandler(afterSignIn))
                .logout(out -> out.logoutUrl(SIGN_OUT)
                        .addLogoutHandler((request, response, who) -> sessions.end(request, response))
                        .logoutSuccessUrl(SIGN_IN + "?xong=signed-out"))
                .exceptionHandling(errors -> errors.accessDeniedPage("/error"))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .cacheControl(cache -> cache.disable()) // pages say it themselves; files are kept for ever
                        .permissionsPolicyHeader(
                                policy -> policy.policy("camera=(), microphone=(), geolocation=(), payment=()")));
        return http.build();
    }

    private static RequestMatcher route(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }

    /** Signing in with a name and a password, or with a name and the one-time code on paper. */
    @org.springframework.stereotype.Component
    static class SignIn implements AuthenticationProvider {
        private final Accounts accounts;

        SignIn(Accounts accounts) {
            this.accounts = accounts;
        }

        @Override
        public Authentication authenticate(Authentication request) throws AuthenticationException {
            Optional<AccountStore.Account> account =
                    accounts.signIn(request.getName(), String.valueOf(request.getCredentials()));
            return account.map(ViewerAuthentication::of)
                    .orElseThrow(() -> new BadCredentialsException("unknown name or wrong secret"));
        }

        @Override
        public boolean supports(Class<?> type) {
            return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
        }
    }

    /** Requests are measured as a whole; to measure each filter of the chain again would cost a tenth of a page, and nobody reads it. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    WebMvcConfigurer accessMvc() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new ViewerArgument());
                resolvers.add(new CallerArgument());
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RouteGuard());
            }
        };
    }

    /** The viewer of this request, or null before signing in. */
    static @Nullable Viewer current() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof ViewerAuthentication signedIn
                ? signedIn.getPrincipal()
                : null;
    }

    /** The system that calls, or null when it is none. */
    static @Nullable ApiCaller calling() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof ApiAuthentication shown
                ? shown.getPrincipal()
                : null;
    }

    private static final class CallerArgument implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == ApiCaller.class;
        }

        @Override
        public @Nullable Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binder) {
            return calling();
        }
    }

    private static final class ViewerArgument implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Viewer.class;
        }

        @Override
        public @Nullable Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binder) {
            return current();
        }
    }
}
