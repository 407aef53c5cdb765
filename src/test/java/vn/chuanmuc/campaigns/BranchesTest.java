package vn.chuanmuc.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.chuanmuc.campaigns.Branches.Kind;
import vn.chuanmuc.campaigns.Branches.Mark;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.directory.Units.Unit;

/** The units of a plan said in branches. */
class BranchesTest {
    private final Map<String, Unit> units = new LinkedHashMap<>();

    private UUID unit(String name, String parent) {
        UUID id = UUID.randomUUID();
        Unit above = units.get(parent);
        units.put(
                name,
                new Unit(
                        id,
                        name,
                        name,
                        Units.Kind.OTHER,
                        above == null ? null : above.id(),
                        above == null ? 0 : above.depth() + 1));
        return id;
    }

    private List<Unit> tree() {
        return List.copyOf(units.values());
    }

    private List<String> said(Branches branches) {
        return branches.marks().stream()
                .map(mark -> mark.kind().code() + " "
                        + units.values().stream()
                                .filter(unit -> unit.id().equals(mark.unit()))
                                .findFirst()
                                .orElseThrow()
                                .name())
                .toList();
    }

    private void city() {
        unit("quận", "");
        for (String ward : List.of("một", "hai", "ba")) {
            unit(ward, "quận");
            for (int n = 1; n <= 4; n++) {
                unit(ward + n, ward);
            }
        }
    }

    private UUID id(String name) {
        return java.util.Objects.requireNonNull(units.get(name)).id();
    }

    @Test
    void saysAWholeTreeWithoutItsTopInTwoWords() {
        city();
        Set<UUID> all = new HashSet<>();
        tree().forEach(unit -> all.add(unit.id()));
        all.remove(id("quận"));
        assertThat(said(Branches.of(tree(), all))).containsExactly("lay quận", "tru-rieng quận");
        assertThat(Branches.of(tree(), Set.of()).marks()).isEmpty();
    }

    @Test
    void takesABranchLeavesPartsOutAndForgetsEither() {
        city();
        Branches chosen = new Branches(List.of()).and(tree(), new Mark(Kind.WITH, id("quận")));
        chosen = chosen.and(tree(), new Mark(Kind.WITHOUT, id("hai")));
        chosen = chosen.and(tree(), new Mark(Kind.NOT_ITSELF, id("ba")));
        assertThat(said(chosen)).containsExactly("lay quận", "tru hai", "tru-rieng ba");
        assertThat(chosen.units(tree())).hasSize(16 - 5 - 1).doesNotContain(id("hai"), id("hai3"), id("ba"));
        chosen = chosen.and(tree(), new Mark(Kind.ONLY, id("hai")));
        assertThat(chosen.units(tree())).contains(id("hai")).doesNotContain(id("hai1"));
        chosen = chosen.without(tree(), new Mark(Kind.WITHOUT, id("hai")));
        assertThat(said(chosen)).containsExactly("lay quận", "tru-rieng ba");
        assertThat(chosen.without(tree(), new Mark(Kind.WITH, id("quận"))).marks())
                .isEmpty();
    }

    @Test
    void showsAUnitFoundedLaterAsAnExceptionOfItsBranch() {
        city();
        Set<UUID> chosen = new Branches(List.of(new Mark(Kind.WITH, id("quận")))).units(tree());
        unit("ba5", "ba");
        assertThat(said(Branches.of(tree(), chosen))).containsExactly("lay quận", "tru ba5");
    }

    @Test
    void meansTheSameUnitsHoweverTheyAreChosen() {
        var random = new Random(20251122);
        for (int round = 0; round < 300; round++) {
            units.clear();
            var names = new ArrayList<String>();
            for (int n = 0; n < 1 + random.nextInt(60); n++) {
                // parents stand before their children; sometimes there is more than one top
                unit(
                        "u" + n,
                        names.isEmpty() || random.nextInt(20) == 0 ? "" : names.get(random.nextInt(names.size())));
                names.add("u" + n);
            }
            Set<UUID> chosen = new HashSet<>();
            tree().stream().filter(unit -> random.nextBoolean()).forEach(unit -> chosen.add(unit.id()));
            Branches branches = Branches.of(tree(), chosen);
            assertThat(branches.units(tree())).isEqualTo(chosen);
            assertThat(branches.marks().size()).isLessThanOrEqualTo(Math.max(chosen.size(), 1));
            var sent = branches.marks().stream().map(Mark::text).toList();
            assertThat(Branches.read(sent)).isEqualTo(branches);
        }
    }
}
