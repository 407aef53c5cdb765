package vn.chuanmuc.figures;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.figures.FigureIndex.About;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.kernel.VietnameseDates;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.rules.RuleBook.Measure;

/** What is measured: a list of indexes as dated data, each naming its legal basis or that there is none yet. */
@Component
public class FigureIndexes {
    private static final LocalDate BEGINNING = LocalDate.of(2021, 1, 1);
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,29}");
    private static final BigDecimal MOST = new BigDecimal(1_000_000);
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final int LONGEST_WORDS = 200;
    private static final int LONGEST_COUNTED = 40;
    private static final int LONGEST_BASIS = 500;
    private static final List<FigureIndex> SHIPPED = load();

    private final FigureStore store;
    private final Access access;
    private final Units units;
    private final Ledger ledger;
    private final Clock clock;

    FigureIndexes(FigureStore store, Access access, Units units, Ledger ledger, Clock clock) {
        this.store = store;
        this.access = access;
        this.units = units;
        this.ledger = ledger;
        this.clock = clock;
    }

    private record Shipped(
            String code,
            String words,
            Measure measure,
            String counted,
            BigDecimal least,
            BigDecimal most,
            About about,
            String basis) {}

    private static List<FigureIndex> load() {
        try (InputStream in =
                Objects.requireNonNull(FigureIndexes.class.getResourceAsStream("/figures/indexes.json"))) {
            return JsonMapper.builder().build().readValue(in, new TypeReference<List<Shipped>>() {}).stream()
                    .map(one -> new FigureIndex(
                            one.code(),
                            one.words(),
                            one.measure(),
                            one.counted(),
                            one.least(),
                            one.most(),
                            one.about(),
                            one.basis(),
                            BEGINNING,
                            null,
                            null,
                            null))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An index as it is typed. */
    public record Typed(
            String code,
            String words,
            String measure,
            String counted,
            String least,
            String most,
            String about,
            String basis,
            String from,
            String to) {}

    public sealed interface Saved {
        record Done() implements Saved {}

        /** @param byField fields of the form */
        record Refused(Map<String, Reason> byField) implements Saved {
            public Refused {
                byField = Map.copyOf(byField);
            }
        }
    }

    /** Whether the viewer may enter indexes: the list is one for the whole body. */
    public boolean mayEnter(Viewer viewer) {
        return viewer.may(Permission.ENTER_RULES)
                && access.covers(viewer, Permission.ENTER_RULES, units.root(viewer.tenantId()));
    }

    /** All entries, the newest of a code first, then what ships and was not displaced. */
    public List<FigureIndex> all(UUID tenantId) {
        List<FigureIndex> entered = store.indexes(tenantId);
        var all = new ArrayList<>(entered);
        SHIPPED.stream()
                .filter(shipped -> entered.stream().noneMatch(one -> one.code().equals(shipped.code())))
                .forEach(all::add);
        return all;
    }

    /** What holds on a day, by code. */
    Map<String, FigureIndex> on(List<FigureIndex> all, LocalDate day) {
        var byCode = new LinkedHashMap<String, FigureIndex>();
        all.stream().filter(index -> index.on(day)).forEach(index -> byCode.putIfAbsent(index.code(), index));
        return byCode;
    }

    /** What holds on a day, by its words. */
    public List<FigureIndex> on(UUID tenantId, LocalDate day) {
        return List.copyOf(on(all(tenantId), day).values());
    }

    public Optional<FigureIndex> find(UUID tenantId, String code, LocalDate day) {
        return Optional.ofNullable(on(all(tenantId), day).get(code));
    }

    /** Enters an index, or one of the same code anew. What was brought in keeps the words it had. */
    @Transactional
    public Saved enter(Viewer viewer, Typed typed) {
        access.require(viewer, Permission.ENTER_RULES, units.root(viewer.tenantId()));
        var wrong = new LinkedHashMap<String, Reason>();
        FigureIndex index = read(viewer, typed, wrong);
        if (index == null) {
            return new Saved.Refused(wrong);
        }
        UUID id = Ids.next();
        store.lock(viewer.tenantId(), "index " + index.code());
        if (store.insertIndex(viewer.tenantId(), id, index)) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("code", index.code());
            facts.put("words", index.words());
            facts.put("basis", index.basis());
            facts.put("from", index.validFrom().toString());
            ledger.append(new Act(viewer.tenantId(), "figures.index-entered", id, viewer.accountId(), facts)
                    .with(Piece.of(FigureEvidence.INDEX, id)));
        }
        return new Saved.Done();
    }

    private @Nullable FigureIndex read(Viewer viewer, Typed typed, Map<String, Reason> wrong) {
        String code = typed.code().strip();
        if (!CODE.matcher(code).matches()) {
            wrong.put("ma", Reason.of("figures.index.wrong.code"));
        }
        String words = Texts.oneLine(typed.words());
        if (words.isEmpty() || words.length() > LONGEST_WORDS) {
            wrong.put("ten", Reason.of("figures.index.wrong.words", LONGEST_WORDS));
        }
        Measure measure = one(Measure.values(), typed.measure());
        if (measure == null) {
            wrong.put("do", Reason.of("figures.index.wrong.measure"));
        }
        String counted = measure == Measure.COUNT ? Texts.oneLine(typed.counted()) : "";
        // the engine reads a count by its words, so they begin with a letter and hold no digit
        if (measure == Measure.COUNT
                && (counted.length() > LONGEST_COUNTED || !counted.matches("\\p{L}\\D*") || counted.endsWith("điểm"))) {
            wrong.put("dem", Reason.of("figures.index.wrong.counted", LONGEST_COUNTED));
        }
        BigDecimal least = bound(typed.least());
        BigDecimal most = bound(typed.most());
        if (least == null) {
            wrong.put("tu", Reason.of("figures.index.wrong.bound"));
        }
        if (most == null) {
            wrong.put("den", Reason.of("figures.index.wrong.bound"));
        } else if (least != null && most.compareTo(least) <= 0) {
            wrong.put("den", Reason.of("figures.index.wrong.order"));
        } else if (least != null && measure == Measure.SHARE && (least.signum() < 0 || most.compareTo(HUNDRED) > 0)) {
            wrong.put("den", Reason.of("figures.index.wrong.share"));
        }
        About about = one(About.values(), typed.about());
        if (about == null) {
            wrong.put("cua", Reason.of("figures.index.wrong.about"));
        }
        String basis = Texts.oneLine(typed.basis());
        if (basis.length() > LONGEST_BASIS) {
            wrong.put("can-cu", Reason.of("figures.index.wrong.basis", LONGEST_BASIS));
        }
        LocalDate from = day(typed.from());
        LocalDate to = typed.to().isBlank() ? null : day(typed.to());
        if (from == null) {
            wrong.put("tu-ngay", Reason.of("figures.wrong.day"));
        }
        if (!typed.to().isBlank() && to == null) {
            wrong.put("den-ngay", Reason.of("figures.wrong.day"));
        } else if (from != null && to != null && to.isBefore(from)) {
            wrong.put("den-ngay", Reason.of("figures.index.wrong.days"));
        }
        if (!wrong.isEmpty() || measure == null || least == null || most == null || about == null || from == null) {
            return null;
        }
        return new FigureIndex(
                code, words, measure, counted, least, most, about, basis, from, to, viewer.accountId(), now());
    }

    private static <E extends Enum<E>> @Nullable E one(E[] values, String code) {
        for (E value : values) {
            if (value.name().equalsIgnoreCase(code)) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable BigDecimal bound(String typed) {
        BigDecimal number = FigureReader.number(typed.strip());
        return number == null || number.abs().compareTo(MOST) > 0 || number.scale() > FigureReader.MOST_DECIMALS
                ? null
                : number;
    }

    static @Nullable LocalDate day(String typed) {
        return VietnameseDates.parse(typed) instanceof VietnameseDates.Parsed.Read(var day)
                        && !day.isBefore(BEGINNING)
                        && day.getYear() < 2100
                ? day
                : null;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
