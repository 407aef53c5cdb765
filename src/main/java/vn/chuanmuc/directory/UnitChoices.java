package vn.chuanmuc.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.chuanmuc.directory.Tree.Hit;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.platform.Recent;
import vn.chuanmuc.ui.UnitChoice;
import vn.chuanmuc.ui.UnitChoice.Option;

/** What a page offers where one unit is to be chosen out of those of a scope: all of them while they are few, a search otherwise. */
@Component
public class UnitChoices {
    /** More than these make a list longer than anybody reads. */
    public static final int FEW = 60;

    private static final Pattern CODE = Pattern.compile(".*\\(([^()]{1,40})\\)");

    private final Recent<Asked, Optional<List<Option>>> recent = new Recent<>(Duration.ofSeconds(10));
    private final Recent<Unit, Boolean> parted = new Recent<>(Duration.ofSeconds(10));
    private final TreeStore store;
    private final Tree tree;
    private final Clock clock;

    UnitChoices(TreeStore store, Tree tree, Clock clock) {
        this.store = store;
        this.tree = tree;
        this.clock = clock;
    }

    private record Unit(UUID tenantId, UUID unit) {}

    private record Asked(UUID tenantId, List<UUID> units, LocalDate day) {}

    /** What this body's units offer changes: asked for anew after it. */
    void changed(UUID tenantId) {
        recent.forget(asked -> asked.tenantId().equals(tenantId));
        parted.forget(asked -> asked.tenantId().equals(tenantId));
    }

    /**
     * The choice as it stands with what was sent.
     *
     * @param day whose units are offered
     * @param id the unit that was picked, or that an address names
     * @param typed what stands in the search field; null when there was none, empty when it was emptied
     */
    public UnitChoice of(Scope scope, LocalDate day, @Nullable UUID id, @Nullable String typed) {
        Optional<List<Option>> few =
                recent.get(new Asked(scope.tenantId(), scope.units(), day), () -> store.few(scope, day, FEW));
        if (few.isPresent()) {
            return new UnitChoice(true, few.get(), "", id == null ? null : among(few.get(), id), null);
        }
        Option named = id == null ? null : named(scope, id, day);
        if (typed == null) {
            return chosen(named);
        }
        String words = Texts.oneLine(typed.length() > 120 ? typed.substring(0, 120) : typed);
        if (words.isEmpty()) {
            return new UnitChoice(false, List.of(), "", null, null);
        }
        return named != null && named.label().equals(words) ? chosen(named) : found(scope, day, id, words);
    }

    /** The same among the units of today. */
    public UnitChoice of(Scope scope, @Nullable UUID id, @Nullable String typed) {
        return of(scope, LocalDate.now(clock), id, typed);
    }

    private UnitChoice found(Scope scope, LocalDate day, @Nullable UUID id, String words) {
        Matcher coded = CODE.matcher(words);
        Tree.Hits hits = tree.search(scope, coded.matches() ? coded.group(1) : words, day);
        return found(words, id, hits.hits().stream().map(UnitChoices::option).toList(), hits.more());
    }

    /** The one of those that match that is meant, or all of them to pick from. */
    static UnitChoice found(String words, @Nullable UUID id, List<Option> options) {
        return found(words, id, options, options.size() >= Tree.MOST_HITS);
    }

    private static UnitChoice found(String words, @Nullable UUID id, List<Option> options, boolean more) {
        List<Option> sure = options.stream()
                .filter(option -> option.id().equals(id)
                        || option.code().equalsIgnoreCase(words)
                        || option.label().equals(words))
                .toList();
        if (sure.isEmpty()) {
            sure = options.stream()
                    .filter(option -> option.name().equalsIgnoreCase(words))
                    .toList();
        }
        if (sure.size() == 1 || options.size() == 1) {
            return chosen(sure.size() == 1 ? sure.getFirst() : options.getFirst());
        }
        Reason problem = options.isEmpty()
                ? Reason.of("ui.unit-choice.none", words)
                : Reason.of(more ? "ui.unit-choice.too-many" : "ui.unit-choice.several", words, options.size());
        return new UnitChoice(false, options, words, null, problem);
    }

    /** At most ten units for a list beside the search field while somebody types. */
    public List<Option> suggestions(Scope scope, LocalDate day, String typed) {
        String words = Texts.oneLine(typed.length() > 120 ? typed.substring(0, 120) : typed);
        return words.length() < 2
                ? List.of()
                : tree.search(scope, words, day).hits().stream()
                        .limit(10)
                        .map(UnitChoices::option)
                        .toList();
    }

    /** Whether there are units below this one, as of at most ten seconds ago. */
    public boolean parted(UUID tenantId, UUID unit) {
        return parted.get(new Unit(tenantId, unit), () -> store.parted(tenantId, unit));
    }

    private static UnitChoice chosen(@Nullable Option option) {
        return new UnitChoice(false, List.of(), option == null ? "" : option.label(), option, null);
    }

    private @Nullable Option named(Scope scope, UUID id, LocalDate day) {
        if (!store.sees(scope, id)) {
            return null;
        }
        List<Tree.Node> nodes = store.nodes(scope.tenantId(), new UUID[] {id}, day);
        return nodes.isEmpty() ? null : option(new Hit(nodes.getFirst(), List.of()));
    }

    private static Option option(Hit hit) {
        return new Option(hit.node().id(), hit.node().name(), hit.node().code(), 0, String.join(" › ", hit.path()));
    }

    private static @Nullable Option among(List<Option> options, UUID id) {
        return options.stream()
                .filter(option -> option.id().equals(id))
                .findFirst()
                .orElse(null);
    }
}
