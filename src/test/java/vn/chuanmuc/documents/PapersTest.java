package vn.chuanmuc.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.documents.Papers.Change;
import vn.chuanmuc.documents.Papers.Draft;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.kernel.Ids;
import vn.chuanmuc.kernel.Sha256;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TestBodies.Body;

@ProductTest
class PapersTest {
    private static final UUID ACCOUNT = Ids.next();

    @Autowired
    TestBodies bodies;

    @Autowired
    Papers papers;

    @Autowired
    PaperCodes codes;

    @Autowired
    Contents contents;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Body body;
    private final UUID campaign = Ids.next();

    @BeforeEach
    void aBody() {
        body = bodies.create();
    }

    private Paper issue(UUID subject, String head) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> {
            byte[] words = contents.store(body.tenant, "text/plain", "Nội dung".getBytes(StandardCharsets.UTF_8));
            return papers.issue(
                    new Draft(body.tenant, "cam-ket", campaign, subject, "party-36-2018", "thu", head, words, ACCOUNT));
        }));
    }

    private PaperState state(Paper paper) {
        return papers.find(paper.code()).orElseThrow().state();
    }

    private long acts(String act) {
        return jdbc.sql("select count(*) from ledger.entry where tenant_id = ? and act = ?")
                .params(body.tenant, act)
                .query((row, n) -> row.getLong(1))
                .single();
    }

    @Test
    void theSameTextIsTheSamePaperHoweverOftenItIsIssued() {
        UUID person = Ids.next();
        Paper paper = issue(person, "Họ và tên: Trần Thị Hoà\n");
        Paper again = issue(person, "Họ và tên: Trần Thị Hoà\n");
        assertThat(again.id()).isEqualTo(paper.id());
        assertThat(again.code()).isEqualTo(paper.code());
        assertThat(papers.find(paper.code()))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(paper.id()));
        assertThat(Sha256.of(papers.text(paper))).isEqualTo(paper.textHash());
        assertThat(acts("documents.paper-issued")).isEqualTo(1);
    }

    @Test
    void twentyWhoIssueAtOnceGetOnePaper() throws Exception {
        UUID person = Ids.next();
        var tasks = new ArrayList<Callable<Paper>>();
        for (int i = 0; i < 20; i++) {
            tasks.add(() -> issue(person, "Họ và tên: Trần Thị Hoà\n"));
        }
        Set<PaperCode> seen = new HashSet<>();
        try (var threads = Executors.newFixedThreadPool(20)) {
            for (var outcome : threads.invokeAll(tasks)) {
                seen.add(outcome.get().code());
            }
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void anotherTextTakesThePlaceOfAnUnsignedPaper() {
        UUID person = Ids.next();
        Paper first = issue(person, "Họ và tên: Trần Thị Hoà\n");
        Paper second = issue(person, "Họ và tên: Trần Thị Hòa\n");
        assertThat(state(first)).isEqualTo(PaperState.SUPERSEDED);
        assertThat(papers.history(body.tenant, first.id()))
                .extracting(Change::state, Change::successor)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(PaperState.ISSUED, null),
                        org.assertj.core.groups.Tuple.tuple(PaperState.SUPERSEDED, second.id()));
        // The first text once more is a new paper: what was superseded stays so.
        Paper third = issue(person, "Họ và tên: Trần Thị Hoà\n");
        assertThat(third.id()).isNotEqualTo(first.id());
        assertThat(state(first)).isEqualTo(PaperState.SUPERSEDED);
        assertThat(state(second)).isEqualTo(PaperState.SUPERSEDED);
    }

    @Test
    void aSignedPaperIsNotSupersededByPrintingAndCanBeWithdrawnOnce() {
        UUID person = Ids.next();
        Paper paper = issue(person, "Họ và tên: Trần Thị Hoà\n");
        assertThat(moved(() -> papers.signed(paper, ACCOUNT))).isTrue();
        assertThat(moved(() -> papers.signed(paper, ACCOUNT))).isFalse();
        issue(person, "Họ và tên: Trần Thị Hòa\n");
        assertThat(state(paper)).isEqualTo(PaperState.SIGNED);
        assertThat(moved(() -> papers.withdraw(paper, "ghi nhầm người", ACCOUNT)))
                .isTrue();
        assertThat(moved(() -> papers.withdraw(paper, "ghi nhầm người", ACCOUNT)))
                .isFalse();
        assertThat(moved(() -> papers.signed(paper, ACCOUNT))).isFalse();
        assertThat(state(paper)).isEqualTo(PaperState.WITHDRAWN);
    }

    private boolean moved(java.util.function.BooleanSupplier move) {
        return Boolean.TRUE.equals(transaction.execute(status -> move.getAsBoolean()));
    }

    @Test
    void ofTwentyWhoMoveAPaperAtOnceOneDoes() throws Exception {
        Paper paper = issue(Ids.next(), "Họ và tên: Trần Thị Hoà\n");
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 20; i++) {
            boolean sign = i % 2 == 0;
            tasks.add(() ->
                    moved(() -> sign ? papers.signed(paper, ACCOUNT) : papers.supersede(paper, null, "", ACCOUNT)));
        }
        int done = 0;
        try (var threads = Executors.newFixedThreadPool(20)) {
            for (var outcome : threads.invokeAll(tasks)) {
                done += outcome.get() ? 1 : 0;
            }
        }
        var history = papers.history(body.tenant, paper.id());
        // Signing first leaves superseding possible: one or two moves, each from the state before it.
        assertThat(done).isEqualTo(history.size() - 1).isBetween(1, 2);
        assertThat(acts("documents.paper-moved")).isEqualTo(done);
    }

    @Test
    void findsThePaperOfAFile() {
        Paper paper = issue(Ids.next(), "Họ và tên: Trần Thị Hoà\n");
        byte[] hash = Sha256.of("tệp " + paper.code());
        for (int time = 0; time < 2; time++) {
            transaction.executeWithoutResult(status -> papers.printed(paper, hash, 3, ACCOUNT));
        }
        assertThat(papers.ofFile(hash)).extracting(Paper::id).containsExactly(paper.id());
        assertThat(papers.prints(body.tenant, paper.id())).hasSize(1);
        assertThat(papers.ofFile(new byte[32])).isEmpty();
    }

    @Test
    void evidenceOfPapersCannotBeChanged() {
        issue(Ids.next(), "Họ và tên: Trần Thị Hoà\n");
        for (String table : List.of("paper", "paper_code", "paper_state", "paper_print", "number")) {
            for (String attempt : List.of(
                    "update documents." + table + " set tenant_id = tenant_id", "delete from documents." + table)) {
                assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                            jdbc.sql("set local role chuanmuc_app").update();
                            jdbc.sql(attempt).update();
                        }))
                        .as(attempt)
                        .hasStackTraceContaining("permission denied");
            }
        }
    }

    @Test
    void forgivesHowACodeIsTypedAndKnowsAWrongOne() {
        PaperCode code = codes.next();
        String typed = code.written()
                .toLowerCase(java.util.Locale.ROOT)
                .replace('-', ' ')
                .replace('0', 'o')
                .replace('1', 'l');
        assertThat(PaperCode.read(typed)).contains(code);
        assertThat(codes.genuine(code)).isTrue();
        for (int at = 0; at < 16; at++) {
            char sign = code.signs().charAt(at);
            char other = PaperCode.DIGITS.charAt((PaperCode.DIGITS.indexOf(sign) + 1) % 32);
            var wrong = new PaperCode(
                    code.signs().substring(0, at) + other + code.signs().substring(at + 1));
            assertThat(codes.genuine(wrong)).as("sign %d", at).isFalse();
        }
        assertThat(List.of("", "ABC", "K7QX-2M9P-77QA-10", "UUUU-UUUU-UUUU-UUUU", "x".repeat(5_000)))
                .allSatisfy(text -> assertThat(PaperCode.read(text)).isEmpty());
    }

    @Test
    void readsTheMarkOfAPageUnderAnyAddress() {
        PaperCode code = codes.next();
        String mark = codes.mark(code, 2, 3);
        assertThat(mark).matches("[0-9A-Z $%*+./:-]+");
        assertThat(PageMark.read(mark)).contains(new PageMark(code, 2, 3));
        assertThat(PageMark.read("HTTPS://CAMKET.EXAMPLE.VN/V/" + code.signs() + "/2/3"))
                .contains(new PageMark(code, 2, 3));
        assertThat(List.of(
                        "https://example.com/",
                        "CHUANMUC:V/" + code.signs() + "/4/3",
                        "CHUANMUC:V/" + code.signs() + "/0/3",
                        "CHUANMUC:V/123/1/1",
                        code.signs()))
                .allSatisfy(text -> assertThat(PageMark.read(text)).isEmpty());
    }

    @Test
    void keepsItsKeyInTheDataFolderForItselfAlone(@TempDir Path data) throws Exception {
        var first = new PaperCodes(data, "https://camket.example.vn:8443/");
        var second = new PaperCodes(data, "");
        PaperCode code = first.next();
        assertThat(second.genuine(code)).isTrue();
        assertThat(first.mark(code, 1, 1)).startsWith("HTTPS://CAMKET.EXAMPLE.VN:8443/V/");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("papers.key"))))
                .isEqualTo("rw-------");
        assertThat(data).isDirectoryContaining("glob:**/papers.key");
        try (var files = Files.list(data)) {
            assertThat(files.count()).isEqualTo(1);
        }
        var other = new PaperCodes(data.resolve("khac"), "");
        assertThat(other.genuine(code)).isFalse();
        assertThatThrownBy(() -> new PaperCodes(data, "camket.example.vn/thu-muc"))
                .hasMessageContaining("public-address");
    }
}
