package vn.chuanmuc.submissions;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.chuanmuc.submissions.ListGround.done;
import static vn.chuanmuc.submissions.ListGround.refusal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.testing.ProductTest;
import vn.chuanmuc.testing.TestBodies;

/** One unit with twenty thousand people: pages, search, acceptance and papers, each in one pass. */
@ProductTest
class BigListTest {
    private static final int MANY = 20_000;

    @Autowired
    TestBodies bodies;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Commitments commitments;

    @Autowired
    Lists lists;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource database;

    @TempDir
    Path folder;

    private ListGround ground;
    private UUID yen;

    @BeforeEach
    void twentyThousandPeople() throws SQLException {
        var body = bodies.create();
        yen = body.person("Lê Thị Yến", body.wardOne, body.partyBloc, body.secretary);
        ground = ListGround.launch(body, jdbc, campaigns, lists, commitments, body.wardOne);
        jdbc.sql("""
                        insert into campaigns.roster_entry
                            (tenant_id, campaign_id, person_id, year, unit_id, unit_name, bloc_id, bloc_name, full_name, sort_key,
                             search_key, birth_date, position_name, rank_order, set_id, sample, joined_on)
                        select tenant_id, campaign_id, gen_random_uuid(), year, unit_id, unit_name, bloc_id, bloc_name,
                               'Nguyễn Văn Thử ' || i, decode(lpad(to_hex(i), 8, '0'), 'hex'), 'nguyen van thu ' || i,
                               birth_date, position_name, 1000 - i % 10, set_id, sample, joined_on
                        from campaigns.roster_entry, generate_series(1, ?) i
                        where tenant_id = ? and campaign_id = ?
                        """).params(MANY - 1, body.tenant, ground.campaign).update();
        jdbc.sql("""
                        insert into commitments.standing (tenant_id, campaign_id, person_id, unit_id, bloc_id, standing)
                        select tenant_id, campaign_id, person_id, unit_id, bloc_id, 'open' from campaigns.roster_entry
                        where tenant_id = ? and campaign_id = ? and person_id <> ?
                        """).params(body.tenant, ground.campaign, yen).update();
        analyze();
    }

    /** What autovacuum does within a minute of a large load, as the owner. */
    private void analyze() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("reset role");
            statement.execute("analyze campaigns.roster_entry, commitments.standing, submissions.list_row");
            statement.execute("set role chuanmuc_app");
        }
    }

    private List<Lists.Numbered> page(int version, ListOrder order, String words, int offset) {
        return lists.page(ground.clerk, lists.get(ground.clerk, ground.key), version, order, words, offset, 50);
    }

    @Test
    void isPagedSearchedComparedAcceptedAndPrinted() throws IOException, SQLException {
        int number = ground.submit();
        analyze();
        for (int version : List.of(Lists.NOW, number)) {
            for (ListOrder order : ListOrder.values()) {
                var first = page(version, order, "", 0);
                var last = page(version, order, "", MANY - 50);
                assertThat(first)
                        .extracting(Lists.Numbered::number)
                        .startsWith(1, 2, 3)
                        .hasSize(50);
                assertThat(last).extracting(Lists.Numbered::number).endsWith(MANY - 1, MANY);
            }
            assertThat(page(version, ListOrder.NAME, "", 700).getFirst().row().fullName())
                    .isEqualTo("Nguyễn Văn Thử 701");
            // rank 991 comes first: those whose number ends in 9, in name order; 100 is Yến's, before them all
            assertThat(page(version, ListOrder.RANK, "", 0))
                    .extracting(row -> row.row().fullName())
                    .startsWith("Lê Thị Yến", "Nguyễn Văn Thử 9", "Nguyễn Văn Thử 19");
            assertThat(page(version, ListOrder.NAME, "Thử 17777", 0))
                    .singleElement()
                    .satisfies(found -> assertThat(found.number()).isEqualTo(17_777));
            var sheet = lists.get(ground.clerk, ground.key);
            assertThat(lists.found(ground.clerk, sheet, version, "thu 1999")).isEqualTo(11);
            assertThat(lists.totals(ground.clerk, sheet, version)).isEqualTo(new Totals(MANY, 0, 0, 0));
        }
        var clerk = ground.body.browser(ground.clerk);
        String list = "/danh-sach/" + ground.campaign + "/" + ground.body.wardOne + "/" + ground.body.partyBloc;
        var screen = clerk.get(list + "?trang=400").page();
        assertThat(screen.select("#danh-sach tbody tr")).hasSize(50);
        assertThat(screen.select("#danh-sach tbody tr:first-child td:first-child")
                        .text())
                .isEqualTo("19951");
        assertThat(screen.select("#tong").text()).contains("Tổng số: 20.000 người");

        ground.sign(yen);
        assertThat(refusal(lists.accept(ground.board, ground.key, number, "")))
                .isEqualTo("submissions.refused.accept.late");
        byte[] seen = lists.hashNow(ground.board, lists.get(ground.board, ground.key));
        done(lists.acceptAsItStands(ground.board, ground.key, number, "", "Đã quá hạn", seen));
        assertThat(lists.late(ground.clerk, lists.get(ground.clerk, ground.key), number, 10))
                .extracting(LateRow::fullName)
                .containsExactly("Lê Thị Yến");

        // a row of the sheet each, and some for the heading, the totals and the signatures
        assertThat(count(clerk.get(list + "/v1.xlsx").bytes(), "xl/worksheets/sheet1.xml", "<row "))
                .isBetween(MANY, MANY + 40);
        assertThat(count(clerk.get(list + "/v1.docx").bytes(), "word/document.xml", "<w:tr>", "<w:tr "))
                .isBetween(MANY, MANY + 10);
        var pdf = clerk.get(list + "/v1.pdf");
        assertThat(pdf.status()).isEqualTo(422);
        assertThat(pdf.page().select("[role=alert]").text())
                .contains("20.000 dòng", "nhiều nhất 5.000", "Hãy tải bản Excel");
        assertThat(screen.select(".sub-papers").text()).contains("Bản PDF có nhiều nhất 5.000 dòng");
    }

    /** By the directory at its end: a package that was written as it went has no sizes before its parts. */
    private int count(byte[] file, String part, String... marks) throws IOException {
        Path path = Files.write(folder.resolve("paper.zip"), file);
        try (var zip = new ZipFile(path.toFile());
                var in = zip.getInputStream(zip.getEntry(part))) {
            return count(in, marks);
        }
    }

    private static int count(InputStream in, String... marks) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        int count = 0;
        for (String mark : marks) {
            for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
                count++;
            }
        }
        return count;
    }
}
