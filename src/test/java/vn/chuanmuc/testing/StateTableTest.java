package vn.chuanmuc.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import vn.chuanmuc.access.Role;
import vn.chuanmuc.testing.StateTable.Sent;

/** A table that is wrong is found to be wrong: what the tables of forms, results, meetings and petitions stand on. */
@ProductTest
class StateTableTest {
    @Autowired
    TestBodies bodies;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    /** An inspector and a stranger; nothing stands in any state. @param writes of every use */
    private final class Two implements StateTable.Ground<String> {
        private final Map<String, Browser> browsers;
        private final AtomicInteger writes = new AtomicInteger();
        private final boolean leaves;

        Two(boolean leaves) {
            this.leaves = leaves;
            var body = bodies.create();
            browsers = Map.of(
                    "inspector", body.browser(body.viewer(Role.INSPECTOR, body.root)), "stranger", bodies.stranger());
        }

        @Override
        public List<String> roles() {
            return List.of("inspector", "stranger");
        }

        @Override
        public Browser browser(String role, String one) {
            return java.util.Objects.requireNonNull(browsers.get(role));
        }

        @Override
        public String standing(String state) {
            return state;
        }

        @Override
        public String fresh(String state) {
            return state;
        }

        @Override
        public void done(String used) {}

        @Override
        public Map<String, ?> names(String one) {
            return Map.of();
        }

        @Override
        public Sent sent(String route, String role, String one) {
            return Sent.of();
        }

        @Override
        public Object kept() {
            return leaves ? writes.incrementAndGet() : 0;
        }
    }

    private void hold(String table, boolean leaves) {
        StateTable.of(table).hold(routes, new Two(leaves));
    }

    @Test
    void holdsWhereEveryCellIsAsItSays() {
        assertThatCode(() -> hold("""
                                | any
                        GET /hop
                          inspector | +
                        GET /hop/moi
                        POST /hop/moi
                        """, false)).doesNotThrowAnyException();
    }

    @Test
    void tellsWhoMayAndShouldNotAndWhoShouldAndMayNot() {
        assertThatThrownBy(() -> hold("""
                                | any
                        GET /hop
                        """, false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("inspector: - and came +");
        assertThatThrownBy(() -> hold("""
                                | any
                        GET /hop
                          everybody | +
                        """, false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("stranger: + and came -");
        assertThatThrownBy(() -> hold("""
                                | any
                        POST /hop/moi
                          inspector | ~
                        """, false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("inspector: ~ and came -");
    }

    @Test
    void tellsWhereARefusedCommandLeavesATrace() {
        assertThatThrownBy(() -> hold("""
                                | any
                        POST /hop/moi
                        """, true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("changed something");
    }

    @Test
    void tellsOfARouteWithoutALineAndOfALineWithoutARoute() {
        StateTable part = StateTable.of("""
                | any
                GET /hop
                  everybody | +
                """);
        assertThatThrownBy(() -> StateTable.coverAllBelow(routes, Set.of("/hop"), Set.of(), part))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("POST /hop/{id}/huy");
        assertThatThrownBy(() -> hold("""
                                | any
                        GET /hop/khong-co
                        """, false)).hasMessageContaining("no such route");
        assertThatThrownBy(() -> StateTable.of("""
                                | one two
                        GET /hop
                          everybody | +
                        """)).hasMessageContaining("a cell for each state");
    }
}
