package vn.chuanmuc.signing;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.access.Access;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.directory.Units;
import vn.chuanmuc.kernel.Reason;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.signing.TrustList.Item;
import vn.chuanmuc.signing.TrustList.Saved;
import vn.chuanmuc.signing.Verdict.Signed;

/**
 * Which certificate is a unit's, from when to when: what a unit's seal counts by. Proposed by whoever uses the unit's seal or manages
 * trust, decided at the top by somebody else; a name on a certificate is nobody's word.
 */
@Component
public class AgencyCertificates {
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final TrustStore store;
    private final TrustList trust;
    private final AgencySeal seal;
    private final Access access;
    private final Units units;

    AgencyCertificates(TrustStore store, TrustList trust, AgencySeal seal, Access access, Units units) {
        this.store = store;
        this.trust = trust;
        this.seal = seal;
        this.access = access;
        this.units = units;
    }

    /** A key of this server. @param fingerprint SHA-256 of its certificate, in groups as people compare it */
    public record ServerKey(String alias, String name, String fingerprint, Instant until) {}

    /** Certificates of the units that the viewer seals for, and of all for whoever decides or inspects; at most 500. */
    public List<Item> list(Viewer viewer) {
        var tops = new ArrayList<>(List.of(reach(viewer)));
        tops.addAll(List.of(viewer.unitsWith(Permission.READ_LEDGER)));
        return store.ofAgencies(viewer.tenantId(), tops.toArray(UUID[]::new));
    }

    /** The units, and all below them, for which the viewer may propose a certificate. */
    public UUID[] reach(Viewer viewer) {
        UUID[] seals = viewer.unitsWith(Permission.SEAL);
        if (!decides(viewer)) {
            return seals;
        }
        UUID[] all = Arrays.copyOf(seals, seals.length + 1);
        all[seals.length] = units.root(viewer.tenantId());
        return all;
    }

    /** Whether the viewer decides on what others proposed. */
    public boolean decides(Viewer viewer) {
        return access.covers(viewer, Permission.MANAGE_TRUST, units.root(viewer.tenantId()));
    }

    /** Those of the links that the viewer may end. */
    public Set<UUID> ends(Viewer viewer, List<Item> items) {
        if (decides(viewer)) {
            return items.stream().map(Item::id).collect(Collectors.toSet());
        }
        return store.within(
                viewer.tenantId(),
                items.stream().map(Item::id).toArray(UUID[]::new),
                viewer.unitsWith(Permission.SEAL));
    }

    /** How many links others proposed wait for the viewer. */
    public long waiting(Viewer viewer) {
        return decides(viewer) ? store.waiting(viewer.tenantId(), viewer.accountId(), TrustList.Kind.AGENCY) : 0;
    }

    /** Of proposed links: the unit whose seal the certificate is already, by the link's id. */
    public Map<UUID, UUID> linkedBeside(Viewer viewer, List<Item> items) {
        return decides(viewer) || viewer.may(Permission.SEAL)
                ? store.linkedBeside(
                        viewer.tenantId(), items.stream().map(Item::id).toArray(UUID[]::new))
                : Map.of();
    }

    /** The keys this server holds for the viewer's body; none for who may propose nothing. */
    public List<ServerKey> serverKeys(Viewer viewer) {
        return reach(viewer).length == 0
                ? List.of()
                : seal.certificates(viewer.tenantId()).entrySet().stream()
                        .map(key -> new ServerKey(
                                key.getKey(),
                                Certificates.commonName(key.getValue()),
                                Certificates.fingerprint(Certificates.der(key.getValue())),
                                key.getValue().getNotAfter().toInstant()))
                        .toList();
    }

