package vn.chuanmuc.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.kernel.Texts;
import vn.chuanmuc.signing.AgencyCertificates;
import vn.chuanmuc.signing.TrustList;
import vn.chuanmuc.signing.TrustList.Kind;

/**
 * Digital signatures in sample mode: an authority made up for this folder, its remote service and time stamps on this machine, and
 * a seal for every ward and for the one above. Every name on a certificate says “mẫu”.
 */
@Component
@ConditionalOnProperty("chuanmuc.sample")
class SampleSigning implements DisposableBean {
    private static final char[] PASSWORD = "mau".toCharArray(); // protects nothing
    private static final LocalDate FROM = LocalDate.of(2021, 1, 1);
    private static final String ABOVE = "cap-tren";

    private final SampleAuthority authority;
    private final SampleRemoteService service;

    SampleSigning(SampleClock clock, Accounts accounts, ConfigurableEnvironment environment) {
        Path folder = Path.of(environment.getProperty("chuanmuc.data", "data"))
                .toAbsolutePath()
                .resolve("chu-ky-so-mau");
        try {
            authority = SampleAuthority.open(folder, clock);
            service = start(folder, accounts, clock);
            Path seals = seals(folder);
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "sample signing",
                            Map.of(
                                    "chuanmuc.signing.remote.address", service.address(),
                                    "chuanmuc.signing.remote.client-id", SampleRemoteService.CLIENT,
                                    "chuanmuc.signing.remote.client-secret", SampleRemoteService.SECRET,
                                    "chuanmuc.signing.seal.pkcs12", seals.toString(),
                                    "chuanmuc.signing.seal.password", String.valueOf(PASSWORD))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On the port of the last time, for the time-stamp service's address is on record; on another when that one is taken. */
    private SampleRemoteService start(Path folder, Accounts accounts, SampleClock clock) throws IOException {
        Path kept = folder.resolve("cong");
        int port = Files.exists(kept) ? Integer.parseInt(Files.readString(kept).strip()) : 0;
        SampleRemoteService started;
        try {
            started = service(port, accounts, clock);
        } catch (BindException e) {
            started = service(0, accounts, clock);
        }
        if (port == 0) {
            Files.writeString(kept, Integer.toString(started.port()));
        }
        return started;
    }

    private SampleRemoteService service(int port, Accounts accounts, SampleClock clock) throws IOException {
        return new SampleRemoteService(
                authority, port, user -> accounts.displayName(user).orElse(user), clock);
    }

    private Path seals(Path folder) throws IOException {
        Path file = folder.resolve("con-dau-cac-don-vi-mau.p12");
        if (!Files.exists(file)) {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                for (String ward : SamplePeople.wards()) {
                    put(store, alias(ward), SampleWords.certificate("seal").formatted(ward));
                }
                put(store, ABOVE, SampleWords.certificate("seal").formatted(SampleWords.certificate("above")));
                try (var out = Files.newOutputStream(file)) {
                    store.store(out, PASSWORD);
                }
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        return file;
    }

    private void put(KeyStore store, String alias, String name) throws GeneralSecurityException {
        var holder = authority.personWithCurve(name, "Chuẩn Mực");
        store.setKeyEntry(alias, holder.key(), PASSWORD, holder.chain().toArray(X509Certificate[]::new));
    }

    private static String alias(String ward) {
        return Texts.searchKey(ward).replace(' ', '-');
    }

    /** Every ward, and the one above, has its key of the sample seals, as two people said. */
    void link(
            AgencyCertificates agencies,
            TrustList trust,
            Viewer administrator,
            Viewer board,
            Map<String, UUID> wards,
            UUID root,
            String basis) {
        wards.forEach((ward, unit) ->
                done(agencies.propose(administrator, unit, alias(ward), new byte[0], basis, FROM, null)));
        done(agencies.propose(administrator, root, ABOVE, new byte[0], basis, FROM, null));
        agencies.list(board).forEach(item -> done(trust.decide(board, item.id(), true)));
    }

    private static void done(TrustList.Saved saved) {
        if (saved instanceof TrustList.Saved.Refused(var field, var why)) {
            throw new IllegalStateException("a sample seal was refused: " + field + " " + why.key());
        }
    }

    /** The body relies on the made-up authority, as two people said. */
    void trust(TrustList trust, Viewer administrator, Viewer board, String basis) {
        try {
            trust.proposeAnchor(administrator, authority.root().certificate().getEncoded(), basis, FROM, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        trust.proposeStamps(administrator, basis, service.stampAddress(), basis, FROM, null);
        for (Kind kind : new Kind[] {Kind.ANCHOR, Kind.STAMPS}) {
            trust.list(board, kind).forEach(item -> trust.decide(board, item.id(), true));
        }
        authority.revocationLists().forEach(list -> trust.bring(administrator, list));
    }

    @Override
    public void destroy() {
        service.close();
    }
}
