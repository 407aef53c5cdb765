package vn.chuanmuc.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import vn.chuanmuc.testing.Browser.Answer;

/**
 * Who may use which route of a module while something stands in which state: a table that is read by people and tried cell by cell
 * against the running product.
 *
 * <p>Its first line names the states. A line that begins with {@code GET} or {@code POST} names a route; each line below it names
 * roles, or {@code everybody} else, and for each state what comes of it for them. A role that no line of a route names has nothing to
 * do with it, wherever it stands.
 */
public final class StateTable {
    /** What comes of using a route. */
    private enum Cell {
        /** Shown; of a command: it is done. */
        DONE('+'),
        /** Answered, and nothing is written: it had been done before, or all it does is show something. */
        AGAIN('='),
        /** Somebody whose task it is, but not now or not so: told why (409, 422), and nothing is written. */
        NOT_NOW('~'),
        /** Led to the page that says why not. */
        ELSEWHERE('>'),
        /** Nothing of theirs (403, 404, or to the sign-in): nothing is written. */
        REFUSED('-');

        private final char sign;

        Cell(char sign) {
            this.sign = sign;
        }

        static Cell of(String sign) {
            return Arrays.stream(values())
                    .filter(cell -> sign.length() == 1 && cell.sign == sign.charAt(0))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no cell: " + sign));
        }

        boolean writes() {
            return this == DONE;
        }
    }

    /** Fields of a form, and its file. */
    public record Sent(List<String> fields, String fileField, byte @Nullable [] file) {
        public static Sent of(String... fields) {
            return new Sent(List.of(fields), "", null);
        }

        public Sent with(String field, byte[] bytes) {
            return new Sent(fields, field, bytes);
        }
    }

    /** What a module lays under its table. @param <S> what stands in a state: a form, a meeting, a petition */
    public interface Ground<S> {
        /** Everybody, by role; the one whom it is about may be another for every state. */
        Map<String, Browser> browsers(String state);

        /** One that stands in the state and stays there. */
        S standing(String state);

        /** One that a single cell has for itself, because it is changed. */
        S fresh(String state);

        /** A cell is done with it. */
        void done(S used);

        /** What the variables of addresses are. */
        Map<String, ?> names(S one);

        /** What follows the address of a route, such as {@code ?buoc=…}; empty for most. */
        default String query(String route, S one) {
            return "";
        }

        /** What is sent, with which the command would be done if it may be. */
        Sent sent(String route, String role, S one);

        /** Everything that is kept: equal before and after where nothing is written. */
        Object kept();
    }

    private static final String EVERYBODY = "everybody";

    private record Line(String route, Map<String, List<Cell>> cells) {}

    private final List<String> states;
    private final List<Line> lines;

    private StateTable(List<String> states, List<Line> lines) {
        this.states = states;
        this.lines = lines;
    }

