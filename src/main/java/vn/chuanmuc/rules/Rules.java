package vn.chuanmuc.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Piece;
import vn.chuanmuc.rules.RuleBook.Purpose;
import vn.chuanmuc.rules.RuleVersion.State;

/** Rule books: entered by one person, confirmed by a second, in force on days, withdrawn with a reason. */
@Component
public class Rules {
    /** The default that ships with the program; it never changes, so what refers to it stays as it was. */
    public static final UUID DEFAULT_ID = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private static final UUID NOBODY = new UUID(0, 0);
    private static final int LONGEST_REASON = 1_000;
    private static final RuleVersion DEFAULT = load();

    private final RuleStore store;
    private final Access access;
    private final Units units;
    private final Ledger ledger;
    private final Clock clock;
    private final Map<Key, RuleVersion> confirmed = new ConcurrentHashMap<>(); // their content never changes

    Rules(RuleStore store, Access access, Units units, Ledger ledger, Clock clock) {
        this.store = store;
        this.access = access;
        this.units = units;
        this.ledger = ledger;
        this.clock = clock;
    }

    private record Key(UUID tenantId, UUID id) {}

    /** Bốn mức bằng chữ, không điểm. In force wherever and whenever no unit has confirmed rules of its own. */
    public static RuleVersion shipped() {
        return DEFAULT;
    }

    private static RuleVersion load() {
        try (InputStream in = Objects.requireNonNull(Rules.class.getResourceAsStream("/rules/default.json"))) {
            RuleBook book = RuleBookJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            String json = RuleBookJson.write(book);
            return new RuleVersion(
                    DEFAULT_ID,
                    null,
                    0,
                    book,
                    json,
                    Sha256.of(json),
                    LocalDate.of(2021, 1, 1),
                    null,
                    State.CONFIRMED,
                    NOBODY,
                    Instant.EPOCH,
                    null,
                    null,
                    "",
                    null,
                    null,
                    null,
                    "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A version whatever its state, or the default by {@link #DEFAULT_ID}. What it says never changes. */
    public Optional<RuleVersion> find(UUID tenantId, UUID versionId) {
        return versionId.equals(DEFAULT_ID) ? Optional.of(DEFAULT) : store.find(tenantId, versionId);
    }

    /** The rules of a version, for whoever refers to it; kept in memory. */
    public RuleBook book(UUID tenantId, UUID versionId) {
        if (versionId.equals(DEFAULT_ID)) {
            return DEFAULT.book();
        }
        return confirmed
                .computeIfAbsent(
                        new Key(tenantId, versionId),
                        key -> store.find(tenantId, versionId)
                                .filter(version -> version.state() == State.CONFIRMED || version.state() == State.WITHDRAWN)
                                .orElseThrow(() -> new NotFound("rule version")))
                .book();
    }

    /**
     * The version in force at a unit on a day: its own, or that of the nearest unit above that has one; for quarters the shipped
     * default where nobody has one. Empty for other purposes without rules.
     */
    public Optional<RuleVersion> inForce(UUID tenantId, UUID unitId, Purpose purpose, LocalDate day) {
        Optional<RuleVersion> own = store.inForce(tenantId, unitId, purpose, day);
        return own.isPresent() || purpose != Purpose.QUARTER ? own : Optional.of(DEFAULT);
    }
}
