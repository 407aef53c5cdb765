package vn.chuanmuc.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.ledger.Act;
import vn.chuanmuc.ledger.Bundles;
import vn.chuanmuc.ledger.EvidenceGround;
import vn.chuanmuc.ledger.Fault;
import vn.chuanmuc.ledger.Ledger;
import vn.chuanmuc.ledger.Proofs;
import vn.chuanmuc.ledger.Recheck;
import vn.chuanmuc.testing.ProductTest;

/** The separate program against bundles of the product, whole and spoilt in every way. */
@ProductTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyTest {
    /** The long run: {@code -Dchuanmuc.flips=2000}. */
    private static final int FLIPS_PER_PART = Integer.getInteger("chuanmuc.flips", 12);

    @Autowired
    EvidenceGround grounds;

    @Autowired
    Bundles bundles;

    @Autowired
    Proofs proofs;

    @Autowired
    Commitments commitments;

    @Autowired
    Ledger ledger;

    @Autowired
    Recheck recheck;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @TempDir
    Path folder;

    /** Made once, with its bundle: whatever a test does to the body is taken back, or makes a bundle of its own. */
    private EvidenceGround.Ground ground;

    private Path bundle;
    private Map<String, byte[]> whole;
    private Map<String, byte[]> parts;

    private record Told(int status, String text) {}

    private static Told verify(Object... words) {
        var out = new ByteArrayOutputStream();
        int status = Verify.run(
                Arrays.stream(words).map(Object::toString).toArray(String[]::new),
                "vi",
                new PrintStream(out, true, UTF_8));
        return new Told(status, out.toString(UTF_8));
    }

    @BeforeAll
    void aBundleOfEverything(@TempDir Path once) throws IOException {
        ground = grounds.make();
        bundle = once.resolve("so-cai.zip");
        assertThat(bundles.write(ground.tenant(), Bundles.Scope.ALL, bundle, (done, total) -> {}))
                .isPresent();
        whole = parts(bundle);
    }

    @BeforeEach
    void itsParts() {
        parts = new LinkedHashMap<>(whole);
    }

    private static Map<String, byte[]> parts(Path file) throws IOException {
        var parts = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        }
        return parts;
    }

    private Path zip(Map<String, byte[]> content) throws IOException {
        Path file = folder.resolve("spoilt.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setLevel(Deflater.NO_COMPRESSION); // thousands are written
            for (var part : content.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private Told with(String part, byte[] content) throws IOException {
        var spoilt = new LinkedHashMap<>(parts);
        spoilt.put(part, content);
        return verify(zip(spoilt));
    }

    private String text(String part) {
        return new String(parts.get(part), UTF_8);
    }

    @Test
    void findsAWholeBundleGoodInBothLanguages() {
        Told vietnamese = verify(bundle);
        assertThat(vietnamese.text()).contains("KẾT QUẢ: ĐÚNG").doesNotContain("SAI:");
        assertThat(vietnamese.status()).isZero();
        assertThat(verify("--en", bundle).text()).contains("RESULT: GOOD");
        String key = proofs.keys(ground.tenant()).getLast().text();
        assertThat(verify(bundle, "--key", key).status()).isZero();
        String other = proofs.keys(grounds.make().tenant()).stream()
                .findFirst()
                .map(Proofs.Key::text)
                .orElse("x");
        assertThat(verify(bundle, "--key", other).status()).isEqualTo(1);
    }

    @Test
    void findsTheBundleOfACampaignGood() throws IOException {
        Path file = folder.resolve("dot.zip");
        var scope = new Bundles.Scope(ground.campaign(), grounds.subjects(ground));
        var written =
                bundles.write(ground.tenant(), scope, file, (done, total) -> {}).orElseThrow();
        assertThat(written.acts()).isLessThan(written.size()).isGreaterThan(10);
        Told told = verify(file);
        assertThat(told.text()).contains("KẾT QUẢ: ĐÚNG");
        assertThat(told.status()).isZero();
        parts = parts(file);
        everyFlipIsFound();
    }

    /** What belongs to a campaign although its acts do not name it: seals, reports of checks, papers that were taken back, scans. */
    @Test
    void theBundleOfACampaignHasItsSealsReportsAndWithdrawnPapersAndNamesEachThatIsFlipped() throws IOException {
        Path file = folder.resolve("dot.zip");
        assertThat(bundles.write(
                        ground.tenant(),
                        new Bundles.Scope(ground.campaign(), grounds.subjects(ground)),
                        file,
                        (done, total) -> {}))
                .isPresent();
        parts = parts(file);
        for (String kind : List.of(
                "signing.checked",
                "signing.signature",
                "signing.preserved",
                "signing.revocation",
                "signing.manifest",
                "signing.manifest_row",
                "documents.paper",
                "documents.paper_code",
                "documents.paper_state",
                "documents.paper_print",
                "documents.number",
                "documents.number_cancellation",
                "campaigns.supplement_person",
                "scans.file")) {
            String part = "evidence/" + kind + ".txt";
            byte[] rows = parts.get(part);
            int row = text(part).indexOf("\n=");
            assertThat(row).as(kind).isPositive();
            byte[] flipped = rows.clone();
            int at = text(part).substring(0, row + 6).getBytes(UTF_8).length; // a byte of the row's own text
            flipped[at] ^= 1;
            Told told = with(part, flipped);
            assertThat(told.status()).as(kind).isEqualTo(1);
            assertThat(told.text()).as(kind).contains("SAI: " + kind + " ");
        }
        assertThat(text("evidence/documents.paper_state.txt")).contains("state=withdrawn");
        String report = text("evidence/signing.checked.txt").replaceAll("(?s).*simple_hash=([0-9a-f]{64}).*", "$1");
        byte[] bytes = parts.get("files/" + report).clone();
        assertThat(new String(bytes, UTF_8)).isEqualTo("<bao-cao/>");
        bytes[1] ^= 1;
        assertThat(with("files/" + report, bytes).text()).contains("SAI: ", report);
    }

    @Test
    void findsAByteFlippedInEveryPart() throws IOException {
        everyFlipIsFound();
    }

    private void everyFlipIsFound() throws IOException {
        var random = new Random(7);
        var missed = new ArrayList<String>();
        int flips = 0;
        for (var part : parts.entrySet()) {
            byte[] content = part.getValue();
            for (int i = 0; i < Math.min(FLIPS_PER_PART, content.length); i++) {
                int at = content.length <= FLIPS_PER_PART ? i : random.nextInt(content.length);
                byte[] flipped = content.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(7));
                Told told = with(part.getKey(), flipped);
                flips++;
                boolean named = told.status() == 1 && told.text().contains("SAI: ")
                        || told.status() == 2
                                && told.text().contains(part.getKey().replaceAll("^files/|^evidence/", ""));
                if (!named) {
                    missed.add(part.getKey() + " at " + at + " of " + content.length + ": " + told);
                }
            }
        }
        assertThat(missed).as("of %d flips", flips).isEmpty();
        assertThat(flips).isGreaterThan(150);
    }

    @Test
    void namesTheRecordThatWasChanged() throws IOException {
        String rows = text("evidence/commitments.commitment.txt");
        int at = rows.indexOf("standing=signed");
        String key = rows.substring(rows.lastIndexOf("\n@ ", at) + 1).split("[ \n]")[3];
        Told told = with(
                "evidence/commitments.commitment.txt",
                rows.replaceFirst("Nguyễn Thị An", "Nguyễn Thị Ân").getBytes(UTF_8));
        assertThat(told.status()).isEqualTo(1);
        assertThat(told.text()).contains("SAI: commitments.commitment " + key + ": không đúng như đã ghi");
    }

    @Test
    void findsAPartThatIsGoneOrThatDoesNotBelongThere() throws IOException {
        for (String part : List.copyOf(parts.keySet())) {
            var spoilt = new LinkedHashMap<>(parts);
            spoilt.remove(part);
            Told told = verify(zip(spoilt));
            boolean empty = part.startsWith("evidence/") && parts.get(part).length == 0;
            assertThat(told.status())
                    .as("without %s: %s", part, told.text())
                    .isEqualTo(empty ? 0 : told.status() == 0 ? 9 : told.status());
        }
        for (String name : List.of("../x", "/etc/passwd", "a\\b", "evidence/../x.y.txt", "files/abc", "entries.txt/")) {
            var spoilt = new LinkedHashMap<>(parts);
            spoilt.put(name, new byte[] {1});
            Told told = verify(zip(spoilt));
            assertThat(told.status()).as(name).isEqualTo(2);
            assertThat(told.text()).contains("Thành phần lạ");
        }
        var spoilt = new LinkedHashMap<>(parts);
        spoilt.put("files/" + "0".repeat(64), new byte[] {1});
        assertThat(verify(zip(spoilt)).text()).contains("SAI: files 0000");
    }

    @Test
    void findsActsOutOfOrderTwiceOrLeftOut() throws IOException {
        List<String> acts = List.of(text("entries.txt").split("(?<=\n\n)"));
        assertThat(acts).hasSizeGreaterThan(20);
        var swapped = new ArrayList<>(acts);
        swapped.set(3, acts.get(4));
        swapped.set(4, acts.get(3));
        var renumbered = new ArrayList<>(acts);
        renumbered.set(3, acts.get(4).replaceFirst("leaf 4", "leaf 3"));
        renumbered.set(4, acts.get(3).replaceFirst("leaf 3", "leaf 4"));
        var twice = new ArrayList<>(acts);
        twice.add(5, acts.get(5));
        var without = new ArrayList<>(acts);
        without.remove(6);
        var short_ = acts.subList(0, acts.size() - 1);
        for (List<String> spoilt : List.of(swapped, renumbered, twice, without, short_)) {
            Told told = with("entries.txt", String.join("", spoilt).getBytes(UTF_8));
            assertThat(told.status()).as(told.text()).isEqualTo(1);
        }
    }

    @Test
    void findsRowsThatNoActWrote() throws IOException {
        for (String forged : List.of("! 2021/x/9\n=standing=signed\n", "@ 3 0 2021/x/9\n=standing=signed\n")) {
            String name = "evidence/commitments.commitment.txt";
            Told end = with(name, (text(name) + forged).getBytes(UTF_8));
            assertThat(end.status()).as(end.text()).isEqualTo(1);
            assertThat(end.text()).contains("2021/x/9");
            Told start = with(name, (forged + text(name)).getBytes(UTF_8));
            assertThat(start.status()).as(start.text()).isEqualTo(1);
        }
    }

    @Test
    void refusesHostileBundlesClearly() throws IOException {
        byte[] entries = parts.get("entries.txt");
        Told cut = with("entries.txt", Arrays.copyOf(entries, entries.length - 7));
        assertThat(cut.status()).isEqualTo(2);
        assertThat(cut.text()).contains("entries.txt").contains("cắt");
        Told latin = with("entries.txt", text("entries.txt").getBytes(java.nio.charset.StandardCharsets.UTF_16));
        assertThat(latin.status()).isEqualTo(2);
        var bomb = new byte[80 << 20]; // one line without an end, packed to a few hundred bytes each million
        Arrays.fill(bomb, (byte) 'a');
        Told bombed = with("entries.txt", bomb);
        assertThat(bombed.status()).isEqualTo(2);
        assertThat(bombed.text()).contains("quá dài");
        Path file = folder.resolve("x.zip");
        byte[] whole = Files.readAllBytes(bundle);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThat(verify(file).status()).isEqualTo(2);
        Files.write(file, "%PDF-1.7\n".getBytes(UTF_8));
        assertThat(verify(file).text()).contains("không phải bộ chứng cứ");
        Files.write(file, new byte[0]);
        assertThat(verify(file).status()).isEqualTo(2);
        Told missing = verify(folder.resolve("khong-co.zip"));
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.text()).contains("Không thấy tệp", "khong-co.zip");
        assertThat(verify().text()).contains("Cách dùng");
        // the same name twice, which a zip library of today does not write: two names of the same length, one made the
        // other
        var spoilt = new LinkedHashMap<>(parts);
        spoilt.put("checkpoinT", new byte[] {1});
        byte[] bytes = Files.readAllBytes(zip(spoilt));
        String raw =
                new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).replace("checkpoinT", "checkpoint");
        Files.write(file, raw.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(verify(file).text()).contains("hai lần");
    }

    @Test
    void aPublishedCheckpointHoldsAgainstTheBundle() throws IOException {
        Path published = folder.resolve("checkpoint");
        Files.write(published, parts.get("checkpoint"));
        assertThat(verify(bundle, "--checkpoint", published).status()).isZero();
        var other = grounds.make();
        Path elsewhere = folder.resolve("khac.zip");
        bundles.write(other.tenant(), Bundles.Scope.ALL, elsewhere, (done, total) -> {});
        Told told = verify(elsewhere, "--checkpoint", published);
        assertThat(told.status()).isEqualTo(1);
        assertThat(told.text()).contains("đã công bố");

        // the export is an act itself: whoever takes the newest checkpoint with the bundle is told, and nothing is
        // called wrong
        String[] lines = text("checkpoint").split("\n", 3);
        Files.writeString(published, lines[0] + "\n" + (Long.parseLong(lines[1]) + 1) + "\n" + lines[2]);
        Told newer = verify(bundle, "--checkpoint", published);
        assertThat(newer.text())
                .contains("nhiều hơn bộ chứng cứ", "bị bỏ bớt việc")
                .doesNotContain("SAI");
        assertThat(newer.status()).isEqualTo(2);
    }

    /** A bundle of a campaign holds no tree: a checkpoint of another size says nothing about it, and that is not “good”. */
    @Test
    void aPublishedCheckpointOfAnotherSizeIsNotTakenForABundleOfACampaign() throws IOException {
        Path published = folder.resolve("checkpoint");
        Files.write(published, parts.get("checkpoint"));
        transaction.executeWithoutResult(status -> ledger.append(
                new Act(ground.tenant(), "access.password-chosen", ground.tenant(), new UUID(0, 0), Map.of())));
        Path file = folder.resolve("dot.zip");
        var scope = new Bundles.Scope(ground.campaign(), grounds.subjects(ground));
        assertThat(bundles.write(ground.tenant(), scope, file, (done, total) -> {}))
                .isPresent();
        Told other = verify(file, "--checkpoint", published);
        assertThat(other.status()).as(other.text()).isEqualTo(2);
        Files.write(published, parts(file).get("checkpoint"));
        Told same = verify(file, "--checkpoint", published);
        assertThat(same.status()).as(same.text()).isZero();
        // of the same size and another root it is a lie
        String[] lines = Files.readString(published).split("\n", -1);
        lines[2] = (lines[2].charAt(0) == 'A' ? 'B' : 'A') + lines[2].substring(1);
        Files.writeString(published, String.join("\n", lines));
        assertThat(verify(file, "--checkpoint", published).status()).isEqualTo(1);
    }

    /** Trust changes on its way, each time with a record: whoever changes it behind the product's back is found, and the row named. */
    @Test
    void namesATrustedCertificateThatWasChanged() throws IOException {
        String part = "evidence/signing.trusted.txt";
        assertThat(text(part)).startsWith("- ").contains("state=confirmed");
        String key = text(part)
                .lines()
                .filter(line -> line.startsWith("@ "))
                .findFirst()
                .orElseThrow()
                .split(" ")[3];
        Told told = with(
                part,
                text(part).replace("key_alias=con-dau", "key_alias=con-dao").getBytes(UTF_8));
        assertThat(told.status()).isEqualTo(1);
        assertThat(told.text()).contains("SAI: signing.trusted " + key);
    }

    /** An installation from before trust was evidence: its rows are taken up once, and later ones must be named. */
    @Test
    void takesUpAKindThatCameLaterOnce() throws IOException {
        UUID tenant = Ids.next();
        transaction.executeWithoutResult(status -> {
            ledger.append(new Act(tenant, "ledger.border-drawn", tenant, new UUID(0, 0), Map.of()));
            jdbc.sql("""
                            insert into signing.trusted
                                (tenant_id, id, kind, name, certificate, certificate_hash, valid_from, basis, proposed_by, proposed_at)
                            values (?, ?, 'neo', 'CN=Gốc', '\\x30', sha256('cu'), date '2026-01-01', 'Cũ', ?, now())
                            """).params(tenant, Ids.next(), new UUID(0, 0)).update();
        });
        Path file = folder.resolve("cu.zip");
        assertThat(bundles.write(tenant, Bundles.Scope.ALL, file, (done, total) -> {}))
                .isPresent();
        Told told = verify(file);
        assertThat(told.status()).as(told.text()).isZero();
        assertThat(recheck.run(tenant, (done, total) -> {}).faults()).isEmpty();
        jdbc.sql("update signing.trusted set basis = 'Khác' where tenant_id = ?")
                .param(tenant)
                .update();
        assertThat(recheck.run(tenant, (done, total) -> {}).faults())
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault.kind() + " " + fault.fault()).isEqualTo("signing.trusted " + Fault.CHANGED));
        jdbc.sql("update signing.trusted set basis = 'Cũ' where tenant_id = ?")
                .param(tenant)
                .update();
        jdbc.sql("""
                        insert into signing.trusted
                            (tenant_id, id, kind, name, certificate, certificate_hash, valid_from, basis, proposed_by, proposed_at)
                        values (?, ?, 'neo', 'CN=Gốc', '\\x30', sha256('moi'), date '2026-01-01', 'Sau', ?, now())
                        """).params(tenant, Ids.next(), new UUID(0, 0)).update();
        assertThat(recheck.run(tenant, (done, total) -> {}).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(Fault.UNRECORDED));
    }

    /** A key that was given must sign, or hand on with its signature: to be listed is not enough. */
    @Test
    void aKeyThatWasGivenMustBeTheOneThatSigns() throws Exception {
        String own = text("keys.txt").strip().split(" ")[2];
        assertThat(verify(bundle, "--key", own).status()).isZero();

        String name = own.substring(0, own.indexOf('+'));
        byte[] encoded = java.security.KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        byte[] raw = java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        byte[] typed = java.nio.ByteBuffer.allocate(33).put((byte) 1).put(raw).array();
        byte[] hash = vn.chuanmuc.kernel.Sha256.of((name + "\n").getBytes(UTF_8), typed);
        String elsewhere = name + "+" + java.util.HexFormat.of().formatHex(hash, 0, 4) + "+"
                + java.util.Base64.getEncoder().encodeToString(typed);
        var spoilt = new LinkedHashMap<>(parts);
        spoilt.put("keys.txt", ("0 alone " + elsewhere + "\n" + text("keys.txt")).getBytes(UTF_8));
        Told told = verify(zip(spoilt), "--key", elsewhere);
        assertThat(told.status()).isEqualTo(1);
        assertThat(told.text()).contains("không do khóa đã cho");
    }

    /** Rows that are older than the records: from the day they were taken up they cannot change, and nothing is said before. */
    @Test
    void saysSinceWhenOlderRowsAreAttested() throws IOException {
        UUID tenant = Ids.next();
        for (int i = 0; i < 3; i++) {
            older(tenant, "cũ " + i);
        }
        transaction.executeWithoutResult(
                status -> ledger.append(new Act(tenant, "access.password-chosen", tenant, new UUID(0, 0), Map.of())));
        Path file = folder.resolve("cu.zip");
        assertThat(bundles.write(tenant, Bundles.Scope.ALL, file, (done, total) -> {}))
                .isPresent();
        Told told = verify(file);
        assertThat(told.status()).as(told.text()).isZero();
        assertThat(told.text()).contains("Lưu ý: 3 bản ghi có từ trước ngày");
        assertThat(recheck.run(tenant, (done, total) -> {}).faults()).isEmpty();
        older(tenant, "thêm sau");
        assertThat(recheck.run(tenant, (done, total) -> {}).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(Fault.UNRECORDED));
        assertThat(bundles.write(tenant, Bundles.Scope.ALL, file, (done, total) -> {}))
                .isPresent();
        Told after = verify(file);
        assertThat(after.status()).isEqualTo(1);
        assertThat(after.text()).contains("SAI: documents.content ").contains("không có việc nào ghi");
    }

    /** A row that no act names. */
    private void older(UUID tenant, String words) {
        jdbc.sql("""
                        insert into documents.content (tenant_id, hash, media_type, bytes, stored_at)
                        values (?, sha256(?), 'text/plain', ?, now())
                        """)
                .params(tenant, words.getBytes(UTF_8), words.getBytes(UTF_8))
                .update();
    }

    @Test
    void checksAReceiptWithItsPaper() throws IOException {
        var receipt = commitments.receipt(ground.signer(), ground.campaign()).orElseThrow();
        var entry = commitments.entry(ground.tenant(), receipt);
        String proof = proofs.proof(ground.tenant(), entry.id()).orElseThrow();
        Path file = folder.resolve("bien-nhan.tlog-proof");
        Path paper = folder.resolve("ban-cam-ket.txt");
        Files.writeString(file, proof);
        Files.write(paper, commitments.document(ground.tenant(), receipt).bytes());
        String key = proofs.keys(ground.tenant()).getLast().text();
        assertThat(verify(file).text()).contains("--key");
        Told good = verify(file, "--key", key, "--paper", paper);
        assertThat(good.status()).as(good.text()).isZero();
        assertThat(good.text()).contains("commitments.signed");
        Files.write(paper, Arrays.copyOf(Files.readAllBytes(paper), 100));
        Told changed = verify(file, "--key", key, "--paper", paper);
        assertThat(changed.status()).isEqualTo(1);
        assertThat(changed.text()).contains("không phải là văn bản");
        var random = new Random(3);
        byte[] bytes = proof.getBytes(UTF_8);
        for (int i = 0; i < 300; i++) {
            byte[] flipped = bytes.clone();
            flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
            Files.write(file, flipped);
            assertThat(verify(file, "--key", key).status()).isNotZero();
        }
    }

    /** Whoever starts it with an older Java is told, and not that something was altered. */
    @Test
    void saysWhichJavaItNeeds() throws Exception {
        assertThat(Start.newEnough("25")).isTrue();
        assertThat(Start.newEnough("26")).isTrue();
        assertThat(List.of("1.8", "17", "24", "")).noneMatch(Start::newEnough);
        var told = new java.io.ByteArrayOutputStream();
        Start.tell("17", new java.io.PrintStream(told, true, UTF_8));
        assertThat(told.toString(UTF_8)).contains("cần Java 25 trở lên", "chạy Java 17", "không kiểm tra được");
    }
}