    /**
     * Proposes a certificate as a unit's.
     *
     * @param alias of the key of this server it belongs to; empty when the unit keeps its key itself: then {@code file} has it
     */
    @Transactional
    public Saved propose(
            Viewer viewer,
            UUID unit,
            String alias,
            byte[] file,
            String basis,
            LocalDate from,
            @Nullable LocalDate lastDay) {
        if (!access.covers(viewer, Permission.SEAL, unit)) {
            access.require(viewer, Permission.MANAGE_TRUST, units.root(viewer.tenantId()));
            access.require(viewer, Permission.MANAGE_TRUST, unit);
        }
        X509Certificate certificate;
        if (alias.isEmpty()) {
            if (file.length == 0) {
                return new Saved.Refused("tep", Reason.of("signing.agency.file"));
            }
            Optional<X509Certificate> read = Certificates.read(file);
            if (read.isEmpty()) {
                return new Saved.Refused("tep", Reason.of("signing.trust.no-certificate"));
            }
            certificate = read.get();
        } else {
            Optional<List<X509Certificate>> held = seal.chain(viewer.tenantId(), alias);
            if (held.isEmpty()) {
                return new Saved.Refused("khoa", Reason.of("signing.agency.key-gone", alias));
            }
            certificate = held.get().getFirst();
        }
        String field = alias.isEmpty() ? "tep" : "khoa";
        if (certificate.getBasicConstraints() >= 0) {
            return new Saved.Refused(field, Reason.of("signing.agency.authority"));
        }
        LocalDate last = LocalDate.ofInstant(certificate.getNotAfter().toInstant(), ZONE);
        if (last.isBefore(from)) {
            return new Saved.Refused(field, Reason.of("signing.agency.expired", last));
        }
        Saved saved =
                trust.proposeAgency(viewer, unit, certificate, alias.isEmpty() ? null : alias, basis, from, lastDay);
        return saved instanceof Saved.Refused(var where, var why) && where.equals("tep")
                ? new Saved.Refused(field, why)
                : saved;
    }

    /** Whether some certificate is the unit's on the day. */
    boolean any(UUID tenantId, UUID unit, LocalDate day) {
        return !store.ofAgency(tenantId, unit, day).isEmpty();
    }

    /**
     * Whether the signature's certificate is the unit's: on the day a time stamp proves; without one on the day the signer claims and
     * today as well, for then the day is nothing but their word.
     */
    boolean sealsFor(UUID tenantId, UUID unit, Signed signed, Instant now) {
        Instant stamped = signed.stampedAt();
        return stamped != null
                ? holds(tenantId, unit, signed.certificate(), stamped)
                : holds(tenantId, unit, signed.certificate(), signed.claimedAt())
                        && holds(tenantId, unit, signed.certificate(), now);
    }

    private boolean holds(UUID tenantId, UUID unit, X509Certificate certificate, Instant at) {
        byte[] der = Certificates.der(certificate);
        return store.ofAgency(tenantId, unit, LocalDate.ofInstant(at, ZONE)).stream()
                .anyMatch(item -> Arrays.equals(item.certificate(), der));
    }

    /** The key of this server with which the unit seals on the day. */
    sealed interface ServerSeal {
        record Ready(String alias, List<X509Certificate> chain) implements ServerSeal {}

        /** The unit has none here. */
        record None() implements ServerSeal {}

        /** There is a link, and its key cannot be had. */
        record Closed(Reason why) implements ServerSeal {}
    }

    ServerSeal serverSeal(UUID tenantId, UUID unit, LocalDate day) {
        List<Item> linked = store.ofAgency(tenantId, unit, day).stream()
                .filter(item -> item.keyAlias() != null)
                .toList();
        if (linked.isEmpty()) {
            return new ServerSeal.None();
        }
        Map<String, X509Certificate> here = seal.certificates(tenantId);
        for (Item item : linked) {
            String alias = String.valueOf(item.keyAlias());
            X509Certificate certificate = here.get(alias);
            byte[] known = item.certificate();
            if (certificate != null && known != null && Sha256.same(Certificates.hash(certificate), Sha256.of(known))) {
                return new ServerSeal.Ready(alias, seal.chain(tenantId, alias).orElse(List.of(certificate)));
            }
        }
        String first = String.valueOf(linked.getFirst().keyAlias());
        return new ServerSeal.Closed(
                here.containsKey(first) ? Reason.of("signing.seal.changed", first) : seal.trouble(tenantId));
    }
}
