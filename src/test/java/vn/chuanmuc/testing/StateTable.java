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
        /** Everybody, in the order in which they try. */
        List<String> roles();

        /** Of whoever has the role; whom it is about may be somebody else for each one. */
        Browser browser(String role, S one);

        /** One that stands in the state and stays there. */
        S standing(String state);

        /** One that a single cell has for itself, because it is changed. */
        S fresh(String state);

        /** A cell is done with it. */
        void done(S used);

        /** What the variables of addresses are. */
        Map<String, ?> names(S one);

        /** What follows the address of a route, begun with a question mark; empty for most. */
        default String query(String route, S one) {
            return "";
        }

        /** What is sent, with which the command would be done if it may be. */
        Sent sent(String route, String role, S one);

        /** Everything that is kept: equal before and after where nothing is written. */
        Object kept();
    }

    private static final String EVERYBODY = "everybody";

    /**
     * @param route as the product's own table has it
     * @param with what its variables are to be, where one route does several things; {@code query} behind the address
     */
    private record Line(String route, Map<String, String> with, String query, Map<String, List<Cell>> cells) {
        boolean get() {
            return route.startsWith("GET ");
        }

        @Override
        public String toString() {
            return route + (with.isEmpty() ? "" : " " + with) + query;
        }
    }

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
        List<Line> open = List.of();
        for (String row : rows.subList(1, rows.size())) {
            if (row.startsWith("GET ") || row.startsWith("POST ")) {
                open = lines(words(row));
                lines.addAll(open);
                continue;
            }
            String[] parts = row.split("\\|", 2);
            List<Cell> cells = words(parts[1]).stream().map(Cell::of).toList();
            if (cells.size() != states.size()) {
                throw new IllegalArgumentException("a cell for each state: " + row);
            }
            for (Line line : open) {
                for (String role : words(parts[0])) {
                    if (line.cells().put(role, cells) != null) {
                        throw new IllegalArgumentException("twice for " + role + ": " + line);
                    }
                }
            }
        }
        return new StateTable(states, lines);
    }

    /** {@code POST /a/{kind} kind=x,y ?stage=1,2}: one line for each of them. */
    private static List<Line> lines(List<String> words) {
        var lines = List.of(new Line(words.get(0) + " " + words.get(1), Map.of(), "", new LinkedHashMap<>()));
        for (String word : words.subList(2, words.size())) {
            String name = word.substring(0, word.indexOf('='));
            List<String> values = List.of(word.substring(name.length() + 1).split(","));
            lines = lines.stream()
                    .flatMap(line -> values.stream().map(value -> {
                        var with = new LinkedHashMap<>(line.with());
                        if (!name.startsWith("?")) {
                            with.put(name, value);
                        }
                        return new Line(
                                line.route(),
                                with,
                                name.startsWith("?") ? line.query() + name + "=" + value : line.query(),
                                new LinkedHashMap<>());
                    }))
                    .toList();
        }
        return lines;
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    /** The tables together name every route that the product has below these addresses, and no other. */
    public static void coverAllBelow(
            RequestMappingHandlerMapping routes, Set<String> addresses, Set<String> elsewhere, StateTable... tables) {
        Set<String> named = Stream.of(tables)
                .flatMap(table -> table.lines.stream())
                .map(Line::route)
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
            List<String> roles = ground.roles();
            assertThat(line.cells().keySet())
                    .as(line.toString())
                    .isSubsetOf(
                            Stream.concat(roles.stream(), Stream.of(EVERYBODY)).toList());
            S standing = ground.standing(state);
            Object before = ground.kept();
            for (String role : roles) {
                Cell cell = cell(line, role, column);
                if (cell != Cell.DONE) {
                    judge(line, state, role, cell, use(line, role, standing));
                }
            }
            if (!ground.kept().equals(before)) {
                otherwise.add(line + " | " + state + ": whoever may not do it changed something");
            }
            for (String role : roles) {
                if (cell(line, role, column) == Cell.DONE) {
                    done(line, state, role, standing);
                }
            }
        }

        private static Cell cell(Line line, String role, int column) {
            List<Cell> cells = line.cells().getOrDefault(role, line.cells().get(EVERYBODY));
            return cells == null ? Cell.REFUSED : cells.get(column);
        }

        private void done(Line line, String state, String role, S standing) {
            if (line.get()) {
                judge(line, state, role, Cell.DONE, use(line, role, standing));
                return;
            }
            S fresh = ground.fresh(state);
            Object before = ground.kept();
            judge(line, state, role, Cell.DONE, use(line, role, fresh));
            if (ground.kept().equals(before)) {
                otherwise.add(line + " | " + state + " | " + role + ": nothing was done");
            }
            ground.done(fresh);
        }

        private String address(Line line, S one) {
            Route route = Objects.requireNonNull(routes.get(line.route()), () -> "no such route: " + line.route());
            var names = new LinkedHashMap<String, Object>(ground.names(one));
            names.putAll(line.with());
            return route.address(names) + line.query() + ground.query(line.route(), one);
        }

        private Answer use(Line line, String role, S one) {
            tried++;
            Browser browser = ground.browser(role, one);
            String address = address(line, one);
            if (line.get()) {
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
            return browser.token(
                    browser.get("/tai-khoan").path().startsWith("/dang-nhap") ? "/dang-nhap" : "/tai-khoan");
        }

        private void judge(Line line, String state, String role, Cell cell, Answer answer) {
            boolean away = answer.path().startsWith("/dang-nhap");
            Cell came = switch (answer.status()) {
                case 200 -> {
                    if (away) {
                        yield Cell.REFUSED;
                    }
                    boolean led = line.get() && !answer.path().equals(addressOf(line, state));
                    yield led ? Cell.ELSEWHERE : Cell.DONE;
                }
                case 403, 404 -> Cell.REFUSED;
                case 409, 422 -> Cell.NOT_NOW;
                default -> null;
            };
            boolean as = came == cell || (cell == Cell.AGAIN && came == Cell.DONE);
            if (!as) {
                otherwise.add(line + " | " + state + " | " + role + ": " + cell.sign + " and came "
                        + (came == null ? "?" : came.sign) + " " + answer.status() + " " + answer.path());
            }
        }

        private String addressOf(Line line, String state) {
            return address(line, ground.standing(state));
        }
    }
}