    public static StateTable of(String text) {
        List<String> rows =
                text.lines().map(String::strip).filter(row -> !row.isEmpty()).toList();
        List<String> states = words(rows.getFirst().replaceFirst("^.*\\|", ""));
        var lines = new ArrayList<Line>();
        for (String row : rows.subList(1, rows.size())) {
            if (row.startsWith("GET ") || row.startsWith("POST ")) {
                lines.add(new Line(row, new LinkedHashMap<>()));
                continue;
            }
            String[] parts = row.split("\\|", 2);
            List<Cell> cells = words(parts[1]).stream().map(Cell::of).toList();
            if (cells.size() != states.size()) {
                throw new IllegalArgumentException("a cell for each state: " + row);
            }
            for (String role : words(parts[0])) {
                if (lines.getLast().cells().put(role, cells) != null) {
                    throw new IllegalArgumentException("twice for " + role + ": " + lines.getLast().route());
                }
            }
        }
        return new StateTable(states, lines);
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    /** The tables together name every route that the product has below these addresses, and no other. */
    public static void coverAllBelow(
            RequestMappingHandlerMapping routes, Set<String> addresses, Set<String> elsewhere, StateTable... tables) {
        Set<String> named = Stream.of(tables)
                .flatMap(table -> table.lines.stream())
                .map(line -> line.route().replaceFirst(" \\?.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        named.addAll(elsewhere);
        Set<String> there = Route.table(routes).stream()
                .filter(route -> addresses.stream()
                        .anyMatch(below -> route.pattern().equals(below)
                                || route.pattern().startsWith(below + "/")
                                || route.pattern().startsWith(below + ".")))
                .map(Route::named)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).as("every route has its line").isEqualTo(there);
    }

    /** Tries every cell; all that came out otherwise than the table says is told together. */
    public <S> void hold(RequestMappingHandlerMapping routes, Ground<S> ground) {
        var trying = new Trying<>(routes, ground);
        for (String state : states) {
            for (Line line : lines) {
                trying.line(line, state, states.indexOf(state));
            }
        }
        assertThat(trying.otherwise)
                .as("cells that came out otherwise, of %s", trying.tried)
                .isEmpty();
        assertThat(trying.tried).as("cells").isPositive();
    }

    private static final class Trying<S> {
        private final Map<String, Route> routes;
        private final Ground<S> ground;
        private final Map<Browser, String> tokens = new IdentityHashMap<>();
        final List<String> otherwise = new ArrayList<>();
        int tried;

        Trying(RequestMappingHandlerMapping mapping, Ground<S> ground) {
            this.ground = ground;
            this.routes =
                    Route.table(mapping).stream().collect(Collectors.toMap(Route::named, route -> route, (a, b) -> a));
        }

        /** First those for whom nothing is written; then, each with something of their own, those for whom it is done. */
        void line(Line line, String state, int column) {
            Map<String, Browser> browsers = ground.browsers(state);
            assertThat(line.cells().keySet())
                    .as(line.route())
                    .isSubsetOf(Stream.concat(browsers.keySet().stream(), Stream.of(EVERYBODY))
                            .toList());
            S standing = ground.standing(state);
            Object before = ground.kept();
            browsers.forEach((role, browser) -> {
                Cell cell = cell(line, role, column);
                if (!cell.writes()) {
                    judge(line, state, role, cell, use(line, role, browser, standing));
                }
            });
            if (!ground.kept().equals(before)) {
                otherwise.add(line.route() + " | " + state + ": whoever may not do it changed something");
            }
            browsers.forEach((role, browser) -> {
                if (cell(line, role, column).writes()) {
                    done(line, state, role, browser, standing);
                }
            });
        }

        private static Cell cell(Line line, String role, int column) {
            List<Cell> cells = line.cells().getOrDefault(role, line.cells().get(EVERYBODY));
            return cells == null ? Cell.REFUSED : cells.get(column);
        }

        private void done(Line line, String state, String role, Browser browser, S standing) {
            if (line.route().startsWith("GET ")) {
                judge(line, state, role, Cell.DONE, use(line, role, browser, standing));
                return;
            }
            S fresh = ground.fresh(state);
            Object before = ground.kept();
            judge(line, state, role, Cell.DONE, use(line, role, browser, fresh));
            if (ground.kept().equals(before)) {
                otherwise.add(line.route() + " | " + state + " | " + role + ": nothing was done");
            }
            ground.done(fresh);
        }

        private String address(Line line, S one) {
            String[] named = line.route().split(" \\?", 2);
            Route route = Objects.requireNonNull(routes.get(named[0]), () -> "no such route: " + line.route());
            return route.address(ground.names(one)) + (named.length == 2 ? "?" + named[1] : ground.query(line.route(), one));
        }

        private Answer use(Line line, String role, Browser browser, S one) {
            tried++;
            String address = address(line, one);
            if (line.route().startsWith("GET ")) {
                return browser.get(address);
            }
            String token = tokens.computeIfAbsent(browser, Trying::token);
            Sent sent = ground.sent(line.route(), role, one);
            String[] fields = sent.fields().toArray(String[]::new);
            return sent.file() == null
                    ? browser.postWithToken(token, address, fields)
                    : browser.uploadWithToken(token, address, sent.fileField(), "tep.pdf", sent.file(), fields);
        }

        /** The token of a page that everybody who is signed in has; of whoever is not, of the sign-in. */
        private static String token(Browser browser) {
            return browser.token(browser.get("/tai-khoan").path().startsWith("/dang-nhap") ? "/dang-nhap" : "/tai-khoan");
        }

        private void judge(Line line, String state, String role, Cell cell, Answer answer) {
            boolean get = line.route().startsWith("GET ");
            boolean away = answer.path().startsWith("/dang-nhap");
            Cell came = switch (answer.status()) {
                case 200 -> {
                    if (away) {
                        yield Cell.REFUSED;
                    }
                    boolean led = get && !answer.path().equals(addressOf(line, state));
                    yield led ? Cell.ELSEWHERE : Cell.DONE;
                }
                case 403, 404 -> Cell.REFUSED;
                case 409, 422 -> Cell.NOT_NOW;
                default -> null;
            };
            boolean as = came == cell || (cell == Cell.AGAIN && came == Cell.DONE);
            if (!as) {
                otherwise.add(line.route() + " | " + state + " | " + role + ": " + cell.sign + " and came "
                        + (came == null ? "?" : came.sign) + " " + answer.status() + " " + answer.path());
            }
        }

        private String addressOf(Line line, String state) {
            return address(line, ground.standing(state));
        }
    }
}
